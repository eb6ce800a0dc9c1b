import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseExactJson } from './exact-json.js';
import { parseJsonSteps } from './json-steps.js';
import { atOnce } from './otlp/decode-in-steps.js';
import { OversizedRequest } from './request-size.js';
import { damagedBytes } from './testing/damaged-bytes.js';

const RUNS = 2_000;

/** What parsing comes to, as text: the value with the order of its members, or where it fails. */
function outcome(parse: () => unknown): string {
  try {
    return JSON.stringify(parse());
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // All that any answer says of it.
    return /position \d+|end of JSON input/.exec(error.message)?.[0] ?? 'syntax error';
  }
}

const pieceCharacters = fc.integer({ min: 1, max: 60 });
const spaced = (text: string, blanks: string): string => text.replaceAll(/[[\]{},:]/g, (mark) => `${blanks}${mark}`);
const jsonText = fc
  .tuple(fc.json({ maxDepth: 6 }), fc.json({ maxDepth: 3 }), fc.constantFrom('', ' ', '\r\n\t'))
  .map(([large, small, blanks]) =>
    spaced(`[{"a":${large},"__proto__":${small},"a":${small}},${small},${large}]`, blanks),
  );

describe('JSON parsed in steps', () => {
  it('is what JSON.parse makes of it, whatever the pieces', () => {
    fc.assert(
      fc.property(jsonText, pieceCharacters, (text, size) => {
        expect(outcome(() => atOnce(parseJsonSteps(text, { pieceCharacters: size })))).toBe(
          outcome(() => JSON.parse(text)),
        );
      }),
      { numRuns: RUNS },
    );
  });

  it('fails where JSON.parse fails', () => {
    const marks = fc.array(
      fc.constantFrom('[', ']', '{', '}', ',', ':', '"', '"a"', '1', ' ', 'null', '\\', '-', '\u0001'),
      {
        maxLength: 25,
      },
    );
    const damaged = jsonText.chain((text) => damagedBytes(Buffer.from(text)).map((bytes) => bytes.toString('latin1')));
    const broken = fc.oneof(
      marks.map((parts) => parts.join('')),
      marks.map((parts) => `[[1,{"b":${parts.join('')}`),
      fc.tuple(jsonText, marks).map(([text, parts]) => text.slice(0, -1) + parts.join('')),
      damaged,
    );
    fc.assert(
      fc.property(broken, pieceCharacters, (text, size) => {
        expect(outcome(() => atOnce(parseJsonSteps(text, { pieceCharacters: size })))).toBe(
          outcome(() => JSON.parse(text)),
        );
      }),
      { numRuns: RUNS * 3 },
    );
  });

  it.each([
    '[[1,false]E,1]',
    '[[5,6]E]',
    '[{"a":[1,2]E}]',
    '[[5,6].1]',
    '[ ,1]',
    '{ ,"a":1}',
    '[1, ,2]',
    '[ ,{"a":["\r"]}]',
  ])('fails where JSON.parse fails: %s', (text) => {
    expect(outcome(() => atOnce(parseJsonSteps(text, { pieceCharacters: 1 })))).toBe(outcome(() => JSON.parse(text)));
  });

  it('keeps numbers exact and counts the long ones over all pieces', () => {
    const numbers = fc.array(fc.constantFrom('1790000000000500123', '1.10', '12345678901234567.89', '7', '1e400'), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(numbers, pieceCharacters, (list, size) => {
        const text = `{"a":[${list.join(', ')}],"b":{"c":${list[0]}}}`;
        const found = { most: 1_000, found: 0 };
        expect(atOnce(parseJsonSteps(text, { exact: found, pieceCharacters: size }))).toEqual(parseExactJson(text));
        const fewer = { most: found.found - 1, found: 0 };
        if (found.found > 0)
          expect(() => atOnce(parseJsonSteps(text, { exact: fewer, pieceCharacters: size }))).toThrow(OversizedRequest);
      }),
      { numRuns: RUNS },
    );
  });

  it('comes to its end however deep it goes', () => {
    const text = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    let value = atOnce(parseJsonSteps(text));
    let depth = 0;
    for (; Array.isArray(value); depth += 1) value = value[0];
    expect(depth).toBe(200_000);
  });

  it('gives others their turn every few hundred kilobytes', () => {
    const text = JSON.stringify({ lists: Array.from({ length: 4 }, () => Array.from({ length: 50_000 }, String)) });
    const steps = parseJsonSteps(text);
    let turns = 0;
    for (let step = steps.next(); ; step = steps.next(), turns += 1) {
      if (step.done === true) {
        expect(step.value).toEqual(JSON.parse(text));
        break;
      }
    }
    expect(turns).toBeGreaterThanOrEqual(Math.floor(text.length / (256 * 1024)));
  });
});
