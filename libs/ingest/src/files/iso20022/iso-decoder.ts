import { SaxesParser } from 'saxes';
import { addChild, localName, MOST_ATTRIBUTES, setOwn, type XmlTree } from '../../packs/xml-tree.js';
import { ControlLedger } from '../control-ledger.js';
import type { IsoFormat } from '../file-format.js';
import { InvalidFile, type FileDecoder, type FileRecord, type FileSummary } from '../file-record.js';
import { isOtherMessage, messageOfElement, versionOfNamespace } from './iso-messages.js';
import { IsoMessageReader } from './iso-message-reader.js';
import { RecordSink } from '../record-sink.js';
import { XmlText } from './xml-text.js';

const DEEPEST = 100;
/** Of one record with what stands round it and is kept; a record of a bank file has some hundred elements. */
const MOST_NODES = 250_000;
const MOST_CHARACTERS = 8 * 1024 * 1024;
/** One text or one tag longer than this holds no business data. */
const LONGEST_PIECE = 4 * 1024 * 1024;
const FEED_CHARACTERS = 64 * 1024;
/** Their headers are kept together in the record of the file. */
const MOST_MESSAGES = 1_000;

type Frame = {
  name: string;
  tree: XmlTree;
  text: string;
  namespaces: Record<string, string> | undefined;
  /** What was held when it began: as much is held again when it has become a record. */
  before: { nodes: number; characters: number };
};

/**
 * Reads an ISO 20022 message as it comes: elements are built one record at a time and handed over when they close. The
 * message may stand in an envelope (BizMsgEnvlp with AppHdr, a bank's own), under any prefix, and there may be several.
 */
export class IsoDecoder implements FileDecoder {
  private readonly text = new XmlText();
  private readonly parser = new SaxesParser({ position: true });
  private readonly sink = new RecordSink();
  private readonly ledger = new ControlLedger();
  private readonly open: Frame[] = [
    { name: '', tree: {}, text: '', namespaces: undefined, before: { nodes: 0, characters: 0 } },
  ];
  private readonly reader: IsoMessageReader;
  /** Depth of the frame of the message that is open. */
  private messageDepth = 0;
  private messages = 0;
  private nodes = 0;
  private characters = 0;
  private nodesOutside = 0;
  private sinceEvent = 0;
  private attributes = 0;

  constructor(private readonly format: IsoFormat) {
    this.reader = new IsoMessageReader(format, this.sink, this.ledger);
    const { parser } = this;
    parser.on('error', (error) => this.fail(error.message.replace(/^\d+:\d+:\s*/, '')));
    parser.on('doctype', () => this.fail('a document type declaration is not taken'));
    parser.on('attribute', () => this.countAttribute());
    parser.on('opentag', (tag) => this.opened(tag.name, tag.attributes as Record<string, string>));
    parser.on('text', (piece) => this.addText(piece));
    parser.on('cdata', (piece) => this.addText(piece));
    parser.on('closetag', () => this.closed());
  }

  write(chunk: Uint8Array): FileRecord[] {
    this.feed(this.text.push(chunk));
    return this.sink.drain();
  }

  end(): { records: FileRecord[]; summary: FileSummary } {
    this.feed(this.text.end());
    this.parser.close();
    if (this.messages === 0) this.fail(`the file holds no ${this.format} message`);
    const { header, messages, closingDates } = this.reader.facts();
    return {
      records: this.sink.drain(),
      summary: {
        header,
        record: { envelope: this.open[0]!.tree, messages },
        controls: this.ledger.results(),
        controlsChecked: this.ledger.checked,
        controlsBroken: this.ledger.broken,
        closingDates,
        records: this.sink.count,
      },
    };
  }

  private feed(text: string): void {
    for (let at = 0; at < text.length; at += FEED_CHARACTERS) {
      const piece = text.slice(at, at + FEED_CHARACTERS);
      this.sinceEvent += piece.length;
      this.parser.write(piece);
      // The parser holds back what belongs to an unfinished text or tag.
      if (this.sinceEvent > LONGEST_PIECE) this.fail('a text or tag is longer than 4 MiB');
    }
  }

  private countAttribute(): void {
    this.attributes += 1;
    if (this.attributes > MOST_ATTRIBUTES) this.fail(`more than ${MOST_ATTRIBUTES} attributes in one element`);
  }

  private opened(rawName: string, attributes: Record<string, string>): void {
    this.sinceEvent = 0;
    this.attributes = 0;
    const before = { nodes: this.nodes, characters: this.characters };
    if (this.messageDepth > 0) this.nodes += 1;
    else this.nodesOutside += 1;
    if (this.open.length > DEEPEST) this.fail(`more than ${DEEPEST} levels deep`);
    if (this.nodes > MOST_NODES || this.nodesOutside > MOST_NODES)
      this.fail(`more than ${MOST_NODES} elements in one record`);
    const frame: Frame = { name: localName(rawName), tree: {}, text: '', namespaces: undefined, before };
    for (const name in attributes) {
      const value = attributes[name] ?? '';
      this.hold(name.length + value.length);
      if (name === 'xmlns' || name.startsWith('xmlns:')) (frame.namespaces ??= {})[name.slice(6)] = value;
      else setOwn(frame.tree, `@${localName(name)}`, value);
    }
    this.open.push(frame);
    if (this.messageDepth === 0) this.maybeMessage(frame, rawName);
    else this.reader.opened(frame.name, this.open.length - this.messageDepth, frame.tree);
  }

  /** Outside a message every element is an envelope, until one has the name of a message. */
  private maybeMessage(frame: Frame, rawName: string): void {
    const message = messageOfElement(frame.name);
    const named = versionOfNamespace(this.namespaceOf(rawName));
    const found = message?.format ?? (isOtherMessage(frame.name) ? (named?.message ?? frame.name) : undefined);
    if (found === undefined) {
      // The wrapper says it by its namespace before the message itself comes.
      if (frame.name === 'Document' && named !== undefined && named.message !== this.format)
        this.wrongMessage(named.message);
      return;
    }
    if (message === undefined || found !== this.format) return this.wrongMessage(found);
    if (named !== undefined && named.message !== this.format) this.wrongMessage(named.message);
    this.messages += 1;
    if (this.messages > MOST_MESSAGES) this.fail(`more than ${MOST_MESSAGES} messages in one file`);
    this.messageDepth = this.open.length;
    this.reader.openMessage(
      message,
      named?.version ?? /\.(\d{2})$|V(\d{2})$/.exec(frame.name)?.slice(1).find(Boolean) ?? '',
    );
  }

  private wrongMessage(found: string): never {
    return this.fail(`the file is a ${found} message, sent as ${this.format}`);
  }

  private namespaceOf(rawName: string): string | undefined {
    const colon = rawName.indexOf(':');
    const prefix = colon < 0 ? '' : rawName.slice(0, colon);
    return this.open.findLast((frame) => frame.namespaces?.[prefix] !== undefined)?.namespaces?.[prefix];
  }

  private addText(piece: string): void {
    this.sinceEvent = 0;
    const frame = this.open.at(-1)!;
    // Blanks between a million records are nothing to keep.
    if (frame.text === '' && piece.trim() === '') return;
    this.hold(piece.length);
    frame.text += piece;
  }

  private hold(characters: number): void {
    this.characters += characters;
    if (this.characters > MOST_CHARACTERS) this.fail('more than 8 MiB of text in one record');
  }

  private closed(): void {
    this.sinceEvent = 0;
    const { name, tree, text, before } = this.open.pop()!;
    const content = text.trim();
    const isLeaf = isEmpty(tree);
    if (!isLeaf && content !== '') setOwn(tree, '#', content);
    const depth = this.open.length + 1 - this.messageDepth;
    if (this.messageDepth > 0 && depth === 0) {
      this.messageDepth = 0;
      // What of it was no record is kept with the file.
      return this.reader.closeMessage(tree);
    }
    if (this.messageDepth > 0 && this.reader.closed(name, depth, tree)) {
      this.nodes = before.nodes;
      this.characters = before.characters;
      return;
    }
    addChild(this.open.at(-1)!.tree, name, isLeaf ? content : tree);
  }

  private fail(reason: string): never {
    throw new InvalidFile(reason, { line: this.parser.line, column: this.parser.column });
  }
}

function isEmpty(tree: XmlTree): boolean {
  for (const _name in tree) return false;
  return true;
}
