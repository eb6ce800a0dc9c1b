import { Readable, pipeline } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

/** A file of an archive, its text in pieces. */
export type ZipFile = { path: string; text: AsyncIterable<string> | Iterable<string> };

const LOCAL_FILE = 0x04034b50;
const DATA_DESCRIPTOR = 0x08074b50;
const CENTRAL_FILE = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
/** Sizes and checksum follow the data, because they are not known before it; names are UTF-8. */
const FLAGS = 0x0808;
const DEFLATE = 8;
const VERSION = 20;
/** 1 January 1980, the earliest that the form knows: the same content is the same bytes. */
const EARLIEST_DAY = 0x0021;
const LARGEST = 0xffffffff;

type Entry = { path: Buffer; crc: number; packed: number; size: number; offset: number };

/**
 * A zip archive (deflate, no zip64) written as its files come, with the memory of a piece of one of them. Throws RangeError
 * when an offset or a size is over 4 GiB.
 */
export async function* zipStream(files: AsyncIterable<ZipFile> | Iterable<ZipFile>): AsyncGenerator<Buffer> {
  const entries: Entry[] = [];
  let offset = 0;
  for await (const file of files) {
    const entry: Entry = { path: Buffer.from(file.path, 'utf8'), crc: 0, packed: 0, size: 0, offset };
    const head = localHead(entry);
    offset += head.length;
    yield head;
    for await (const piece of deflated(file.text, entry)) {
      entry.packed += piece.length;
      offset += piece.length;
      yield piece;
    }
    const descriptor = record([DATA_DESCRIPTOR, 4], [entry.crc, 4], [entry.packed, 4], [entry.size, 4]);
    offset += descriptor.length;
    yield descriptor;
    entries.push(entry);
  }
  const directory = Buffer.concat(entries.map(centralEntry));
  yield directory;
  const count = entries.length;
  yield record(
    [END_OF_DIRECTORY, 4],
    [0, 2],
    [0, 2],
    [count, 2],
    [count, 2],
    [directory.length, 4],
    [offset, 4],
    [0, 2],
  );
}

async function* deflated(text: ZipFile['text'], entry: Entry): AsyncGenerator<Buffer> {
  const deflate = createDeflateRaw();
  // an error of the source destroys the deflater with it, and the loop below throws it
  pipeline(Readable.from(counted(text, entry), { objectMode: false }), deflate, () => undefined);
  for await (const piece of deflate) yield piece as Buffer;
}

async function* counted(text: ZipFile['text'], entry: Entry): AsyncGenerator<Buffer> {
  for await (const piece of text) {
    const bytes = Buffer.from(piece, 'utf8');
    entry.crc = crc32(bytes, entry.crc);
    entry.size += bytes.length;
    if (bytes.length > 0) yield bytes;
  }
}

function localHead({ path }: Entry): Buffer {
  const head = record(
    [LOCAL_FILE, 4],
    [VERSION, 2],
    [FLAGS, 2],
    [DEFLATE, 2],
    [0, 2],
    [EARLIEST_DAY, 2],
    [0, 4],
    [0, 4],
    [0, 4],
    [path.length, 2],
    [0, 2],
  );
  return Buffer.concat([head, path]);
}

function centralEntry({ path, crc, packed, size, offset }: Entry): Buffer {
  const head = record(
    [CENTRAL_FILE, 4],
    [VERSION, 2],
    [VERSION, 2],
    [FLAGS, 2],
    [DEFLATE, 2],
    [0, 2],
    [EARLIEST_DAY, 2],
    [crc, 4],
    [packed, 4],
    [size, 4],
    [path.length, 2],
    [0, 2],
    [0, 2],
    [0, 2],
    [0, 2],
    [0, 4],
    [offset, 4],
  );
  return Buffer.concat([head, path]);
}

/** Little-endian numbers of two or four bytes. */
function record(...members: readonly [value: number, bytes: 2 | 4][]): Buffer {
  const bytes = Buffer.alloc(members.reduce((total, [, width]) => total + width, 0));
  let at = 0;
  for (const [value, width] of members) {
    if (value > LARGEST) throw new RangeError('the archive would be larger than 4 GiB');
    at = width === 2 ? bytes.writeUInt16LE(value, at) : bytes.writeUInt32LE(value, at);
  }
  return bytes;
}
