import {
  changedDocuments,
  exceptionChanges,
  moneyChanges,
  type ChangedRow,
  type ConsequencesOfChange,
  type DocumentPlace,
  type OpenAmounts,
} from '../../domain/change-report.js';
import { labelOf, type RowNames } from './label-rows.js';

type RowsByTable = ReadonlyMap<string, readonly ChangedRow[]>;

/** What is known of documents on one side of a change. */
export type MoneySide = { open: OpenAmounts; places: ReadonlyMap<string, DocumentPlace> };

/** Documents whose money may change: they differ themselves, or a link that carries money does. */
export function documentsOf(rows: RowsByTable): string[] {
  const ids = new Set<string>();
  const add = (value: unknown) => {
    if (typeof value === 'string') ids.add(value);
  };
  for (const { before, after } of rows.get('business_object') ?? []) add((after ?? before)?.['object_id']);
  for (const { before, after } of rows.get('object_link') ?? []) {
    const link = after ?? before;
    if (link === null || link['is_context'] === true) continue;
    add(link['from_object_id']);
    add(link['to_object_id']);
  }
  return [...ids];
}

/** Objects and transactions that are named where it is told what becomes of exceptions. */
export function namedIn(rows: RowsByTable): ChangedRow[] {
  return [...(rows.get('problem') ?? []), ...(rows.get('finding') ?? [])];
}

/** What follows from rows that differ. */
export function consequencesOf(
  rows: RowsByTable,
  money: { before: MoneySide; after: MoneySide },
  names: RowNames,
): ConsequencesOfChange {
  const objects = rows.get('business_object') ?? [];
  const open = { before: money.before.open, after: money.after.open };
  return {
    money: moneyChanges(objects, open, money.after.places),
    exceptions: exceptionChanges(rows.get('problem') ?? [], rows.get('finding') ?? [], (row) => labelOf(row, names)),
    documents: changedDocuments(objects),
  };
}
