import type { FileRecord } from './file-record.js';

/** Gathers the records that a decoder makes and numbers them in the order in which they begin in the file. */
export class RecordSink {
  private waiting: FileRecord[] = [];
  private last = 0;

  /** The number of a record that begins here and ends later. */
  reserve(): number {
    this.last += 1;
    return this.last;
  }

  add(record: Omit<FileRecord, 'no'> & { no?: number }): void {
    this.waiting.push({ ...record, no: record.no ?? this.reserve() });
  }

  get count(): number {
    return this.last;
  }

  /** The records since the last call. */
  drain(): FileRecord[] {
    const records = this.waiting;
    this.waiting = [];
    return records;
  }
}
