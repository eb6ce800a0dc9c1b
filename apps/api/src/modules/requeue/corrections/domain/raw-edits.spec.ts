import { describe, expect, it } from '@jest/globals';
import { applyEdits } from './apply-edits.js';
import type { PayloadEdit } from './json-changes.js';
import { readJson, writeJson } from './json-tree.js';
import { rawEdits } from './raw-edits.js';

const BASE =
  '{"unit":"DE01","iban":"DE••••3000","id":9007199254740993,"lines":[{"tax":"V1","text":"a"}],"ship":{"to":"x"}}';

describe('a payload that is written as a whole', () => {
  it.each<[string, string, PayloadEdit[]]>([
    ['nothing, whatever the blanks', BASE.replaceAll(',', ' ,\n  '), []],
    [
      'nothing, whatever the order',
      '{"ship":{"to":"x"},"id":9007199254740993,"iban":"DE••••3000","lines":[{"text":"a","tax":"V1"}],"unit":"DE01"}',
      [],
    ],
    ['a value', BASE.replace('DE01', 'DE02'), [{ pointer: '/unit', to: '"DE02"' }]],
    ['a number that no float can hold', BASE.replace('0993', '0995'), [{ pointer: '/id', to: '9007199254740995' }]],
    ['an element of a list', BASE.replace('V1', 'V2'), [{ pointer: '/lines/0/tax', to: '"V2"' }]],
    ['a member less', BASE.replace('"unit":"DE01",', ''), [{ pointer: '/unit', to: null }]],
    ['a member more', BASE.replace('"unit"', '"region":"EMEA","unit"'), [{ pointer: '/region', to: '"EMEA"' }]],
    [
      'members that hold others, place by place',
      BASE.replace('"unit"', '"a":{"b":{"c":1,"d":[]}},"unit"'),
      [
        { pointer: '/a/b/c', to: '1' },
        { pointer: '/a/b/d', to: '[]' },
      ],
    ],
    ['an element less', BASE.replace('{"tax":"V1","text":"a"}', ''), [{ pointer: '/lines/0', to: null }]],
    [
      'an element more, place by place',
      BASE.replace('"text":"a"}', '"text":"a"},{"tax":"V2","text":"b"}'),
      [
        { pointer: '/lines/1/tax', to: '"V2"' },
        { pointer: '/lines/1/text', to: '"b"' },
      ],
    ],
  ])('asks for %s', (_what, wanted, edits) => {
    expect(rawEdits(readJson(BASE), readJson(wanted))).toEqual(edits);
  });

  it('is what its edits make of it', () => {
    const wanted = BASE.replace('V1', 'V2').replace('"unit":"DE01",', '"a":{"b":1.50},');
    const { tree, faults } = applyEdits(readJson(BASE), rawEdits(readJson(BASE), readJson(wanted)));
    expect(faults).toEqual([]);
    expect(rawEdits(tree, readJson(wanted))).toEqual([]);
    expect(writeJson(tree)).toContain('1.50');
  });
});
