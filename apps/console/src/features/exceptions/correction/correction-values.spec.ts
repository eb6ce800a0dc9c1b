import { describe, expect, it } from '@jest/globals';
import { draftOf, editsOf, jsonOf } from './correction-values.js';
import type { CorrectableField } from './correction-documents.js';

describe('what is typed', () => {
  it.each([
    ['text', '"DE01"', 'DE01'],
    ['text', null, ''],
    ['text', 'null', ''],
    ['number', '12345678901234567890.10', '12345678901234567890.10'],
    ['choice', '"EMEA"', '"EMEA"'],
    ['boolean', 'true', 'true'],
  ])('begins for %s %s as %j', (kind, valueJson, draft) => {
    expect(draftOf({ kind, valueJson })).toBe(draft);
    expect(jsonOf({ kind, valueJson }, draft)).toBe(valueJson);
  });

  it.each([
    ['text', '"a"', '007', '"007"'],
    ['text', '"a"', '', '""'],
    ['text', null, 'say "x"', '"say \\"x\\""'],
    ['number', '1', '12345678901234567890.10', '12345678901234567890.10'],
    ['number', '1', '1,5', '"1,5"'],
    ['number', '1', '', null],
    ['date', '"2026-09-30"', '2026-10-01', '"2026-10-01"'],
    ['date', '"2026-09-30"', '', null],
    ['choice', null, '"EMEA"', '"EMEA"'],
    ['boolean', 'true', 'false', 'false'],
  ])('in a %s that was %s: %j becomes %s', (kind, valueJson, draft, json) => {
    expect(jsonOf({ kind, valueJson }, draft)).toBe(json);
  });

  it('is an edit only where it differs, and never at what is locked or masked', () => {
    const field = (pointer: string, more: Partial<CorrectableField> = {}): CorrectableField => ({
      pointer,
      label: pointer,
      description: null,
      kind: 'text',
      choices: [],
      isRequired: false,
      valueJson: '"a"',
      isMasked: false,
      needsConfirmation: false,
      lock: null,
      ...more,
    });
    const fields = [
      field('/a'),
      field('/b'),
      field('/c', { isMasked: true }),
      field('/d', { lock: { code: 'LOCKED_IN_PAYMENT', message: 'is an amount' } }),
    ];
    expect(editsOf(fields, { '/a': 'a', '/b': 'x', '/c': 'x', '/d': 'x' })).toEqual([{ pointer: '/b', to: '"x"' }]);
  });
});
