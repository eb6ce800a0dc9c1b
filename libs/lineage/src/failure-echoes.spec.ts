import { describe, expect, it } from '@jest/globals';
import { withoutEchoes } from './failure-echoes.js';

const failure = (
  id: string,
  taxonomy: string,
  {
    at = '09:00',
    run = 'r1',
    ...discriminators
  }: { at?: string; run?: string; errorType?: string; code?: string } = {},
) => ({
  activityId: id,
  occurredAt: `2026-10-01T${at}:00.000Z`,
  runKey: run,
  problem: { taxonomy, discriminators, message: id, hasPayload: false },
});
type Failure = ReturnType<typeof failure>;

const TIME_OUT = 'platform.time-out';
const UNKNOWN = 'platform.unclassified';

describe('failures of one object at one hop', () => {
  it.each<[string, Failure[], string[]]>([
    ['one alone speaks', [failure('a', UNKNOWN)], ['a']],
    ['who calls says less than what it calls', [failure('a', TIME_OUT), failure('b', UNKNOWN)], ['a']],
    ['whatever it threw', [failure('a', TIME_OUT), failure('b', UNKNOWN, { errorType: 'Error' })], ['a']],
    ['but for what it said of it', [failure('a', TIME_OUT), failure('b', UNKNOWN, { code: 'E1' })], ['a', 'b']],
    ['in another run', [failure('a', TIME_OUT), failure('b', UNKNOWN, { run: 'r2' })], ['a', 'b']],
    ['two matters of one run are two', [failure('a', TIME_OUT), failure('b', 'platform.rate-limit')], ['a', 'b']],
    [
      'of one matter that was wrapped the earliest speaks',
      [
        failure('a', TIME_OUT, { errorType: 'PostingError', at: '09:02' }),
        failure('b', TIME_OUT, { errorType: 'SocketTimeout', at: '09:01' }),
        failure('c', TIME_OUT, { errorType: 'SocketTimeout', at: '09:03' }),
      ],
      ['b', 'c'],
    ],
    [
      'so does it when nothing is classified',
      [failure('a', UNKNOWN, { at: '09:02' }), failure('b', UNKNOWN, { errorType: 'E', at: '09:01' })],
      ['b'],
    ],
  ])('%s', (_name, failures, speaking) => {
    for (const order of [failures, failures.toReversed()]) {
      expect(
        withoutEchoes(order)
          .map((one) => one.activityId)
          .sort(),
      ).toEqual(speaking);
    }
  });
});
