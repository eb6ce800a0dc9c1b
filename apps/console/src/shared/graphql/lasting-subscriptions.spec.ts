import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { lastingSubscriptions } from './lasting-subscriptions.js';

type Sink = { next: (value: string) => void; complete: () => void };

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** A socket that ends a subscription with `complete`, whoever ends it. */
function watched() {
  const begun: Sink[] = [];
  const heard: string[] = [];
  let again = 0;
  const socket = {
    subscribe: (_: string, sink: Sink) => {
      begun.push(sink);
      return () => sink.complete();
    },
  };
  const subscriptions = lastingSubscriptions<string, Sink>(socket, () => void (again += 1));
  const end = subscriptions.subscribe('exceptions', {
    next: (value) => heard.push(value),
    complete: () => heard.push('complete'),
  });
  return { begun, heard, again: () => again, end, close: subscriptions.close };
}

describe('a subscription that the server ends', () => {
  it('is subscribed anew, and what came between is loaded', () => {
    const { begun, heard, again } = watched();
    begun[0]?.complete();
    expect(again()).toBe(0);
    jest.advanceTimersByTime(1_500);
    expect([begun.length, again()]).toEqual([2, 1]);
    begun[1]?.next('after the storm');
    expect(heard).toEqual(['after the storm']);
    begun[1]?.complete();
    jest.advanceTimersByTime(1_500);
    expect([begun.length, again()]).toEqual([3, 2]);
  });

  it.each([
    ['that nobody wants any more', ({ end }: ReturnType<typeof watched>) => end()],
    ['of a session that has ended', ({ close }: ReturnType<typeof watched>) => close()],
  ])('is left alone when it is one %s, before it ended and while it waits', (_name, leave) => {
    const before = watched();
    leave(before);
    before.begun[0]?.complete();
    const waiting = watched();
    waiting.begun[0]?.complete();
    leave(waiting);
    jest.advanceTimersByTime(10_000);
    expect([before, waiting].map(({ begun, again }) => [begun.length, again()])).toEqual([
      [1, 0],
      [1, 0],
    ]);
  });
});
