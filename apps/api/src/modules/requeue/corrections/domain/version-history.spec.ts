import { describe, expect, it } from '@jest/globals';
import { placeFailed, type VersionMark } from './version-history.js';

const source = (number: number, payloadJson: string): VersionMark => ({ number, origin: 'source', payloadJson });
const correction = (number: number, payloadJson: string): VersionMark => ({
  number,
  origin: 'correction',
  payloadJson,
});

describe('what failed among the versions that are kept', () => {
  it.each([
    ['is the first', [], { payloadJson: '{"a":1}', payloadVersion: null }, { failed: 1, latest: 1, isNew: true }],
    [
      'has the number of its source',
      [],
      { payloadJson: '{"a":1}', payloadVersion: 4 },
      { failed: 4, latest: 4, isNew: true },
    ],
    [
      'is known, and corrected since',
      [source(1, '{"a":1,"b":2}'), correction(2, '{"a":2,"b":2}')],
      { payloadJson: '{"b": 2, "a": 1}', payloadVersion: 1 },
      { failed: 1, latest: 2, isNew: false },
    ],
    [
      'is the correction, which failed again',
      [source(1, '{"a":1}'), correction(2, '{"a":2}')],
      { payloadJson: '{"a": 2}', payloadVersion: 2 },
      { failed: 2, latest: 2, isNew: false },
    ],
    [
      'was changed at its source after a correction',
      [source(1, '{"a":1}'), correction(2, '{"a":2}')],
      { payloadJson: '{"a":3}', payloadVersion: 2 },
      { failed: 3, latest: 3, isNew: true },
    ],
    [
      'is the correction of what its source has now',
      [source(1, '{"a":1}'), correction(2, '{"a":2}'), source(3, '{"a":3}'), correction(4, '{"a":4}')],
      { payloadJson: '{"a":4}', payloadVersion: 4 },
      { failed: 4, latest: 4, isNew: false },
    ],
    [
      'was changed back at its source: what was corrected between is of something else',
      [source(1, '{"a":1}'), correction(2, '{"a":2}'), source(3, '{"a":3}'), correction(4, '{"a":4}')],
      { payloadJson: '{"a":1}', payloadVersion: 1 },
      { failed: 5, latest: 5, isNew: true },
    ],
  ] as const)('%s', (_what, stored, failed, placed) => {
    expect(placeFailed(stored, failed)).toEqual(placed);
  });
});
