import type { ControlResult } from './control-ledger.js';

/** Plain JSON as it is stored. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
export type JsonMembers = { [name: string]: Json };

/**
 * What is stored of a record: `record` is the record as it stands in the file (lexically complete), `context` is what the
 * mapping needs of the parts of the file around it.
 */
export type RecordBody = { context: JsonMembers; record: Json };

/** One record of a file. The file itself is record 0 and is made when all others are known. */
export type FileRecord = {
  /** Position in the file, from 1. */
  no: number;
  /** `<format>.<kind of record>`, e.g. "camt.053.entry". */
  type: string;
  /** The file's own reference of the record; empty when it has none. */
  externalId: string;
  /** Canonical instant of what the record tells; null = when the file was received. */
  occurredAt: string | null;
  /** The statement of the file that it belongs to: its closing date may be known only at its end. */
  statementNo?: number;
  body: RecordBody;
};

/** What is known of a file when its last byte was read. */
export type FileSummary = {
  /** What the file says of itself: message ids, accounts, statement and sequence numbers, sender. */
  header: JsonMembers;
  /** What of the file is no record of its own (headers, envelopes, trailers), as it stands there: the record of the file. */
  record: Json;
  /** Broken ones first; bounded, the counts tell of all. */
  controls: ControlResult[];
  controlsChecked: number;
  controlsBroken: number;
  /** Closing date by statement number, where the file said one. */
  closingDates: readonly (string | undefined)[];
  records: number;
};

/**
 * Reads one file piece by piece: every byte is looked at once, and no more than one record is held. Both methods throw
 * InvalidFile; a decoder that threw is of no further use.
 */
export interface FileDecoder {
  /** The records that these bytes completed. */
  write(chunk: Uint8Array): FileRecord[];
  /** The last records, and what the whole file came to. */
  end(): { records: FileRecord[]; summary: FileSummary };
}

/** Where in a file something is wrong; from 1. */
export type FilePlace = { line?: number; column?: number; record?: number };

/** The bytes are not a whole, well-formed file of the format; nothing of it is taken. The message names the place. */
export class InvalidFile extends Error {
  override readonly name = 'InvalidFile';

  constructor(
    reason: string,
    readonly place: FilePlace = {},
  ) {
    super(`${reason}${placeText(place)}`);
  }
}

function placeText(place: FilePlace): string {
  const parts = Object.entries(place).map(([name, value]) => `${name} ${value}`);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}
