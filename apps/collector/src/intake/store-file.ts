import { randomUUID } from 'node:crypto';
import { fileRecordKey, fileSummaryBody, withClosingDate, type FileFormat } from '@throughline/ingest';
import type { Tx } from '@throughline/persistence';
import type { FileSpool, SpooledRecord } from './file-spool.js';
import { announceBatch, type StoredCounts } from './intake-batch.js';
import type { NewSignal } from './new-signal.js';
import type { ReadFile } from './read-file.js';
import { SIGNAL_COLUMNS, signalIdentity, signalRow, type SignalReceipt } from './store-signals.js';

/**
 * One piece of work for the worker, and one statement: the server ends a statement that takes too long, whatever the size
 * of the file.
 */
const MOST_IN_BATCH = 2_000;
const MOST_BYTES = 16 * 1024 * 1024;
const FILE_RECORD_TYPE = 'application/json';

/** A file that was read and waits in its spool. */
export type NewFile = {
  format: FileFormat;
  name: string;
  layout: string;
  source: { name: string; kind: string };
  read: ReadFile;
  spool: FileSpool;
};

/** What storing a file came to. A duplicate has the id and the count of the file that was stored before. */
export type StoredFile = { fileId: string; records: number; isDuplicate: boolean };

/** Of two transactions with the same file the second waits here for the end of the first. */
const INSERT = `
  insert into received_file
    (tenant_id, file_id, format, name, source_system, layout, content_hash, bytes, records, received_at, key_id,
     header, controls, has_control_break)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
  on conflict (tenant_id, source_system, format, content_hash) do nothing
  returning file_id`;

/** The keys hold the id of the file, which is new: none of them can be there, and they need not be taken one by one. */
const INSERT_KEYS = `
  insert into signal_key (tenant_id, key_hash, signal_id, received_on)
  select tenant_id, sha256(convert_to(scoped_key, 'UTF8')), signal_id, received_on
    from signal
   where tenant_id = $1 and batch_id = $2`;

const SELECT_SAME = `
  select file_id as "fileId", records from received_file
   where tenant_id = $1 and source_system = $2 and format = $3 and content_hash = $4`;

/** The same file, which was stored before. */
async function findSameFile(tx: Tx, file: NewFile): Promise<StoredFile> {
  const [found] = await tx.query<{ fileId: string; records: number }>(SELECT_SAME, [
    tx.tenantId,
    file.source.name,
    file.format,
    file.read.contentHash,
  ]);
  if (found === undefined) throw new Error('a file was there and is not');
  return { ...found, isDuplicate: true };
}

/**
 * Stores a file with all its records in the transaction, so that they become visible together. `redact` is applied to
 * every batch; it throws when a record must not be stored, and with it nothing of the file is.
 */
export async function storeFile(
  tx: Tx,
  file: NewFile,
  receipt: SignalReceipt,
  redact: (signals: readonly NewSignal[]) => readonly NewSignal[],
): Promise<{ file: StoredFile; counts: StoredCounts }> {
  const { read, format, source } = file;
  const { summary, contentHash, bytes } = read;
  const fileId = randomUUID();
  const { header, name } = redactedHeader(file, fileId, receipt.receivedAt, redact);
  const said = contextOf(header);
  const [inserted] = await tx.query(INSERT, [
    tx.tenantId,
    fileId,
    format,
    name,
    source.name,
    file.layout,
    contentHash,
    bytes,
    summary.records,
    receipt.receivedAt,
    receipt.keyId,
    JSON.stringify(said['header'] ?? {}),
    JSON.stringify(said['controls'] ?? []),
    summary.controlsBroken > 0,
  ]);
  if (inserted === undefined) {
    const same = await findSameFile(tx, file);
    return { file: same, counts: { stored: 0, duplicates: same.records + 1 } };
  }
  const records = recordSignals(file, fileId, receipt.receivedAt, redact)[Symbol.asyncIterator]();
  let stored = 0;
  const at: { next: IteratorResult<readonly NewSignal[]> } = { next: { done: false, value: [header] } };
  while (at.next.done !== true) {
    const batchId = randomUUID();
    let [items, size] = [0, 0];
    // A few records at a time: what is alive between two of them outlives the collector's young garbage.
    const rows = async function* (): AsyncGenerator<(readonly unknown[])[]> {
      while (
        at.next.done !== true &&
        (items === 0 || (items + at.next.value.length <= MOST_IN_BATCH && size < MOST_BYTES))
      ) {
        items += at.next.value.length;
        size += at.next.value.reduce((sum, { body }) => sum + body.length, 0);
        yield at.next.value.map((signal) => rowOf(signal, tx.tenantId, batchId, receipt));
        at.next = await records.next();
      }
    };
    stored += await tx.copyRows('signal', SIGNAL_COLUMNS, rows());
    await tx.query(INSERT_KEYS, [tx.tenantId, batchId]);
    await announceBatch(tx, { batchId, kind: 'events', receivedAt: receipt.receivedAt, items });
  }
  return { file: { fileId, records: summary.records, isDuplicate: false }, counts: { stored, duplicates: 0 } };
}

function rowOf(signal: NewSignal, tenantId: string, batchId: string, receipt: SignalReceipt): readonly unknown[] {
  return signalRow(signal, signalIdentity(signal.scopedKey).signalId, { tenantId, batchId, receipt });
}

async function* recordSignals(
  file: NewFile,
  fileId: string,
  receivedAt: Date,
  redact: (signals: readonly NewSignal[]) => readonly NewSignal[],
): AsyncGenerator<readonly NewSignal[]> {
  for await (const records of file.spool.pieces())
    yield redact(records.map((record) => recordSignal(record, file, fileId, receivedAt)));
}

function recordSignal(record: SpooledRecord, file: NewFile, fileId: string, receivedAt: Date): NewSignal {
  return {
    ...common(file, fileId),
    scopedKey: fileRecordKey(fileId, record.no),
    type: record.type,
    externalId: record.externalId === '' ? String(record.no) : record.externalId,
    occurredAt: record.occurredAt ?? receivedAt.toISOString(),
    body: withClosingDate(record.body, file.read.summary.closingDates[record.statementNo ?? -1]),
    recordNo: record.no,
  };
}

function fileSignal(file: NewFile, fileId: string, receivedAt: Date): NewSignal {
  const { format, name, layout, read } = file;
  const facts = {
    fileId,
    format,
    name,
    layout,
    bytes: read.bytes,
    contentHash: read.contentHash.toString('hex'),
    receivedAt: receivedAt.toISOString(),
  };
  return {
    ...common(file, fileId),
    scopedKey: fileRecordKey(fileId, 0),
    type: `${format}.file`,
    externalId: name === '' ? fileId : name,
    occurredAt: receivedAt.toISOString(),
    body: Buffer.from(fileSummaryBody(facts, read.summary)),
    recordNo: 0,
  };
}

/** The record of the file as it may be stored, and its name: one that holds a value which was taken out is hidden wherever it stands. */
function redactedHeader(
  file: NewFile,
  fileId: string,
  receivedAt: Date,
  redact: (signals: readonly NewSignal[]) => readonly NewSignal[],
): { header: NewSignal; name: string } {
  const redacted = (name: string): NewSignal => {
    const [header] = redact([fileSignal({ ...file, name }, fileId, receivedAt)]);
    if (header === undefined) throw new Error('the record of the file was left out');
    return header;
  };
  const header = redacted(file.name);
  const name = file.name === '' ? '' : header.externalId;
  return name === file.name ? { header, name } : { header: redacted(name), name };
}

/** What is told of the file beside its records goes through redaction with its record. */
function contextOf({ body }: NewSignal): Record<string, unknown> {
  const parsed = JSON.parse(Buffer.from(body).toString('utf8')) as { context?: Record<string, unknown> };
  return parsed.context ?? {};
}

function common(
  { source }: NewFile,
  fileId: string,
): Pick<
  NewSignal,
  | 'kind'
  | 'source'
  | 'sourceSystem'
  | 'sourceKind'
  | 'contentType'
  | 'attributes'
  | 'hopTraceparent'
  | 'traceId'
  | 'sequenceNo'
  | 'fileId'
> {
  return {
    kind: 'file-record',
    source: `file:${fileId}`,
    sourceSystem: source.name,
    sourceKind: source.kind,
    contentType: FILE_RECORD_TYPE,
    attributes: {},
    hopTraceparent: null,
    traceId: null,
    sequenceNo: null,
    fileId,
  };
}
