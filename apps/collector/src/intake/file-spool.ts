import { randomUUID } from 'node:crypto';
import { open, readdir, rm, stat, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileRecord } from '@throughline/ingest';

const PREFIX = 'throughline-spool-';
const OWNER_ONLY = 0o600;
const WRITE_BYTES = 64 * 1024;
const READ_BYTES = 64 * 1024;
const NEWLINE = 0x0a;
/** A spool that is as old as this belongs to nobody any more. */
const STALE_MS = 24 * 60 * 60 * 1_000;

/** A record as it is spooled: all but its body, which stays bytes. */
export type SpooledRecord = Omit<FileRecord, 'body'> & { body: Buffer };

/**
 * The records of one file on disk between reading and storing. A slow upload must not hold a database transaction open, and
 * whether a file is whole, well-formed and new is known at its last byte: so it is read, checked and cut into records first,
 * and stored from here in one short transaction. The spool is unlinked as soon as it is open, so that it goes with the
 * process however that ends.
 */
export class FileSpool {
  private waiting: string[] = [];
  private waitingLength = 0;
  private length = 0;

  private constructor(
    private readonly handle: FileHandle,
    private readonly path: string,
  ) {}

  static async create(folder: string = tmpdir()): Promise<FileSpool> {
    const path = join(folder, `${PREFIX}${randomUUID()}`);
    const handle = await open(path, 'wx+', OWNER_ONLY);
    // Where an open file cannot be unlinked, it is at the end.
    await rm(path, { force: true }).catch(() => undefined);
    return new FileSpool(handle, path);
  }

  /** Bytes spooled so far. */
  get bytes(): number {
    return this.length;
  }

  /** False when more than `most` bytes are spooled: what is left of the records then is not. */
  async add(records: readonly FileRecord[], most = Infinity): Promise<boolean> {
    for (const { body, ...facts } of records) {
      const text = `${JSON.stringify(facts)}\n${JSON.stringify(body)}\n`;
      this.waiting.push(text);
      this.waitingLength += text.length;
      if (this.waitingLength >= WRITE_BYTES) await this.flush();
      if (this.length > most) return false;
    }
    return true;
  }

  async flush(): Promise<void> {
    if (this.waiting.length === 0) return;
    const bytes = Buffer.from(this.waiting.join(''), 'utf8');
    this.waiting = [];
    this.waitingLength = 0;
    for (let at = 0; at < bytes.length;) {
      const { bytesWritten } = await this.handle.write(bytes, at, bytes.length - at, this.length);
      at += bytesWritten;
      this.length += bytesWritten;
    }
  }

  /**
   * The records, so many at a time as are read at once. Lines are cut without waiting between them: a promise for each of a
   * million lines costs more than the lines.
   */
  async *pieces(): AsyncGenerator<SpooledRecord[]> {
    let rest: Buffer = Buffer.alloc(0);
    let facts: Omit<SpooledRecord, 'body'> | undefined;
    for (let at = 0; at < this.length;) {
      const { bytesRead, buffer } = await this.handle.read(Buffer.allocUnsafe(READ_BYTES), 0, READ_BYTES, at);
      if (bytesRead === 0) throw new Error('the spool is shorter than what was written');
      at += bytesRead;
      const read = buffer.subarray(0, bytesRead);
      const bytes = rest.length === 0 ? read : Buffer.concat([rest, read]);
      const piece: SpooledRecord[] = [];
      let start = 0;
      for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
        const line = bytes.subarray(start, end);
        start = end + 1;
        if (facts === undefined) facts = JSON.parse(line.toString('utf8')) as Omit<SpooledRecord, 'body'>;
        else {
          piece.push({ ...facts, body: line });
          facts = undefined;
        }
      }
      rest = bytes.subarray(start);
      if (piece.length > 0) yield piece;
    }
    if (rest.length > 0 || facts !== undefined) throw new Error('the spool ends within a record');
  }

  async close(): Promise<void> {
    await this.handle.close();
    await rm(this.path, { force: true }).catch(() => undefined);
  }
}

/** Removes spools that a crash left behind on a system that cannot unlink open files. */
export async function removeStaleSpools(nowMs: number, folder: string = tmpdir()): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(PREFIX))) {
    const path = join(folder, name);
    const age = await stat(path).then(
      (found) => (found.isFile() ? nowMs - found.mtimeMs : 0),
      () => 0,
    );
    if (age > STALE_MS) await rm(path, { force: true }).catch(() => undefined);
  }
}
