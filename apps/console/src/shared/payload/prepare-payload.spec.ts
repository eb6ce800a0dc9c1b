import { describe, expect, it } from '@jest/globals';
import { hasField, preparePayload } from './prepare-payload.js';

const PAYLOAD = { order: 'O-1', 'a/b': { list: [1, null] }, empty: {} };

describe('payload', () => {
  it('reads as JSON, line by line', () => {
    const text = preparePayload(PAYLOAD, null)
      .map((line) => ' '.repeat(line.depth * 2) + line.before + line.value + line.after)
      .join('\n');
    expect(JSON.parse(text)).toEqual(PAYLOAD);
  });

  it('marks the failing field by its JSON pointer, once', () => {
    const lines = preparePayload(PAYLOAD, '/a~1b/list/1');
    expect(lines.filter((line) => line.isFailing).map((line) => line.value)).toEqual(['null']);
    expect(hasField(lines, '/a~1b/list/1')).toBe(true);
  });

  it('knows when the failing field is missing', () => {
    expect(hasField(preparePayload(PAYLOAD, '/sellingUnit'), '/sellingUnit')).toBe(false);
  });
});
