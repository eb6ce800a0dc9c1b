import { describe, expect, it } from '@jest/globals';
import { disorderOf } from './disorder.js';

describe('disorder of deliveries', () => {
  const drawn = Array.from({ length: 4_000 }, (_, index) => disorderOf('seed', `message-${String(index)}`, 'normal'));

  it('repeats and delays a few of them', () => {
    const repeated = drawn.filter((disorder) => disorder.repeatAfterMs !== null).length;
    const delayed = drawn.filter((disorder) => disorder.delayMs > 0).length;
    expect(repeated / drawn.length).toBeCloseTo(0.07, 1);
    expect(delayed / drawn.length).toBeCloseTo(0.05, 1);
  });

  it('is the same for the same message', () => {
    expect(disorderOf('seed', 'message', 'normal')).toEqual(disorderOf('seed', 'message', 'normal'));
  });
});
