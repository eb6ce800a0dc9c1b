import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { act, render } from '@testing-library/react';
import { useAfterChanges, useBurst } from './use-burst.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const PAUSE_MS = 700;
let count: number;
beforeEach(() => void (count = 0));

function Counted({ changes }: { changes: number }) {
  useAfterChanges(changes, PAUSE_MS, () => void (count += 1));
  return null;
}

describe('a burst', () => {
  it('is answered while it lasts, once in each pause', () => {
    const { rerender } = render(<Counted changes={0} />);
    for (let changes = 1; changes <= 70; changes += 1) {
      rerender(<Counted changes={changes} />);
      act(() => jest.advanceTimersByTime(100));
    }
    expect(count).toBe(10);
  });

  it('of one change is answered after the pause, and nothing is done where nothing changes', () => {
    const { rerender } = render(<Counted changes={0} />);
    act(() => jest.advanceTimersByTime(5 * PAUSE_MS));
    expect(count).toBe(0);
    rerender(<Counted changes={1} />);
    act(() => jest.advanceTimersByTime(PAUSE_MS - 1));
    expect(count).toBe(0);
    act(() => jest.advanceTimersByTime(1));
    expect(count).toBe(1);
  });

  it('is answered by what is to be done then, and by nothing once the page is left', () => {
    const done: string[] = [];
    let hear = () => {};
    const Named = ({ name }: { name: string }) => {
      hear = useBurst(PAUSE_MS, () => done.push(name));
      return null;
    };
    const { rerender, unmount } = render(<Named name="first" />);
    hear();
    rerender(<Named name="second" />);
    act(() => jest.advanceTimersByTime(PAUSE_MS));
    expect(done).toEqual(['second']);
    hear();
    unmount();
    act(() => jest.advanceTimersByTime(PAUSE_MS));
    expect(done).toEqual(['second']);
  });
});
