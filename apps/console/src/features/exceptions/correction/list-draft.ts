import type { Correctable, CorrectableField, CorrectableList } from './correction-documents.js';
import { editsOf, type Drafts, type Edit } from './correction-values.js';

/** What is done to lists as such while a correction is written. */
export type ListDraft = {
  /** Positions of elements that are added, by the pointer of their list. */
  added: Readonly<Record<string, readonly number[]>>;
  /** Pointers of elements that are taken away. */
  removed: ReadonlySet<string>;
};

export const UNTOUCHED: ListDraft = { added: {}, removed: new Set() };

/** One line of the form. */
export type FormRow =
  | { kind: 'field'; field: CorrectableField }
  | { kind: 'element'; pointer: string; label: string; state: 'kept' | 'added' | 'removed' }
  | { kind: 'list'; list: CorrectableList; canAdd: boolean };

type Form = Pick<Correctable, 'fields' | 'lists'>;

/** Another element behind the last. */
export function withAdded(draft: ListDraft, { pointer, length }: CorrectableList): ListDraft {
  const before = draft.added[pointer] ?? [];
  return { ...draft, added: { ...draft.added, [pointer]: [...before, Math.max(length - 1, ...before) + 1] } };
}

/** Takes an element away or, where it is away, back; one that was added goes for good. */
export function withToggled(draft: ListDraft, pointer: string): ListDraft {
  const [list, position] = splitAt(pointer);
  const added = draft.added[list] ?? [];
  if (added.includes(position))
    return { ...draft, added: { ...draft.added, [list]: added.filter((each) => each !== position) } };
  const removed = new Set(draft.removed);
  if (!removed.delete(pointer)) removed.add(pointer);
  return { ...draft, removed };
}

/** What was written, without what stands in an added element that goes by the same step: another one may take its position. */
export function withoutToggled(drafts: Drafts, draft: ListDraft, pointer: string): Drafts {
  const [list, position] = splitAt(pointer);
  if (draft.added[list]?.includes(position) !== true) return drafts;
  return Object.fromEntries(
    Object.entries(drafts).filter(([place]) => place !== pointer && !place.startsWith(`${pointer}/`)),
  );
}

function splitAt(pointer: string): [list: string, position: number] {
  const slash = pointer.lastIndexOf('/');
  return [pointer.slice(0, slash), Number(pointer.slice(slash + 1))];
}

/** Single values first, then list after list, each element with what may be written in it. */
export function formRows({ fields, lists }: Form, draft: ListDraft): FormRow[] {
  const innermost = lists.toSorted((one, other) => other.pointer.length - one.pointer.length);
  const ofElement = new Map<string, CorrectableField[]>();
  const alone: FormRow[] = [];
  for (const field of fields) {
    const list = innermost.find(({ pointer }) => field.pointer.startsWith(`${pointer}/`));
    if (list === undefined) alone.push({ kind: 'field', field });
    else {
      const element = elementOf(list, field.pointer);
      ofElement.set(element, [...(ofElement.get(element) ?? []), field]);
    }
  }
  return [
    ...alone,
    ...lists.filter((list) => !isAway(draft, list.pointer)).flatMap((list) => listRows(list, ofElement, draft)),
  ];
}

function listRows(
  list: CorrectableList,
  ofElement: ReadonlyMap<string, readonly CorrectableField[]>,
  draft: ListDraft,
): FormRow[] {
  const kept = Array.from({ length: list.length }, (_, position) => {
    const pointer = `${list.pointer}/${position}`;
    const isRemoved = draft.removed.has(pointer);
    return elementRows(list, position, isRemoved ? 'removed' : 'kept', isRemoved ? [] : (ofElement.get(pointer) ?? []));
  });
  const added = (draft.added[list.pointer] ?? []).map((position) =>
    elementRows(list, position, 'added', fieldsOfAdded(list, position)),
  );
  const canAdd = list.newFields.some(({ lock }) => lock === null);
  return [{ kind: 'list', list, canAdd }, ...kept.flat(), ...added.flat()];
}

function elementRows(
  list: CorrectableList,
  position: number,
  state: 'kept' | 'added' | 'removed',
  fields: readonly CorrectableField[],
): FormRow[] {
  const heading: FormRow = {
    kind: 'element',
    pointer: `${list.pointer}/${position}`,
    label: `${list.label} ${position + 1}`,
    state,
  };
  return [heading, ...fields.map((field): FormRow => ({ kind: 'field', field }))];
}

function elementOf(list: CorrectableList, pointer: string): string {
  const [position = ''] = pointer.slice(list.pointer.length + 1).split('/');
  return `${list.pointer}/${position}`;
}

/** What may be written in an element that is added at a position. */
function fieldsOfAdded({ pointer, label, length, newFields }: CorrectableList, position: number): CorrectableField[] {
  const [place, words] = [`${pointer}/${length}`, `${label} ${length + 1}`];
  return newFields.map((field) => ({
    ...field,
    pointer: `${pointer}/${position}${field.pointer.slice(place.length)}`,
    label: field.label.startsWith(words)
      ? `${label} ${position + 1}${field.label.slice(words.length)}`
      : `${label} ${position + 1} · ${field.label}`,
  }));
}

/** What is asked for: fields that differ, elements that are written anew, and elements that go. */
export function editsOfForm(form: Form, drafts: Drafts, draft: ListDraft): Edit[] {
  const fields = formRows(form, draft).flatMap((row) => (row.kind === 'field' ? [row.field] : []));
  const gone = [...draft.removed].filter((pointer) => !isAway(draft, pointer));
  const elements = new Set(fields.map(({ pointer }) => pointer).filter((pointer) => isElement(form, pointer)));
  const written = editsOf(fields, drafts).map((edit) => (elements.has(edit.pointer) ? leftEmpty(edit) : edit));
  return [...written, ...gone.map((pointer) => ({ pointer, to: null }))];
}

function isElement({ lists }: Form, pointer: string): boolean {
  const [holder] = splitAt(pointer);
  return lists.some((list) => list.pointer === holder);
}

/** Nothing at the position of an element would take it away, which is an act of its own: a missing value, as the contract is told. */
function leftEmpty({ pointer, to }: Edit): Edit {
  return { pointer, to: to ?? 'null' };
}

/** Whether what holds a place is taken away. */
function isAway({ removed }: ListDraft, pointer: string): boolean {
  return [...removed].some((gone) => pointer.startsWith(`${gone}/`));
}

type Change = { pointer: string; from: string | null; to: string | null };

/** Lists whose elements are others than before: what was written at a position of one may be meant for another element now. */
export function movedLists(changes: readonly Change[]): string[] {
  const moved = changes.filter(({ pointer, from, to }) => /\/\d+$/.test(pointer) && (from === null || to === null));
  return [...new Set(moved.map(({ pointer }) => splitAt(pointer)[0]))];
}

/** What was written, without what stands in these lists. */
export function withoutLists(
  drafts: Drafts,
  draft: ListDraft,
  lists: readonly string[],
): { drafts: Drafts; draft: ListDraft } {
  const isIn = (pointer: string) => lists.some((list) => pointer.startsWith(`${list}/`) || pointer === list);
  const stays = <T>([pointer]: [string, T]) => !isIn(pointer);
  return {
    drafts: Object.fromEntries(Object.entries(drafts).filter(stays)),
    draft: {
      added: Object.fromEntries(Object.entries(draft.added).filter(stays)),
      removed: new Set([...draft.removed].filter((pointer) => !isIn(pointer))),
    },
  };
}
