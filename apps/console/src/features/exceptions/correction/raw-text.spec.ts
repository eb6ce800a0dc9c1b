import { describe, expect, it } from '@jest/globals';
import { jsonFault, textOfPayload } from './raw-text.js';

describe('a payload as text', () => {
  it('keeps every digit, a member a line', () => {
    expect(textOfPayload('{"id":9007199254740993,"lines":[{"net":1.50}],"none":{}}')).toBe(
      '{\n  "id": 9007199254740993,\n  "lines": [\n    {\n      "net": 1.50\n    }\n  ],\n  "none": {}\n}',
    );
  });

  it.each([
    ['{"a": 1}', undefined],
    ['{\n  "a": 1\n  "b": 2\n}', 'Line 3, column 3: it is not JSON from here on.'],
    ['{\n  "a": 1', 'Line 2, column 9: it is not JSON from here on.'],
    ['', 'Line 1, column 1: it is not JSON from here on.'],
    ['{"a": 01}', 'It is not JSON: look at its numbers and quotes.'],
    ['{"a": x}', 'Line 1, column 7: it is not JSON from here on.'],
  ])('%j', (text, fault) => {
    expect(jsonFault(text)).toBe(fault);
  });
});
