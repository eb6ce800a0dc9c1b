import { describe, expect, it } from '@jest/globals';
import type { CorrectableField } from './correction-documents.js';
import {
  editsOfForm,
  formRows,
  movedLists,
  UNTOUCHED,
  withAdded,
  withoutLists,
  withoutToggled,
  withToggled,
  type FormRow,
} from './list-draft.js';

const field = (pointer: string, label: string, valueJson: string | null = '"a"'): CorrectableField => ({
  ...{ pointer, label, valueJson, description: null, kind: 'text', choices: [] },
  ...{ isRequired: false, isMasked: false, needsConfirmation: false, lock: null },
});
const LINES = {
  pointer: '/lines',
  label: 'Lines',
  length: 2,
  newFields: [field('/lines/2/tax', 'Lines 3 · tax', null), field('/lines/2/text', 'Text of the line', null)],
};
const FORM = {
  fields: [field('/unit', 'Unit'), field('/lines/0/tax', 'Lines 1 · tax'), field('/lines/1/tax', 'Lines 2 · tax')],
  lists: [LINES],
};
const words = (rows: FormRow[]) =>
  rows.map((row) => {
    if (row.kind === 'field') return `${row.field.label} ${row.field.pointer}`;
    return row.kind === 'element' ? `${row.label}: ${row.state}` : `${row.list.label}${row.canAdd ? '+' : ''}`;
  });

describe('the elements of a list in a form', () => {
  it('stand together with what may be written in each, behind what is in no list', () => {
    expect(words(formRows(FORM, UNTOUCHED))).toEqual([
      'Unit /unit',
      'Lines+',
      'Lines 1: kept',
      'Lines 1 · tax /lines/0/tax',
      'Lines 2: kept',
      'Lines 2 · tax /lines/1/tax',
    ]);
  });

  it('are added at the end, taken away and taken back', () => {
    const added = withAdded(withAdded(UNTOUCHED, LINES), LINES);
    const draft = withToggled(withToggled(added, '/lines/2'), '/lines/0');
    expect(words(formRows(FORM, draft))).toEqual([
      'Unit /unit',
      'Lines+',
      'Lines 1: removed',
      'Lines 2: kept',
      'Lines 2 · tax /lines/1/tax',
      'Lines 4: added',
      'Lines 4 · tax /lines/3/tax',
      'Lines 4 · Text of the line /lines/3/text',
    ]);
    expect(withToggled(draft, '/lines/0').removed.size).toBe(0);
  });

  it('are asked for at the positions that were seen, and nothing of an element that goes', () => {
    const draft = withToggled(withAdded(UNTOUCHED, LINES), '/lines/0');
    const typed = { '/lines/0/tax': 'x', '/lines/1/tax': 'y', '/lines/2/tax': 'z' };
    expect(editsOfForm(FORM, typed, draft)).toEqual([
      { pointer: '/lines/1/tax', to: '"y"' },
      { pointer: '/lines/2/tax', to: '"z"' },
      { pointer: '/lines/0', to: null },
    ]);
    expect(editsOfForm(FORM, {}, withAdded(UNTOUCHED, LINES))).toEqual([]);
  });

  it('come without what was written in one that was added and taken away, and keep what others hold', () => {
    const added = withAdded(UNTOUCHED, LINES);
    const typed = { '/lines/1/tax': 'y', '/lines/2/tax': 'z', '/lines/2': 'a', '/lines/20/tax': 'b' };
    expect(withoutToggled(typed, added, '/lines/2')).toEqual({ '/lines/1/tax': 'y', '/lines/20/tax': 'b' });
    // one that was there is only set aside, and comes back as it was left
    expect(withoutToggled(typed, added, '/lines/1')).toEqual(typed);
  });

  it('that are single values stay where they are emptied, and have no value', () => {
    const rates = { pointer: '/rates', label: 'Rates', length: 2, newFields: [] };
    const number = (pointer: string) => ({ ...field(pointer, pointer, '19'), kind: 'number' });
    const form = { fields: [number('/unit'), number('/rates/0'), number('/rates/1')], lists: [rates] };
    expect(editsOfForm(form, { '/unit': '', '/rates/0': '' }, withToggled(UNTOUCHED, '/rates/1'))).toEqual([
      { pointer: '/unit', to: null },
      { pointer: '/rates/0', to: 'null' },
      { pointer: '/rates/1', to: null },
    ]);
  });

  it('can only be taken away where nothing may be written in them', () => {
    expect(words(formRows({ fields: [], lists: [{ ...LINES, newFields: [] }] }, UNTOUCHED))[0]).toBe('Lines');
  });

  it('lose what was written where elements came or went meanwhile, and nothing else does', () => {
    const moved = movedLists([
      { pointer: '/lines/0', from: '{}', to: null },
      { pointer: '/unit', from: null, to: '"b"' },
      { pointer: '/taxes/0', from: '"a"', to: '"b"' },
    ]);
    expect(moved).toEqual(['/lines']);
    const left = withoutLists({ '/unit': 'b', '/lines/1/tax': 'y' }, withAdded(UNTOUCHED, LINES), moved);
    expect(left).toEqual({ drafts: { '/unit': 'b' }, draft: UNTOUCHED });
  });
});
