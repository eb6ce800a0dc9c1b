import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { damagedBytes, noiseBytes } from '../testing/damaged-bytes.js';
import { FILE_FORMATS } from './file-format.js';
import { InvalidFile } from './file-record.js';
import { decoded, decoderOf, FILE_FIXTURES, fixtureBytes, mapped, type FileFixture } from './testing/file-fixtures.js';

const RUNS = 60;

/** The smallest fixture of each format: a damage is then seldom where nothing is. */
const SMALLEST = FILE_FORMATS.map((format): [string, FileFixture, Buffer] => {
  const [first] = FILE_FIXTURES.filter((fixture) => fixture[0] === format)
    .map((fixture) => ({ fixture, bytes: fixtureBytes(fixture[1]) }))
    .sort((left, right) => left.bytes.length - right.bytes.length);
  return [format, first!.fixture, first!.bytes];
});

/** The result of a file, whatever it is; only an error of another kind is thrown. */
function outcomeOf(fixture: FileFixture, pieces: readonly Uint8Array[]): string {
  try {
    const { records, summary } = decoded(decoderOf(fixture), pieces);
    for (const record of records) mapped(record, summary);
    return JSON.stringify({ records, summary });
  } catch (error) {
    if (!(error instanceof InvalidFile)) throw error;
    expect(error.message).not.toBe('');
    return 'refused';
  }
}

describe('whatever the bytes of a file are, it is read or refused', () => {
  it.each(SMALLEST)('%s, damaged, and the same however it is cut into pieces', (_format, fixture, good) => {
    fc.assert(
      fc.property(damagedBytes(good), fc.nat(), (bytes, at) => {
        const cut = bytes.length === 0 ? 0 : at % bytes.length;
        expect(outcomeOf(fixture, [bytes.subarray(0, cut), bytes.subarray(cut)])).toBe(outcomeOf(fixture, [bytes]));
      }),
      { numRuns: RUNS },
    );
  });

  it.each(SMALLEST)('noise sent as %s', (_format, fixture) => {
    fc.assert(
      fc.property(noiseBytes, (bytes) => void outcomeOf(fixture, [bytes])),
      { numRuns: RUNS },
    );
  });
});
