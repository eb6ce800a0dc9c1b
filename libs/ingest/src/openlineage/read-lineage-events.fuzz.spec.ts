import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OversizedRequest } from '../request-size.js';
import { damagedBytes, noiseBytes } from '../testing/damaged-bytes.js';
import { lineageScopedKey, MalformedLineage, readLineageEvents } from './read-lineage-events.js';

const RUNS = 300;
const fixture = (name: string): Buffer => readFileSync(new URL(`../../fixtures/openlineage/${name}`, import.meta.url));
const [minimal, full] = [fixture('run-event-minimal.json'), fixture('run-event-full.json')];
const list = Buffer.from(`[${minimal.toString()}, 5, ${fixture('job-event.json').toString()}]`);

function holds(bytes: Buffer): void {
  try {
    const read = readLineageEvents(bytes);
    for (const { event, body } of read.events) expect(lineageScopedKey(event, body)).toMatch(/^ol:/);
    for (const { reason } of read.rejected) expect(reason).not.toBe('');
    if (!read.isList) expect(read.events.length + read.rejected.length).toBe(1);
  } catch (error) {
    if (!(error instanceof MalformedLineage) && !(error instanceof OversizedRequest)) throw error;
  }
}

describe('whatever the bytes of a lineage request are, they are read or refused', () => {
  it.each([
    ['a small event', minimal],
    ['an event with all its facets', full],
    ['a list', list],
  ])('%s, damaged', (_what, good) => {
    fc.assert(fc.property(damagedBytes(good), holds), { numRuns: RUNS });
  });

  it('anything else', () => {
    const part = fc.json({ maxDepth: 5 });
    const almost = fc
      .tuple(part, part, part)
      .map(([run, job, time]) => Buffer.from(`{"eventType":"START","run":${run},"job":${job},"eventTime":${time}}`));
    fc.assert(
      fc.property(
        fc.oneof(
          noiseBytes,
          part.map((text) => Buffer.from(text)),
          almost,
        ),
        holds,
      ),
      { numRuns: RUNS },
    );
  });
});

describe('an event that is nested without end', () => {
  const deep = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
  const nested = (levels: number): string =>
    minimal
      .toString()
      .trim()
      .replace(/\}$/, `,"x":${deep(levels)}}`);

  it('is refused with its place, and costs no other of its list', () => {
    const text = `[${nested(10_000)},${nested(100)},${minimal.toString()}]`;
    const read = readLineageEvents(Buffer.from(text));
    expect(read.events.map(({ index }) => index)).toEqual([1, 2]);
    expect(read.rejected).toMatchObject([
      { index: 0, reason: expect.stringMatching(/^the event is nested deeper than 200 levels \(position \d+\)$/) },
    ]);
    const position = Number(/\d+(?=\)$)/.exec(read.rejected[0]!.reason));
    expect(
      text.slice(0, position + 1).split('{').length - text.slice(0, position + 1).split('}').length,
    ).toBeGreaterThan(199);
  });

  it('alone is refused as well', () => {
    expect(readLineageEvents(Buffer.from(nested(10_000))).rejected).toHaveLength(1);
    expect(readLineageEvents(Buffer.from(nested(150))).events).toHaveLength(1);
  });
});
