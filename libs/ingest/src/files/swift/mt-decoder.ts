import { ByteLines, type Line } from '../byte-lines.js';
import { ControlLedger } from '../control-ledger.js';
import type { FileFormat } from '../file-format.js';
import { InvalidFile, type FileDecoder, type FileRecord, type FileSummary, type Json } from '../file-record.js';
import { RecordSink } from '../record-sink.js';
import { MtMessageReader, type MtField } from './mt-message-reader.js';

/** A field's tag; :NS: is no SWIFT field, and met in files of German banks. */
const TAG = /^:(\d{2}[A-Z]?|NS):(.*)$/s;
/** End of a message: a hyphen with what a bank puts behind it ("-}", "-XXX", an end-of-text character). */
const END = /^-(?:\}.*|[A-Z]{3}|\p{Cc})?\s*$/u;
/** The first field behind the envelope, on its line. */
const JOINED = /^(\{.*\{4:|\{4:)(:\d{2}[A-Z]?:.*)$/s;
const LONGEST_FIELD = 256 * 1024;
const MOST_ENVELOPE_LINES = 10_000;

/** Reads files of MT940 statements or MT942 reports line by line. */
export class MtDecoder implements FileDecoder {
  private readonly lines = new ByteLines();
  private readonly sink = new RecordSink();
  private readonly ledger = new ControlLedger();
  private readonly reader: MtMessageReader;
  private field: MtField | undefined;
  private fieldLength = 0;
  private readonly envelope: Json[] = [];

  constructor(private readonly format: Extract<FileFormat, 'mt940' | 'mt942'>) {
    this.reader = new MtMessageReader(format, this.sink, this.ledger);
  }

  write(chunk: Uint8Array): FileRecord[] {
    for (const line of this.lines.push(chunk)) this.line(line);
    return this.sink.drain();
  }

  end(): { records: FileRecord[]; summary: FileSummary } {
    for (const line of this.lines.end()) this.line(line);
    this.closeField();
    const { header, closingDates } = this.reader.end();
    return {
      records: this.sink.drain(),
      summary: {
        header,
        record: { envelope: this.envelope },
        controls: this.ledger.results(),
        controlsChecked: this.ledger.checked,
        controlsBroken: this.ledger.broken,
        closingDates,
        records: this.sink.count,
      },
    };
  }

  private line(line: Line): void {
    const [, envelope, first] = JOINED.exec(line.text) ?? [];
    if (envelope !== undefined && first !== undefined) {
      this.line({ ...line, text: envelope });
      return this.line({ ...line, text: first, offset: line.offset + envelope.length });
    }
    // {4: or {1:…}{2:…}{4:
    const block = /^(\{.*\{4:|\{4:)\s*$/s.exec(line.text);
    const [, tag, value] = TAG.exec(line.text) ?? [];
    if (tag !== undefined) {
      this.closeField();
      this.field = { tag, no: line.no, offset: line.offset, lines: [value!] };
      this.fieldLength = value!.length;
      if (tag === '20') this.reader.startMessage(line.no);
    } else if (block !== null || line.text.startsWith('{1:') || END.test(line.text)) {
      this.closeField();
      this.checkEnvelope(line);
      this.addEnvelope(line);
      if (END.test(line.text)) this.reader.endMessage(line.no);
    } else if (this.field !== undefined) {
      // An empty line takes room as well.
      this.fieldLength += line.text.length + 1;
      if (this.fieldLength > LONGEST_FIELD)
        throw new InvalidFile('a field is longer than 256 KiB', { line: this.field.no });
      this.field.lines.push(line.text);
    } else {
      this.checkEnvelope(line);
      this.addEnvelope(line);
    }
  }

  private closeField(): void {
    if (this.field === undefined) return;
    this.reader.field(this.field);
    this.field = undefined;
  }

  /** The application header names the message type: {2:O940…}, or a line "940 00" in older files. */
  private checkEnvelope(line: Line): void {
    const [, type] = /\{2:[IO](\d{3})/.exec(line.text) ?? [];
    if (type !== undefined && `mt${type}` !== this.format)
      throw new InvalidFile(`the file is MT${type}, sent as ${this.format}`, { line: line.no });
  }

  private addEnvelope(line: Line): void {
    if (line.text.trim() !== '' && this.envelope.length < MOST_ENVELOPE_LINES)
      this.envelope.push({ line: line.no, text: line.text.slice(0, 1_000) });
  }
}
