import { describe, expect, it } from '@jest/globals';
import { AttemptWindow } from './attempt-window.js';

describe('the brake on guessing', () => {
  it('closes after the limit, per key, and opens when the window is over', () => {
    const window = new AttemptWindow({ limit: 2, windowMs: 1_000 });
    expect(window.isExhausted('a', 0)).toBe(false);
    window.recordFailure('a', 0);
    window.recordFailure('a', 900);
    expect([window.isExhausted('a', 999), window.isExhausted('b', 999), window.isExhausted('a', 1_000)]).toEqual([
      true,
      false,
      false,
    ]);
    window.recordFailure('a', 1_000);
    expect(window.isExhausted('a', 1_500)).toBe(false);
  });

  it('forgets on success', () => {
    const window = new AttemptWindow({ limit: 1, windowMs: 1_000 });
    window.recordFailure('a', 0);
    window.clear('a');
    expect(window.isExhausted('a', 1)).toBe(false);
  });

  it('takes back one attempt, and never more than there were', () => {
    const window = new AttemptWindow({ limit: 2, windowMs: 1_000 });
    window.takeBack('a');
    window.recordFailure('a', 0);
    window.recordFailure('a', 0);
    window.takeBack('a');
    expect(window.isExhausted('a', 1)).toBe(false);
    window.recordFailure('a', 1);
    expect(window.isExhausted('a', 2)).toBe(true);
  });

  it('holds a bounded number of keys', () => {
    const window = new AttemptWindow({ limit: 1, windowMs: 1_000_000 });
    for (let index = 0; index <= 50_000; index += 1) window.recordFailure(`key-${index}`, 0);
    expect([window.isExhausted('key-0', 1), window.isExhausted('key-50000', 1)]).toEqual([false, true]);
  });
});
