import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CodedError } from './coded-error.js';
import { decodeCursor, encodeCursor } from './cursor.js';

const ID = '0af76519-16cd-43dd-8448-eb211c80319c';
const INSTANT = '2026-09-04T10:00:00.123456Z';

describe('cursors', () => {
  it('give back what they carry, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        fc.pre(!text.includes('\u0000'));
        expect(
          decodeCursor('list', encodeCursor('list', [text, ID, INSTANT, '-12']), [
            'text',
            'uuid',
            'instant',
            'integer',
          ]),
        ).toEqual([text, ID, INSTANT, '-12']);
      }),
    );
  });

  it('are refused in any other form', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.base64String(),
          fc.json().map((json) => Buffer.from(json).toString('base64url')),
        ),
        (cursor) => {
          expect(() => decodeCursor('list', cursor, ['instant', 'uuid'])).toThrow(CodedError);
        },
      ),
    );
  });

  it.each([
    ['another list', encodeCursor('other', [INSTANT, ID])],
    ['too few parts', encodeCursor('list', [INSTANT])],
    ['an instant that is none', encodeCursor('list', ['2026-13-04T10:00:00.123456Z', ID])],
    ['an id that is none', encodeCursor('list', [INSTANT, `${ID}'`])],
  ])('are refused from %s', (_name, cursor) => {
    expect(() => decodeCursor('list', cursor, ['instant', 'uuid'])).toThrow(/must be a cursor that this list gave/);
  });
});
