import type { SignalReference } from '@throughline/canonical';
import type { CodeMapping } from '../../mapping/map-signal.js';
import type { MappedSignal } from '../../mapping/mapped-signal.js';
import type { StoredSignal } from '../../mapping/stored-signal.js';
import { CsvLayouts } from '../csv/csv-layouts.js';
import { fileOfRecordKey } from '../file-signal.js';
import { mapBalance, mapStatement } from './map-account-record.js';
import { mapBai2Account, mapBai2Group, mapBai2Transaction } from './map-bai2-record.js';
import { mapCsvRow } from './map-csv-row.js';
import { mapEntry, mapEntryTransaction } from './map-entry.js';
import { mapFileHeader } from './map-file-header.js';
import { mapMtBalance, mapMtEntry, mapMtStatement } from './map-mt-record.js';
import { mapBatchStatus, mapPayment, mapPaymentBatch, mapPaymentStatus } from './map-payment-record.js';
import { readBody, type ReadBody } from './read-body.js';
import { FILE_MAPPING, mappedRecord, systemOf, type RecordRule } from './record-draft.js';

type Rule = (body: ReadBody, system: string, layouts: CsvLayouts) => RecordRule;

/** By the kind of record, whichever version of a message it is of. */
const RULES: Readonly<Record<string, Rule>> = {
  'camt.entry': mapEntry,
  'camt.transaction': mapEntryTransaction,
  'camt.balance': mapBalance,
  'camt.statement': mapStatement,
  'camt.report': mapStatement,
  'camt.notification': mapStatement,
  'pain.payment': mapPayment,
  'pain.batch': mapPaymentBatch,
  'status.transaction': mapPaymentStatus,
  'status.batch': (body) => mapBatchStatus(body, false),
  'status.group': (body) => mapBatchStatus(body, true),
  'mt.statement': mapMtStatement,
  'mt.balance': mapMtBalance,
  'mt.entry': mapMtEntry,
  'bai2.group': mapBai2Group,
  'bai2.account': mapBai2Account,
  'bai2.transaction': mapBai2Transaction,
  'csv.row': mapCsvRow,
};

const FAMILIES: readonly (readonly [prefix: string, family: string])[] = [
  ['camt.', 'camt'],
  ['pain.002', 'status'],
  ['pain.', 'pain'],
  ['mt94', 'mt'],
  ['bai2', 'bai2'],
  ['csv', 'csv'],
];

/** Mapping "files" for a tenant with CSV layouts of its own. */
export function fileMapping(layouts: CsvLayouts): CodeMapping {
  return (signal, reference) => mapWith(signal, reference, layouts);
}

/** Maps one record of a file. In code, not by a pack: a file has a million records, and their meaning is in standards. */
export const mapFileRecord: CodeMapping = fileMapping(new CsvLayouts([]));

function mapWith(signal: StoredSignal, reference: SignalReference, layouts: CsvLayouts): MappedSignal {
  const body = readBody(signal.body);
  const mapping = { ...FILE_MAPPING, rule: '' };
  if (body === undefined)
    return { outcome: 'unmapped', unmapped: { code: 'unreadable', reason: 'the record is no JSON', mapping } };
  const rule = ruleOf(signal.type);
  if (rule === undefined) {
    const reason = `no rule takes a file record of type ${JSON.stringify(signal.type.slice(0, 100))}`;
    return { outcome: 'unmapped', unmapped: { code: 'no-rule', reason, mapping } };
  }
  const fileId = fileOfRecordKey(signal.scopedKey);
  const made = rule({ ...body, ...(fileId !== undefined && { fileId }) }, systemOf(signal), layouts);
  return mappedRecord(signal, reference, made);
}

function ruleOf(type: string): Rule | undefined {
  const kind = type.slice(type.lastIndexOf('.') + 1);
  if (kind === 'file') return mapFileHeader;
  const family = FAMILIES.find(([prefix]) => type.startsWith(prefix))?.[1];
  const name = `${family ?? ''}.${kind}`;
  return Object.hasOwn(RULES, name) ? RULES[name] : undefined;
}
