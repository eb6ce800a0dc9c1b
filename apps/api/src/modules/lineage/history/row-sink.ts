import type { BulkLoad } from '@throughline/persistence';
import { HISTORY_TABLE_NAMES, type HistoryTable } from './history-rows.js';

const CHUNK_BYTES = 256 * 1024;

/** Where rows of a history go, as bytes of whole rows. */
export type RowSink = { add(table: HistoryTable, rows: Buffer): void };

/** Gathers rows of each table, and hands them on by the chunk. */
export class ChunkedRows implements RowSink {
  private readonly open = new Map<HistoryTable, { chunk: Buffer; used: number }>();
  private full: [HistoryTable, Buffer][] = [];

  constructor(private readonly load: Pick<BulkLoad, 'write'>) {}

  add(table: HistoryTable, rows: Buffer): void {
    let at = this.open.get(table);
    if (at === undefined || at.used + rows.length > at.chunk.length) {
      if (at !== undefined) this.full.push([table, at.chunk.subarray(0, at.used)]);
      at = { chunk: Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, rows.length)), used: 0 };
      this.open.set(table, at);
    }
    at.chunk.set(rows, at.used);
    at.used += rows.length;
  }

  /** Hands on what is full; settles when more can be taken. */
  async drain(): Promise<void> {
    if (this.full.length === 0) return;
    const { full } = this;
    this.full = [];
    for (const [table, chunk] of full) await this.load.write(table, chunk);
  }

  /** Hands on all there is. */
  async end(): Promise<void> {
    for (const table of HISTORY_TABLE_NAMES) {
      const at = this.open.get(table);
      if (at !== undefined) this.full.push([table, at.chunk.subarray(0, at.used)]);
    }
    this.open.clear();
    await this.drain();
  }
}
