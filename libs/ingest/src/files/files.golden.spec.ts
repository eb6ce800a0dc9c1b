import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  decoded,
  decoderOf,
  FILE_FIXTURES,
  fixtureBytes,
  goldenUrl,
  NOT_TAKEN,
  mapped,
  mappedFile,
  shownActivity,
  type FileFixture,
} from './testing/file-fixtures.js';
import { createFileDecoder } from './create-file-decoder.js';
import type { MappedSignal } from '../mapping/mapped-signal.js';

function shown(signal: MappedSignal): object {
  if (signal.outcome === 'mapped') return { activities: signal.activities.map(shownActivity) };
  return signal.outcome === 'ignored' ? { ignored: signal.reason } : { unmapped: signal.unmapped };
}

function resultOf(fixture: FileFixture): object {
  const { records, summary } = decoded(decoderOf(fixture), [fixtureBytes(fixture[1])]);
  const { header, controls, controlsChecked, controlsBroken } = summary;
  return {
    header,
    controlsChecked,
    controlsBroken,
    controls: controls.map(({ name, scope, expected, actual, isMet, currency = '' }) =>
      `${isMet ? 'met' : 'BROKEN'} ${name} of ${scope}: ${expected} / ${actual} ${currency}`.trim(),
    ),
    file: shown(mappedFile(fixture, summary)),
    records: records
      .sort((left, right) => left.no - right.no)
      .map((record) => ({
        record: `${record.no} ${record.type} ${record.externalId}`.trim(),
        ...shown(mapped(record, summary)),
      })),
  };
}

/** The golden results were read by a person; a change of one is a change of what files mean. */
describe('every fixture has the canonical result that it should have', () => {
  it.each(FILE_FIXTURES.map((fixture) => [fixture[1], fixture] as const))('%s', (path, fixture) => {
    const url = goldenUrl(path);
    const result = resultOf(fixture);
    // A new fixture writes its result once, to be read before it is committed; never in continuous integration.
    if (!existsSync(url) && process.env['CI'] === undefined) writeFileSync(url, `${JSON.stringify(result, null, 2)}\n`);
    expect(result).toEqual(JSON.parse(readFileSync(url, 'utf8')));
  });
});

describe('a message of the payment chain that no format takes', () => {
  it.each(NOT_TAKEN)('%s is refused by its name', (path, message) => {
    for (const format of ['camt.053', 'pain.001', 'pain.002'] as const)
      expect(() => decoded(createFileDecoder(format), [fixtureBytes(path)])).toThrow(
        `the file is a ${message} message, sent as ${format}`,
      );
  });
});
