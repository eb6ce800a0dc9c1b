import { describe, expect, it } from '@jest/globals';
import { demandInTime, grpcDeadline } from './deadline.js';

describe('the deadline of a call', () => {
  it.each<[string | string[] | undefined, number | undefined]>([
    ['10S', 11_000],
    ['1H', 3_601_000],
    ['2M', 121_000],
    ['250m', 1_250],
    ['500u', 1_000.5],
    ['99999999n', 1_099.999999],
    ['0m', 1_000],
    [' 10S ', 11_000],
    ['100000000S', undefined],
    ['10s', undefined],
    ['-1S', undefined],
    ['1.5S', undefined],
    ['', undefined],
    [['10S', '20S'], undefined],
    [undefined, undefined],
  ])('%j', (header, deadline) => {
    if (deadline === undefined) expect(grpcDeadline(header, 1_000)).toBeUndefined();
    else expect(grpcDeadline(header, 1_000)).toBeCloseTo(deadline, 6);
  });

  it('is demanded of what has one', () => {
    expect(() => demandInTime({})).not.toThrow();
    expect(() => demandInTime({ deadline: performance.now() + 60_000 })).not.toThrow();
    expect(() => demandInTime({ deadline: performance.now() })).toThrow(/grpc-timeout.*send it again/);
  });
});
