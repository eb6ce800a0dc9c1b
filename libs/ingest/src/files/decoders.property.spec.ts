import { describe, expect, it } from '@jest/globals';
import { decoded, decoderOf, FILE_FIXTURES, fixtureBytes, mapped, type FileFixture } from './testing/file-fixtures.js';
import { InvalidFile } from './file-record.js';

/** The smallest fixture of each format, and one with what is odd about it. */
const SMALL = FILE_FIXTURES.map((fixture) => ({ fixture, bytes: fixtureBytes(fixture[1]) })).filter(
  ({ bytes }) => bytes.length < 2_100,
);
const name = ({ fixture }: { fixture: FileFixture }): string => fixture[1];

/** Every byte of the small ones, every seventh of the others. */
const strideOf = (bytes: Uint8Array): number => (bytes.length < 700 ? 1 : 7);

/** A small generator of its own, so that a failure can be run again. */
function* randomNumbers(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state;
  }
}

function outcomeOf(fixture: FileFixture, pieces: Iterable<Uint8Array>): string {
  try {
    const { records, summary } = decoded(decoderOf(fixture), pieces);
    // Whatever was decoded can be mapped, or is told not to be; it never throws.
    for (const record of records) mapped(record, summary);
    return JSON.stringify({ records, summary });
  } catch (error) {
    if (error instanceof InvalidFile) return `refused: ${error.message}`;
    throw error;
  }
}

describe('a file in pieces', () => {
  it.each(SMALL.map((one) => [name(one), one] as const))(
    '%s: a cut at any byte gives the same records',
    (_path, { fixture, bytes }) => {
      const whole = outcomeOf(fixture, [bytes]);
      expect(whole).not.toMatch(/^refused/);
      for (let at = 1; at < bytes.length; at += strideOf(bytes)) {
        if (outcomeOf(fixture, [bytes.subarray(0, at), bytes.subarray(at)]) !== whole)
          throw new Error(`differs when cut at byte ${at}`);
      }
      expect(
        outcomeOf(
          fixture,
          [...bytes].map((byte) => Uint8Array.of(byte)),
        ),
      ).toBe(whole);
    },
    60_000,
  );
});

describe('a file that breaks off', () => {
  it.each(SMALL.map((one) => [name(one), one] as const))(
    '%s: at any byte it is refused or was whole',
    (_path, { fixture, bytes }) => {
      let refused = 0;
      for (let at = 0; at < bytes.length; at += strideOf(bytes))
        if (outcomeOf(fixture, [bytes.subarray(0, at)]).startsWith('refused')) refused += 1;
      // A CSV without totals, an MT942 and a file of several messages may end at the end of a record.
      expect(refused).toBeGreaterThan(
        fixture[0] === 'csv' || fixture[0].startsWith('mt') ? 0 : bytes.length / strideOf(bytes) / 2,
      );
    },
    60_000,
  );

  it('an XML file, and one with a trailer, is never taken for a whole one', () => {
    for (const { fixture, bytes } of SMALL) {
      if (fixture[0] !== 'bai2' && !fixture[0].includes('.')) continue;
      const end = bytes.toString('latin1').trimEnd().length;
      for (let at = 0; at < end - 3; at += 7) expect(outcomeOf(fixture, [bytes.subarray(0, at)])).toMatch(/^refused/);
    }
  });
});

describe('bytes that are no file', () => {
  it.each(SMALL.map((one) => [name(one), one] as const))(
    '%s: with any bytes changed it is refused or read, never more',
    (_path, { fixture, bytes }) => {
      const random = randomNumbers(bytes.length);
      for (let turn = 0; turn < 60; turn += 1) {
        const changed = Buffer.from(bytes);
        const changes = 1 + (random.next().value % 5);
        for (let change = 0; change < changes; change += 1)
          changed[random.next().value % changed.length] = random.next().value % 256;
        outcomeOf(fixture, [changed]);
      }
    },
    60_000,
  );

  it('random bytes of any length are refused', () => {
    const random = randomNumbers(7);
    for (const { fixture } of SMALL) {
      for (let turn = 0; turn < 30; turn += 1) {
        const noise = Buffer.from(Array.from({ length: random.next().value % 400 }, () => random.next().value % 256));
        expect(outcomeOf(fixture, [noise])).toMatch(/^refused/);
      }
    }
  });

  it.each<[string, FileFixture, string, RegExp]>([
    ['deep nesting', ['camt.053', ''], `<Document>${'<a>'.repeat(200)}`, /more than 100 levels deep/],
    [
      'elements without end',
      ['camt.053', ''],
      `<BkToCstmrStmt><Stmt><Ntry>${'<a/>'.repeat(250_001)}`,
      /more than 250000 elements/,
    ],
    ['a text without end', ['camt.053', ''], `<BkToCstmrStmt>${'x'.repeat(5_000_000)}`, /longer than 4 MiB/],
    [
      '100 000 attributes',
      ['camt.053', ''],
      `<BkToCstmrStmt ${Array.from({ length: 100_000 }, (_, at) => `attribute-of-a-bomb-with-a-long-name-${at}="1"`).join(' ')}`,
      /more than 10000 attributes/,
    ],
    ['an entity', ['pain.001', ''], '<Document>&bomb;</Document>', /entity/],
    [
      'an encoding that is not taken',
      ['pain.001', ''],
      '<?xml version="1.0" encoding="EBCDIC"?><a/>',
      /"EBCDIC" is not taken/,
    ],
    [
      'a pacs message',
      ['camt.053', ''],
      '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf/></Document>',
      /pacs.008 message, sent as camt.053/,
    ],
    ['a line without end', ['mt940', ''], `:20:${'x'.repeat(2_000_000)}`, /longer than 1048576 bytes/],
    [
      'MT942 sent as MT940',
      ['mt940', ''],
      ':20:A\n:25:1\n:34F:EUR0,\n',
      /is MT942 \(field :34F:\), sent as mt940 \(line 3\)/,
    ],
    ['MT940 sent as MT942', ['mt942', ''], ':20:A\n:25:1\n:60F:C260101EUR0,\n:62F:C260101EUR0,\n', /is MT940.*line 3/],
    [
      'a broken statement line',
      ['mt940', ''],
      ':20:A\n:25:1\n:60F:C260101EUR0,\n:61:nonsense\n',
      /:61: is no statement line \(line 4\)/,
    ],
    [
      'a BAI2 amount with a point',
      ['bai2', ''],
      '01,A,B,260101,0000,1,,,2/\n02,A,B,1,260101,,USD,2/\n03,1,,010,1.50,,/\n49,1,2/\n',
      /whole number of minor units \(line 3\)/,
    ],
    ['a continuation of nothing', ['bai2', ''], '01,A,B,260101,0000,1,,,2/\n88,x/\n', /continues nothing \(line 2\)/],
    [
      'a row with too few cells',
      ['csv', '', 'pigment-actuals'],
      `${fixtureBytes('fpa-pigment/actuals-load.csv').toString()}\na,b`,
      /2 cells, expected 9.*line 6, record 4/,
    ],
  ])('%s is refused with its place', (_what, fixture, text, reason) => {
    expect(outcomeOf(fixture, [Buffer.from(text)])).toMatch(reason);
  });
});
