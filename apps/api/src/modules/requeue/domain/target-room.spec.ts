import { describe, expect, it } from '@jest/globals';
import { NO_LOAD, roomOf, type TargetLoad } from './target-room.js';

const LIMITS = { ratePerSecond: 10, maxInFlight: 4 };

describe('the room of a target', () => {
  it.each<[string, Partial<TargetLoad>, number]>([
    ['nothing is on its way', {}, 4],
    ['some is in flight', { inFlight: 3 }, 1],
    ['it is full', { inFlight: 4 }, 0],
    ['its limit was lowered meanwhile', { inFlight: 9 }, 0],
    ['the second is nearly used up', { releasedLastSecond: 9 }, 1],
    ['the second is used up', { releasedLastSecond: 10, inFlight: 0 }, 0],
  ])('%s', (_name, load, room) => {
    expect(roomOf(LIMITS, { ...NO_LOAD, ...load })).toBe(room);
  });
});
