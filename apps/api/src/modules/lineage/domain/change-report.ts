import { addMoney, isZero, parseMoney, subtractMoney, zeroMoney, type Money } from '@throughline/canonical';
import type { TableDifference } from '../pipeline/rebuild/compare-projections.js';

/** A row as the database tells it, by column name; amounts are text. */
export type ChangeRow = Readonly<Record<string, unknown>>;

/** A row that differs, whole; null = there is none. */
export type ChangedRow = { before: ChangeRow | null; after: ChangeRow | null };

export type ChangeCounts = { added: number; changed: number; removed: number };

/** Money of the documents of one kind, entity and currency that change: what they say, and what is open at them. */
export type MoneyChange = {
  objectType: string;
  legalEntity: string | null;
  currency: string;
  documents: number;
  before: string;
  after: string;
  /** Null = nobody can tell. */
  openBefore: string | null;
  openAfter: string | null;
  /** By how much the documents differ, each without its sign. */
  moved: string;
};

/** What becomes of an exception: one opens, closes, or says something else. */
export type ExceptionChange = {
  what: 'opens' | 'closes' | 'changes';
  /** Taxonomy of a problem, kind of a finding. */
  about: string;
  label: string;
};

export type ExceptionChanges = { opens: number; closes: number; changes: number; first: ExceptionChange[] };

/** Documents that change, by what rules look at. */
export type ChangedDocuments = { objectType: string; legalEntity: string | null; period: string | null; count: number };

/** Differences of what is shown, as far as they concern money, exceptions and approval. */
export type ConsequencesOfChange = {
  money: MoneyChange[];
  exceptions: ExceptionChanges;
  documents: ChangedDocuments[];
};

/** What a change of lineage would change, or did. */
export type ChangeReport = ConsequencesOfChange & {
  /** Signals that were mapped for it; null = of a rebuild, which is made of activities. */
  signals: number | null;
  activities: ChangeCounts | null;
  /** Activities of which it is told what follows, of a range that is rebuilt also such as stay what they are. */
  foreseen: number | null;
  tables: TableDifference[];
  /** More rows differ than it is told of what becomes of money and exceptions. */
  isPartial: boolean;
  /** The mappings that it was made by: by others it may not be done. Of a rebuild, which maps nothing, none. */
  mappings?: string;
  /** Closed posting periods whose documents change, as whoever has to approve is told; absent = nobody looked. */
  closedPeriods?: string[];
};

/** What a change did, beside what was foreseen of it. */
export type ChangesAfterwards = ConsequencesOfChange & {
  activities: ChangeCounts | null;
  tables: ({ table: string } & ChangeCounts)[];
  /** Rows that are as they were foreseen, and that are not. */
  asForeseen: number;
  otherwise: number;
};

/** Open amounts of documents by object; without an entry nobody can tell. */
export type OpenAmounts = ReadonlyMap<string, Money>;

/** What a document is, for those of which a link changes and the row does not. */
export type DocumentPlace = { objectType: string; legalEntity: string | null; amount: Money | null };

const FIRST_EXCEPTIONS = 20;

/** Findings that open no exception, by the rules of the module exceptions. */
const OPENS_NOTHING: ReadonlySet<unknown> = new Set(['self-link', 'transaction-truncated']);

type MoneySides = {
  before: Money | null;
  after: Money | null;
  openBefore: Money | null;
  openAfter: Money | null;
};

/** Money per kind, entity and currency of all documents whose amount, or what is open at them, changes. */
export function moneyChanges(
  objects: readonly ChangedRow[],
  open: { before: OpenAmounts; after: OpenAmounts },
  places: ReadonlyMap<string, DocumentPlace>,
): MoneyChange[] {
  const sums = new Map<string, MoneyChange>();
  const add = (key: { objectType: string; legalEntity: string | null }, sides: MoneySides) => {
    const currencies = new Set(Object.values(sides).flatMap((one) => one?.currency ?? []));
    for (const currency of currencies) {
      const of = (one: Money | null) => (one?.currency === currency ? one : null);
      const [before, after] = [of(sides.before), of(sides.after)];
      const [openBefore, openAfter] = [of(sides.openBefore), of(sides.openAfter)];
      const moved = larger(difference(before, after, currency), difference(openBefore, openAfter, currency));
      if (isZero(moved)) continue;
      const id = JSON.stringify([key.objectType, key.legalEntity, currency]);
      const known = sums.get(id);
      // of a document that is not there nothing is open, and that is known
      const openOf = (one: Money | null, amount: Money | null) => one ?? (amount === null ? zeroMoney(currency) : null);
      sums.set(id, {
        ...key,
        currency,
        documents: (known?.documents ?? 0) + 1,
        before: plus(known?.before, before, currency),
        after: plus(known?.after, after, currency),
        openBefore: plusKnown(known === undefined ? '0' : known.openBefore, openOf(openBefore, before), currency),
        openAfter: plusKnown(known === undefined ? '0' : known.openAfter, openOf(openAfter, after), currency),
        moved: plus(known?.moved, moved, currency),
      });
    }
  };
  for (const { before, after } of objects) {
    const objectId = textOf((after ?? before)?.['object_id']);
    const [was, is] = [placeOf(before), placeOf(after)];
    const sides = { openBefore: open.before.get(objectId) ?? null, openAfter: open.after.get(objectId) ?? null };
    if (was !== null && is !== null && was.legalEntity === is.legalEntity && was.objectType === is.objectType) {
      add(keyOf(is), { ...sides, before: was.amount, after: is.amount });
      continue;
    }
    if (was !== null) add(keyOf(was), { ...sides, before: was.amount, after: null, openAfter: null });
    if (is !== null) add(keyOf(is), { ...sides, before: null, openBefore: null, after: is.amount });
  }
  const isRow = new Set(objects.map(({ before, after }) => textOf((after ?? before)?.['object_id'])));
  for (const [objectId, place] of places) {
    if (isRow.has(objectId)) continue;
    const [openBefore, openAfter] = [open.before.get(objectId), open.after.get(objectId)];
    if (openBefore === undefined || openAfter === undefined) continue;
    add(keyOf(place), { before: place.amount, after: place.amount, openBefore, openAfter });
  }
  return [...sums.values()].sort(
    (left, right) =>
      compare(left.objectType, right.objectType) ||
      compare(left.legalEntity ?? '', right.legalEntity ?? '') ||
      compare(left.currency, right.currency),
  );
}

/** What becomes of exceptions: those of problems, and those of findings that open one. */
export function exceptionChanges(
  problems: readonly ChangedRow[],
  findings: readonly ChangedRow[],
  labelOf: (row: ChangeRow) => string,
): ExceptionChanges {
  const all = [
    ...problems.flatMap((row) => becomes(row, isStanding, 'taxonomy')),
    ...findings.flatMap((row) => becomes(row, (one) => !OPENS_NOTHING.has(one['kind']), 'kind')),
  ];
  const countOf = (what: ExceptionChange['what']) => all.filter((one) => one.what === what).length;
  return {
    opens: countOf('opens'),
    closes: countOf('closes'),
    changes: countOf('changes'),
    first: all
      .slice(0, FIRST_EXCEPTIONS)
      .map(({ what, row, column }) => ({ what, about: textOf(row[column]), label: labelOf(row) })),
  };
}

/** The changed documents by kind, entity and posting period. */
export function changedDocuments(objects: readonly ChangedRow[]): ChangedDocuments[] {
  const groups = new Map<string, ChangedDocuments>();
  for (const { before, after } of objects) {
    const row = after ?? before;
    if (row === null) continue;
    const period = (row['attributes'] as Readonly<Record<string, unknown>> | null)?.['postingPeriod'];
    const group = {
      objectType: textOf(row['type']),
      legalEntity: nullableText(row['legal_entity']),
      period: nullableText(period),
    };
    const id = JSON.stringify(Object.values(group));
    groups.set(id, { ...group, count: (groups.get(id)?.count ?? 0) + 1 });
  }
  return [...groups].sort(([left], [right]) => compare(left, right)).map(([, group]) => group);
}

type Becomes = { what: ExceptionChange['what']; row: ChangeRow; column: string };

function becomes({ before, after }: ChangedRow, isOpen: (row: ChangeRow) => boolean, column: string): Becomes[] {
  const [was, is] = [before !== null && isOpen(before), after !== null && isOpen(after)];
  if (!was && !is) return [];
  const row = after ?? before ?? {};
  return [{ what: was && is ? 'changes' : is ? 'opens' : 'closes', row, column }];
}

function isStanding(row: ChangeRow): boolean {
  return (row['cleared_at'] ?? null) === null;
}

function placeOf(row: ChangeRow | null): DocumentPlace | null {
  if (row === null) return null;
  const money = parseMoney(row['amount'], row['currency']);
  return {
    objectType: textOf(row['type']),
    legalEntity: nullableText(row['legal_entity']),
    amount: money.ok ? money.value : null,
  };
}

function keyOf({ objectType, legalEntity }: DocumentPlace) {
  return { objectType, legalEntity };
}

function difference(before: Money | null, after: Money | null, currency: string): Money {
  const change = subtractMoney(after ?? zeroMoney(currency), before ?? zeroMoney(currency));
  return change.amount.startsWith('-') ? subtractMoney(zeroMoney(currency), change) : change;
}

function larger(left: Money, right: Money): Money {
  return subtractMoney(left, right).amount.startsWith('-') ? right : left;
}

function plus(sum: string | undefined, money: Money | null, currency: string): string {
  return addMoney({ amount: sum ?? '0', currency }, money ?? zeroMoney(currency)).amount;
}

function plusKnown(sum: string | null, money: Money | null, currency: string): string | null {
  return sum === null || money === null ? null : plus(sum, money, currency);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function nullableText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
