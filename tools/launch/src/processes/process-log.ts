import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';

const ROTATED_AT_BYTES = 20 * 2 ** 20;
const LINES_REMEMBERED = 25;

/** The log file of a process, and its last lines for when it fails. One older file is kept. */
export class ProcessLog {
  private size: number;
  private readonly last: string[] = [];

  constructor(
    readonly file: string,
    private readonly onLine: (line: string) => void,
  ) {
    mkdirSync(path.dirname(file), { recursive: true });
    this.size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** Takes what a process writes, line by line. */
  follow(stream: Readable | null): void {
    if (!stream) return;
    let rest = '';
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      this.append(lines);
    });
    stream.on('end', () => {
      if (rest !== '') this.append([rest]);
    });
    stream.on('error', () => undefined);
  }

  /** The last lines, for a message. */
  tail(): string {
    return this.last.join('\n');
  }

  private append(lines: readonly string[]): void {
    if (lines.length === 0) return;
    const text = `${lines.join('\n')}\n`;
    try {
      if (this.size > ROTATED_AT_BYTES) {
        renameSync(this.file, `${this.file}.1`);
        this.size = 0;
      }
      appendFileSync(this.file, text);
      this.size += Buffer.byteLength(text);
    } catch {
      // A full disk must not bring the launcher down with the processes it watches.
    }
    for (const line of lines) this.onLine(line);
    this.last.push(...lines);
    this.last.splice(0, Math.max(0, this.last.length - LINES_REMEMBERED));
  }
}
