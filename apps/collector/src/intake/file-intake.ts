import { toStorableText } from '@throughline/canonical';
import {
  createFileDecoder,
  FILE_FORMATS,
  isFileFormat,
  type CsvLayout,
  type CsvLayouts,
  type FileFormat,
} from '@throughline/ingest';
import type { ByteAccount } from './byte-budget.js';
import type { CsvLayoutsOfTenants } from './csv-layouts-of-tenants.js';
import { FileSpool } from './file-spool.js';
import { unpacked } from './gunzip.js';
import type { Intake, IntakeRequest } from './intake.js';
import { readFile } from './read-file.js';
import { Refusal } from './refusal.js';
import { storeFile, type NewFile, type StoredFile } from './store-file.js';

/** Charged for a file while it is read and stored: the window of a stream, not the file. */
const WINDOW_BYTES = 8 * 1024 * 1024;
/** Each has a spool on disk and a transaction: more of them are told to come again. */
const MOST_FILES_AT_ONCE = 4;
const LONGEST_NAME = 255;
const LONGEST_SOURCE = 100;

/** What is said of a file beside its bytes. */
export type FileDescription = { format: FileFormat; layout: CsvLayout | undefined; name: string };

/** A stored file with the outcome of its control totals. */
export type TakenFile = StoredFile & { controlsChecked: number; controlsBroken: number };

/** Takes files, whichever way they come: reads, checks, and stores all of it or nothing. */
export class FileIntake {
  private open = 0;

  constructor(
    private readonly intake: Intake,
    private readonly layouts: CsvLayoutsOfTenants,
    readonly maxBytes: number,
  ) {}

  /** What the words of a sender (route, query, folder) name. Throws a Refusal that names what there is. */
  async describe(
    { sender }: IntakeRequest,
    words: { format: string; layout: string | undefined; name: string | undefined },
  ): Promise<FileDescription> {
    const format = words.format.toLowerCase();
    if (!isFileFormat(format)) {
      const known = FILE_FORMATS.join(', ');
      throw new Refusal(
        'not-found',
        `there is no file format ${JSON.stringify(words.format.slice(0, 40))}; known are ${known}`,
      );
    }
    const name = (words.name ?? '').replace(/\p{Cc}/gu, '').slice(0, LONGEST_NAME);
    if (format !== 'csv') return { format, layout: undefined, name };
    const layouts = await this.intake.configured(() => this.layouts.of(sender.tenantId));
    return { format, layout: layoutOf(layouts, words.layout), name };
  }

  /** The source system that a sender names; it must be configured, and the key must not be bound to another. */
  async sourceOf(request: IntakeRequest, named: string | undefined): Promise<{ name: string; kind: string }> {
    const bound = request.sender.sourceSystem;
    const name = named === undefined || named === '' ? (bound ?? '') : named;
    if (name === '') return { name: '', kind: '' };
    if (bound !== null && bound !== name)
      throw new Refusal(
        'forbidden',
        `the ingest key belongs to the source system ${JSON.stringify(bound)}, not to ${JSON.stringify(name.slice(0, 100))}`,
      );
    const { sourceSystems } = this.intake;
    const found = await this.intake.configured(() => sourceSystems.find(request.sender.tenantId, name));
    if (found !== undefined && found.isActive) return { name, kind: found.kind };
    if (name === bound) return { name, kind: '' };
    if (found === undefined) this.intake.sightOne(request, 'source', toStorableText(name).slice(0, LONGEST_SOURCE), 1);
    const what = found === undefined ? 'is not configured' : 'is switched off';
    throw new Refusal('malformed', `the source system ${JSON.stringify(name.slice(0, 100))} (?source=) ${what}`);
  }

  /** Reads and stores one file. Throws a Refusal; then nothing of the file is there. */
  async take(
    request: IntakeRequest,
    source: { name: string; kind: string },
    description: FileDescription,
    chunks: AsyncIterable<Buffer>,
    account: ByteAccount,
  ): Promise<TakenFile> {
    if (this.open >= MOST_FILES_AT_ONCE)
      throw new Refusal('unavailable', `the collector reads ${MOST_FILES_AT_ONCE} files at once; try again shortly`);
    this.open += 1;
    let spool: FileSpool | undefined;
    try {
      await account.admit(WINDOW_BYTES);
      spool = await FileSpool.create();
      const decoder = createFileDecoder(description.format, description.layout);
      const read = await readFile(unpacked(chunks, this.maxBytes), decoder, spool, this.maxBytes);
      const { controlsChecked, controlsBroken } = read.summary;
      const { format, name, layout } = description;
      const file: NewFile = { format, name, layout: layout?.name ?? '', source, read, spool };
      return { ...(await this.store(request, file)), controlsChecked, controlsBroken };
    } finally {
      this.open -= 1;
      await spool?.close();
    }
  }

  private async store(request: IntakeRequest, file: NewFile): Promise<StoredFile> {
    let stored: StoredFile | undefined;
    await this.intake.takeFile(request, file.read.summary.records + 1, async (tx, redact) => {
      const receipt = { receivedAt: request.receivedAt, keyId: request.sender.keyId };
      const result = await storeFile(tx, file, receipt, redact);
      stored = result.file;
      return result.counts;
    });
    return stored!;
  }
}

function layoutOf(layouts: CsvLayouts, name: string | undefined): CsvLayout {
  const known = layouts.names.join(', ');
  if (name === undefined || name === '')
    throw new Refusal('malformed', `a CSV file needs ?layout=; known are ${known}`);
  const layout = layouts.inForce(name);
  if (layout === undefined)
    throw new Refusal('malformed', `there is no CSV layout ${JSON.stringify(name.slice(0, 60))}; known are ${known}`);
  return layout;
}
