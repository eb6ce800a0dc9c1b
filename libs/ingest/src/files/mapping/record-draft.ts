import {
  activityId,
  isUsableAliasValue,
  parseLocalDate,
  parseMoney,
  RELATED_QUALIFIER,
  SUBJECT_QUALIFIER,
  toStorableText,
  type Activity,
  type ActivityObject,
  type ActivityProblem,
  type Alias,
  type Direction,
  type Money,
  type ObjectType,
  type SignalReference,
} from '@throughline/canonical';
import type { MappedSignal } from '../../mapping/mapped-signal.js';
import type { StoredSignal } from '../../mapping/stored-signal.js';

/** Name and version under which the activities of files are recorded. */
export const FILE_MAPPING = { name: 'files', version: 8 } as const;

/**
 * System of the keys that banks and their customers share (accounts, entries, statements, messages, payments): a pain.001 of
 * the ERP, its pain.002 and the camt.053 come through different source systems and speak of one payment.
 */
export const BANK_SYSTEM = 'bank';

/** Reported as the system of an activity when the file came from no named source system. */
const UNNAMED_SYSTEM = 'bank-files';

const LONGEST_NAME = 256;
const LONGEST_ATTRIBUTE = 4_000;

/** A key of an object; of the shared bank system unless it says otherwise. */
export type DraftKey = { kind: string; scope?: string; value: string | undefined; system?: string };

/** An object of an activity; one without a usable key is left out with its links, unless it is the first. */
export type DraftObject = {
  ref?: string;
  type: ObjectType;
  qualifier?: string;
  keys: readonly DraftKey[];
  amount?: Money | undefined;
  direction?: Direction | undefined;
  counterparty?: string | undefined;
  legalEntity?: string | undefined;
  attributes?: Record<string, string | undefined>;
};

/** One activity of a record; links name objects by `ref`. */
export type DraftActivity = {
  type: string;
  objects: readonly DraftObject[];
  links?: readonly { from: string; to: string; qualifier: string; amount?: Money | undefined }[];
  problem?: ActivityProblem;
};

/** What a rule says of a record. */
export type RecordRule =
  | { rule: string; activities: readonly DraftActivity[]; occurredAt?: string | undefined }
  | { rule: string; ignored: string }
  | { rule: string; unmapped: string; place?: string };

/** Turns what a rule said into the mapped signal. Every activity of a file belongs to its run. */
export function mappedRecord(signal: StoredSignal, reference: SignalReference, made: RecordRule): MappedSignal {
  const mapping = { ...FILE_MAPPING, rule: made.rule };
  const unmapped = (reason: string, place?: string): MappedSignal => ({
    outcome: 'unmapped',
    unmapped: { code: 'invalid-output', reason, ...(place !== undefined && { place }), mapping },
  });
  if ('ignored' in made) return { outcome: 'ignored', reason: made.ignored, mapping };
  if ('unmapped' in made) return unmapped(made.unmapped, made.place);
  const occurredAt = made.occurredAt ?? signal.occurredAt;
  if (occurredAt === null) return unmapped('the record says no time and was stored without one');
  const activities: Activity[] = [];
  for (const [position, draft] of made.activities.entries()) {
    const { objects, positions } = keptObjects(draft.objects);
    if (objects.length === 0)
      return unmapped(`the ${draft.objects[0]?.type ?? 'object'} of the record has no key that could identify it`);
    activities.push({
      activityId: activityId(signal.scopedKey, position),
      type: draft.type,
      occurredAt,
      outcome: draft.problem === undefined ? 'success' : 'failure',
      system: systemOf(signal),
      integration: '',
      objects,
      links: (draft.links ?? []).flatMap(({ from, to, qualifier, amount }) => {
        const [start, end] = [positions.get(from), positions.get(to)];
        if (start === undefined || end === undefined) return [];
        return [{ from: start, to: end, qualifier, ...(amount !== undefined && { amount }) }];
      }),
      ...(draft.problem !== undefined && { problem: draft.problem }),
      runKey: `run:${signal.source}`,
      signal: reference,
      mapping,
    });
  }
  return { outcome: 'mapped', activities, mapping };
}

/** The source system that sent the file. */
export function systemOf(signal: Pick<StoredSignal, 'sourceSystem'>): string {
  return signal.sourceSystem === '' ? UNNAMED_SYSTEM : signal.sourceSystem;
}

function keptObjects(drafts: readonly DraftObject[]): { objects: ActivityObject[]; positions: Map<string, number> } {
  const objects: ActivityObject[] = [];
  const positions = new Map<string, number>();
  for (const [index, draft] of drafts.entries()) {
    const [first, ...others] = draft.keys.flatMap(aliasOf);
    if (first === undefined) {
      if (index === 0) return { objects: [], positions };
      continue;
    }
    const isSubject = objects.length === 0;
    const name = draft.ref ?? draft.type;
    if (!positions.has(name)) positions.set(name, objects.length);
    const attributes = textsOf(draft.attributes ?? {});
    objects.push({
      type: draft.type,
      qualifier: draft.qualifier ?? (isSubject ? SUBJECT_QUALIFIER : RELATED_QUALIFIER),
      aliases: [first, ...others],
      ...(draft.legalEntity !== undefined && { legalEntity: nameOf(draft.legalEntity) }),
      ...(draft.counterparty !== undefined && { counterparty: nameOf(draft.counterparty) }),
      ...(draft.amount !== undefined && { amount: draft.amount }),
      ...(draft.direction !== undefined && { direction: draft.direction }),
      ...(attributes !== undefined && { attributes }),
    });
  }
  return { objects, positions };
}

function aliasOf({ kind, scope = '', value, system = BANK_SYSTEM }: DraftKey): Alias[] {
  const text = value?.trim() ?? '';
  if (!isUsableAliasValue(text)) return [];
  return [{ system, kind, scope: toStorableText(scope).slice(0, LONGEST_NAME), value: text }];
}

function nameOf(text: string): string {
  return toStorableText(text.trim().replace(/\s+/g, ' ').slice(0, LONGEST_NAME));
}

function textsOf(attributes: Record<string, string | undefined>): Record<string, string> | undefined {
  const texts = Object.entries(attributes).flatMap(([name, value]) => {
    const text = value?.trim() ?? '';
    return text === '' ? [] : [[name, toStorableText(text.slice(0, LONGEST_ATTRIBUTE))] as const];
  });
  return texts.length === 0 ? undefined : Object.fromEntries(texts);
}

/** Positive money of decimal text, and as attributes what is no amount of a known currency (DEM, a broken number). */
export function moneyOf(
  amount: string | undefined,
  currency: string | undefined,
): { amount?: Money; stated: Record<string, string | undefined> } {
  const parsed = parseMoney(amount?.replace(/^[-+]/, '').replace(/\.$/, ''), currency?.trim().toUpperCase());
  if (parsed.ok) return { amount: parsed.value, stated: {} };
  return { stated: { statedAmount: amount, statedCurrency: currency } };
}

/** Dates as attributes; an impossible one (30 February) is kept as text with a note, never as a date. */
export function datesOf(dates: Record<string, string | undefined>): Record<string, string | undefined> {
  const attributes: Record<string, string | undefined> = {};
  for (const [name, text] of Object.entries(dates)) {
    if (text === undefined || text === '') continue;
    if (parseLocalDate(text).ok) attributes[name] = text;
    else attributes[`${name}Note`] = `not a date: ${text.slice(0, 40)}`;
  }
  return attributes;
}

/** The text where it is a date that exists. */
export function localDateOf(text: string | undefined): string | undefined {
  return text !== undefined && parseLocalDate(text).ok ? text : undefined;
}

/** Money that comes in raises the account. */
export function directionOf(isCredit: boolean): Direction {
  return isCredit ? 'inflow' : 'outflow';
}
