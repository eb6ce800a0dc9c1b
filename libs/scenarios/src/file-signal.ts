import { createHash } from 'node:crypto';
import { type Activity, hashedUuid } from '@throughline/canonical';
import {
  type FileFormat,
  type FileRecord,
  type FileSummary,
  type StoredSignal,
  activitiesOf,
  createFileDecoder,
  fileRecordKey,
  fileSummaryBody,
  mapFileRecord,
  shippedCsvLayouts,
  withClosingDate,
} from '@throughline/ingest';

/** A file that is uploaded to `/v1/files/{format}?source=&name=&layout=`. */
export type FileSignal = {
  /** What it is, for people who read a failing test. */
  name: string;
  protocol: 'file';
  headers: Readonly<Record<string, string>>;
  /** The file as text. */
  body: string;
  format: FileFormat;
  /** Source system that it comes from. */
  source: string;
  fileName: string;
  /** Name of the layout; of CSV files alone. */
  layout?: string;
  /** When it arrived: the time of all that a file tells without a time of its own, such as that there is a statement. */
  receivedAt: string;
};

/** A file as it is stored. Its id is made of what makes a file the same file: source, format and content. */
export type DecodedFile = {
  signal: FileSignal;
  fileId: string;
  contentHash: Buffer;
  bytes: number;
  summary: FileSummary;
  /** The record of the file itself (number 0) and its records. */
  records: readonly (StoredSignal & { recordNo: number })[];
};

/** Decodes a file as the collector does; throws when it is refused. */
export function decodeFile(signal: FileSignal): DecodedFile {
  const { format, source, fileName, receivedAt } = signal;
  const content = Buffer.from(signal.body);
  const contentHash = createHash('sha256').update(content).digest();
  const fileId = hashedUuid(['scenario-file', source, format, contentHash.toString('hex')]);
  const decoder = createFileDecoder(format, shippedCsvLayouts().get(signal.layout ?? '')?.layout);
  const first = decoder.write(content);
  const { records: last, summary } = decoder.end();
  const facts = {
    fileId,
    format,
    name: fileName,
    layout: signal.layout ?? '',
    bytes: content.length,
    contentHash: contentHash.toString('hex'),
    receivedAt: new Date(receivedAt).toISOString(),
  };
  const header = {
    no: 0,
    type: `${format}.file`,
    externalId: fileName,
    occurredAt: null,
    body: Buffer.from(fileSummaryBody(facts, summary)),
  };
  const records = [...first, ...last].sort((left, right) => left.no - right.no);
  return {
    signal,
    fileId,
    contentHash,
    bytes: content.length,
    summary,
    records: [header, ...records.map((record) => ({ ...record, body: bodyOf(record, summary) }))].map((record) =>
      storedRecord(record, signal, fileId),
    ),
  };
}

/** Maps every record of a file; throws when one cannot be mapped, which no story means to happen. */
export function mapFile({ signal, records }: DecodedFile, receivedOn: string): Activity[] {
  return records.flatMap(({ recordNo, ...record }) => {
    const signalId = hashedUuid(['signal', record.scopedKey]);
    const mapped = mapFileRecord(record, { kind: 'file-record', receivedOn, signalId });
    if (mapped.outcome === 'unmapped') throw new Error(`${signal.name}, record ${recordNo}: ${mapped.unmapped.reason}`);
    return activitiesOf(mapped);
  });
}

function bodyOf(record: FileRecord, summary: FileSummary): Buffer {
  return withClosingDate(Buffer.from(JSON.stringify(record.body)), summary.closingDates[record.statementNo ?? -1]);
}

function storedRecord(
  { no, type, externalId, occurredAt, body }: Omit<FileRecord, 'body'> & { body: Buffer },
  { source, receivedAt }: FileSignal,
  fileId: string,
): DecodedFile['records'][number] {
  return {
    kind: 'file-record',
    recordNo: no,
    scopedKey: fileRecordKey(fileId, no),
    sourceSystem: source,
    sourceKind: '',
    type,
    source: `file:${fileId}`,
    externalId: externalId === '' ? String(no) : externalId,
    occurredAt: occurredAt ?? new Date(receivedAt).toISOString(),
    attributes: {},
    contentType: 'application/json',
    body,
  };
}
