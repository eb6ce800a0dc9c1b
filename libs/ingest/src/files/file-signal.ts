import type { FileFormat } from './file-format.js';
import type { FileSummary, JsonMembers } from './file-record.js';

/** Scoped idempotency key of a record of a file. */
export function fileRecordKey(fileId: string, recordNo: number): string {
  return `file:${fileId}:${recordNo}`;
}

/** The file of a record by its key; undefined when that is none. */
export function fileOfRecordKey(scopedKey: string): string | undefined {
  return /^file:(.+):\d+$/.exec(scopedKey)?.[1];
}

const CONTEXT = Buffer.from('{"context":{');

/**
 * The body of a record with the closing date of its statement, which may stand behind the entries of the file. The bytes
 * are those of JSON.stringify(record.body): the date becomes the first member of the context without reading the rest.
 */
export function withClosingDate(body: Buffer, closingDate: string | undefined): Buffer {
  if (closingDate === undefined || !body.subarray(0, CONTEXT.length).equals(CONTEXT)) return body;
  const isEmpty = body[CONTEXT.length] === 0x7d;
  const member = Buffer.from(`"closingDate":${JSON.stringify(closingDate)}${isEmpty ? '' : ','}`);
  return Buffer.concat([CONTEXT, member, body.subarray(CONTEXT.length)]);
}

/** What the record of the file (number 0) says beside its summary. */
export type FileFacts = {
  fileId: string;
  format: FileFormat;
  name: string;
  layout: string;
  bytes: number;
  contentHash: string;
  receivedAt: string;
};

/** The stored body of record 0: the file itself with its header and its control totals. */
export function fileSummaryBody(facts: FileFacts, summary: FileSummary): string {
  const { header, controls, controlsChecked, controlsBroken, records, record } = summary;
  const context: JsonMembers = { ...facts, header, controls, controlsChecked, controlsBroken, records };
  return JSON.stringify({ context, record });
}
