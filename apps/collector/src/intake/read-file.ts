import { createHash } from 'node:crypto';
import { InvalidFile, type FileDecoder, type FileSummary } from '@throughline/ingest';
import type { FileSpool } from './file-spool.js';
import { Refusal } from './refusal.js';

const SAMPLE_BYTES = 4_096;
/** JSON of a tree may be larger than its XML, but not without bounds: nor may a small file become a large one. */
const MOST_SPOOLED_FACTOR = 8;
const MOST_SPOOLED_A_BYTE = 100;
const SPOOLED_ANYWAY = 64 * 1024 * 1024;

/** What a file came to when its last byte was read: its records are in the spool. */
export type ReadFile = { bytes: number; contentHash: Buffer; summary: FileSummary };

/** Reads a file to its end while it comes: hash, records to the spool, control totals. Throws a Refusal with the beginning of the file. */
export async function readFile(
  chunks: AsyncIterable<Buffer>,
  decoder: FileDecoder,
  spool: FileSpool,
  maxBytes: number,
): Promise<ReadFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  let sample: Buffer = Buffer.alloc(0);
  const keep = async (records: Parameters<FileSpool['add']>[0]): Promise<void> => {
    const most = Math.min(maxBytes * MOST_SPOOLED_FACTOR, SPOOLED_ANYWAY + bytes * MOST_SPOOLED_A_BYTE);
    if (!(await spool.add(records, most))) throw new InvalidFile('the records of the file take too much room');
  };
  try {
    for await (const chunk of chunks) {
      if (sample.length < SAMPLE_BYTES) sample = Buffer.concat([sample, chunk]).subarray(0, SAMPLE_BYTES);
      bytes += chunk.length;
      hash.update(chunk);
      await keep(decoder.write(chunk));
    }
    const { records, summary } = decoder.end();
    await keep(records);
    await spool.flush();
    return { bytes, contentHash: hash.digest(), summary };
  } catch (error) {
    if (error instanceof InvalidFile) throw new Refusal('malformed', error.message, { cause: error, sample });
    throw error instanceof Refusal ? error.about(sample) : error;
  }
}
