import { createHash, type Hash } from 'node:crypto';
import { parseInstant } from '@throughline/canonical';
import type { XmlTree } from '../../packs/xml-tree.js';
import type { ControlLedger } from '../control-ledger.js';
import type { IsoFormat } from '../file-format.js';
import type { Json, JsonMembers } from '../file-record.js';
import { Occurrences } from '../occurrences.js';
import type { RecordSink } from '../record-sink.js';
import {
  accountContextOf,
  balanceCodeOf,
  batchContextOf,
  dateOf,
  statusContextOf,
  type AccountContext,
  type BatchContext,
  type IsoContext,
  type StatusContext,
} from './iso-context.js';
import { IsoControls, PaymentControls } from './iso-controls.js';
import type { IsoContainer, IsoMessage } from './iso-messages.js';
import { attributeAt, nodeAt, textAt } from './tree-path.js';

/** An entry of a batch booking may have a hundred thousand transactions: those beyond are records of their own. */
const MOST_DETAILS_IN_ENTRY = 100;
const MOST_BALANCES = 500;
const MOST_LISTED = 200;
const OPENING = ['OPBD', 'PRCD'];
const CLOSING = ['CLBD'];

type Container = IsoContainer & {
  tree: XmlTree;
  no: number;
  balances: XmlTree[];
  context: IsoContext['container'];
  /** Of the balances and entries of a statement; not of its ids and times, which each sending may have of its own. */
  content: Hash | undefined;
};
type Item = { type: string; tree: XmlTree; no: number; position: number; details: number; occurrence: number };

/** Cuts one message after another into records and keeps what they share. Depth 1 = a child of the message. */
export class IsoMessageReader {
  private message: IsoMessage | undefined;
  private context: IsoContext;
  private group: XmlTree | undefined;
  private groupNo = 0;
  private transactions = 0;
  private container: Container | undefined;
  private item: Item | undefined;
  private detailsBlock: XmlTree | undefined;
  private position = 0;
  private containers = 0;
  private readonly closingDates: (string | undefined)[] = [];
  private readonly listed: JsonMembers[] = [];
  private readonly messages: Json[] = [];
  private readonly messageIds: string[] = [];
  private readonly seen = new Occurrences();
  private readonly controls: IsoControls;
  private readonly payments: PaymentControls;

  constructor(
    private readonly format: IsoFormat,
    private readonly sink: RecordSink,
    ledger: ControlLedger,
  ) {
    this.context = { format, version: '' };
    this.controls = new IsoControls(format, ledger);
    this.payments = new PaymentControls(ledger);
  }

  openMessage(message: IsoMessage, version: string): void {
    this.message = message;
    this.context = { format: this.format, version };
    this.group = undefined;
    this.transactions = 0;
    this.payments.openMessage();
  }

  opened(name: string, depth: number, tree: XmlTree): void {
    if (depth === 1) this.openPart(name, tree);
    else if (depth === 2 && this.container !== undefined) {
      const type = this.container.items[name];
      if (type !== undefined) this.openItem(type, tree);
    } else if (depth === 3 && this.item?.type === 'entry' && name === 'NtryDtls') {
      this.detailsBlock = tree;
      this.controls.openDetails();
    }
  }

  /** True when the element became a record (or a part of one) and is not kept in the tree above it. */
  closed(name: string, depth: number, tree: XmlTree): boolean {
    if (depth === 4 && this.detailsBlock !== undefined && name === 'TxDtls') return this.closeDetail(tree);
    if (depth === 3 && this.detailsBlock === tree) {
      this.detailsBlock = undefined;
      this.controls.closeDetails(tree);
      return false;
    }
    if (depth === 2) {
      if (this.item?.tree === tree) return this.closeItem(this.item);
      // What stands before the entries has grown: account, sequence numbers, dates.
      if (this.container) this.container.context = undefined;
      return false;
    }
    if (depth !== 1) return false;
    if (this.container?.tree === tree) return this.closeContainer(this.container);
    if (this.item?.tree === tree) {
      if (name !== 'OrgnlGrpInfAndSts') return this.closeItem(this.item);
      // Whether its payments are told one by one is known at the end of the message.
      this.group = tree;
      this.groupNo = this.item.no;
      this.item = undefined;
      return true;
    }
    if (name === 'GrpHdr') this.readHeader(tree);
    return false;
  }

  closeMessage(tree: XmlTree): void {
    const header = nodeAt(tree, 'GrpHdr');
    if (this.format === 'pain.001' || this.format === 'pain.008')
      this.payments.closeMessage(typeof header === 'object' && !Array.isArray(header) ? header : undefined);
    if (this.group !== undefined)
      this.add('group', this.groupNo, this.group, { transactions: this.transactions }, null);
    this.messages.push({ ...tree, '@version': this.context.version });
    if (this.messageIds.length < MOST_LISTED && this.context.messageId !== undefined)
      this.messageIds.push(this.context.messageId);
  }

  facts(): { header: JsonMembers; messages: Json; closingDates: readonly (string | undefined)[] } {
    const parts = this.format === 'camt.053' ? 'statements' : this.format.startsWith('camt') ? 'reports' : 'batches';
    return {
      header: {
        format: this.format,
        version: this.context.version,
        messageIds: this.messageIds,
        ...(this.context.messageCreatedAt !== undefined && { createdAt: this.context.messageCreatedAt }),
        [parts]: this.listed,
        [`${parts}Count`]: this.containers,
      },
      messages: this.messages,
      closingDates: this.closingDates,
    };
  }

  private openPart(name: string, tree: XmlTree): void {
    const container = this.message?.containers[name];
    const leaf = this.message?.leaves[name];
    if (container !== undefined) {
      this.containers += 1;
      this.position = 0;
      this.seen.clear();
      const content = this.format === 'camt.053' ? createHash('sha256') : undefined;
      this.container = { ...container, tree, no: this.sink.reserve(), balances: [], context: undefined, content };
      this.controls.openContainer();
      this.payments.openBatch();
    } else if (leaf !== undefined) this.openItem(leaf, tree);
  }

  private openItem(type: string, tree: XmlTree): void {
    if (type !== 'balance') this.position += 1;
    this.item = { type, tree, no: this.sink.reserve(), position: this.position, details: 0, occurrence: 0 };
    if (type === 'entry') this.controls.openEntry();
  }

  private closeDetail(tree: XmlTree): boolean {
    const item = this.item!;
    this.controls.detail(tree, item.tree);
    item.details += 1;
    if (item.details <= MOST_DETAILS_IN_ENTRY) return false;
    this.noteContent('transaction', tree);
    const entry = {
      position: item.position,
      occurrence: this.occurrenceOf(item),
      amount: textAt(item.tree, 'Amt') ?? '',
      currency: attributeAt(item.tree, 'Ccy', 'Amt') ?? '',
      side: textAt(item.tree, 'CdtDbtInd') ?? '',
      reference: textAt(item.tree, 'AcctSvcrRef') ?? '',
      bookedOn: dateOf(item.tree, 'BookgDt') ?? '',
      valueOn: dateOf(item.tree, 'ValDt') ?? '',
      messageId: textAt(this.detailsBlock, 'Btch', 'MsgId') ?? '',
      paymentInformationId: textAt(this.detailsBlock, 'Btch', 'PmtInfId') ?? '',
    };
    this.add('transaction', this.sink.reserve(), tree, { entry, detail: item.details }, instantOfEntry(item.tree));
    return true;
  }

  private closeItem(item: Item): boolean {
    this.item = undefined;
    const { tree, type } = item;
    this.noteContent(type, tree);
    if (type === 'balance' && this.container) {
      if (this.container.balances.length < MOST_BALANCES) this.container.balances.push(tree);
      this.container.context = undefined;
    }
    if (type === 'payment') this.payments.payment(tree);
    if (type === 'transaction') this.transactions += 1;
    if (type === 'entry') this.controls.entry(tree, this.scopeOf(item), this.account());
    const facts: JsonMembers =
      type === 'entry'
        ? { position: item.position, occurrence: this.occurrenceOf(item), details: item.details }
        : { position: item.position, ...(type !== 'balance' && { occurrence: this.endToEndOccurrence(tree) }) };
    this.add(type, item.no, tree, facts, type === 'entry' ? instantOfEntry(tree) : null);
    return true;
  }

  private closeContainer(container: Container): boolean {
    const context = this.containerContext();
    const { currency } = this.payments;
    const facts = {
      entries: this.position,
      ...(!this.isAccountMessage() && currency !== undefined && { currency }),
      ...contentFacts(container),
    };
    this.add(container.type, container.no, container.tree, facts, null);
    if (this.isAccountMessage()) {
      this.controls.closeContainer(container.tree, container.balances, context as AccountContext);
      this.closingDates[this.containers - 1] = (context as AccountContext).closingDate;
    } else if (this.format !== 'pain.002') {
      this.payments.closeBatch(container.tree, (context as BatchContext).account?.value);
    }
    if (this.listed.length < MOST_LISTED) this.listed.push({ ...(context as JsonMembers), records: this.position });
    this.container = undefined;
    return true;
  }

  private noteContent(type: string, tree: XmlTree): void {
    this.container?.content?.update(`${type} ${JSON.stringify(tree)}\n`);
  }

  private add(type: string, no: number, tree: XmlTree, facts: JsonMembers, occurredAt: string | null): void {
    const context = { ...this.context, container: this.containerContext() } as unknown as JsonMembers;
    this.sink.add({
      no,
      type: `${this.format}.${type}`,
      externalId: referenceOf(tree),
      occurredAt: occurredAt ?? (this.isAccountMessage() ? null : instantOf(this.context.messageCreatedAt)),
      ...(this.container !== undefined && this.isAccountMessage() && { statementNo: this.containers - 1 }),
      body: { context: { ...context, ...facts }, record: tree },
    });
  }

  private containerContext(): AccountContext | BatchContext | StatusContext {
    if (this.container === undefined) return statusContextOf(this.group, undefined);
    const { tree, balances } = this.container;
    this.container.context ??= this.isAccountMessage()
      ? accountContextOf(tree, balances)
      : this.format === 'pain.002'
        ? statusContextOf(this.group, tree)
        : batchContextOf(tree);
    return this.container.context;
  }

  private readHeader(header: XmlTree): void {
    const [messageId, messageCreatedAt] = [textAt(header, 'MsgId'), textAt(header, 'CreDtTm')];
    this.context = {
      ...this.context,
      ...(messageId !== undefined && { messageId }),
      ...(messageCreatedAt !== undefined && { messageCreatedAt }),
    };
  }

  private occurrenceOf(item: Item): number {
    const reference = textAt(item.tree, 'AcctSvcrRef');
    if (reference === undefined) return 1;
    if (item.occurrence === 0) item.occurrence = this.seen.next(reference);
    return item.occurrence;
  }

  /** A sender may give several payments of a block one EndToEndId: it identifies the first alone. */
  private endToEndOccurrence(tree: XmlTree): number {
    const endToEndId = textAt(tree, 'PmtId', 'EndToEndId') ?? textAt(tree, 'OrgnlEndToEndId');
    return endToEndId === undefined ? 1 : this.seen.next(endToEndId);
  }

  private isAccountMessage(): boolean {
    return this.format.startsWith('camt.');
  }

  private account(): string | undefined {
    return (this.containerContext() as AccountContext).account?.value;
  }

  private scopeOf(item: Item): string {
    return `entry ${textAt(item.tree, 'AcctSvcrRef') ?? item.position} of ${this.account() ?? '?'}`;
  }
}

/** What a statement says, as a hash, and its first and last balance as they are shown. */
function contentFacts({ content, balances }: Container): JsonMembers {
  if (content === undefined) return {};
  const [opening, closing] = [shownBalance(balances, OPENING), shownBalance(balances, CLOSING)];
  return {
    contentHash: content.digest('hex').slice(0, 32),
    ...(opening !== undefined && { openingBalance: opening }),
    ...(closing !== undefined && { closingBalance: closing }),
  };
}

function shownBalance(balances: readonly XmlTree[], codes: readonly string[]): string | undefined {
  const balance = codes.flatMap((code) => balances.find((one) => balanceCodeOf(one) === code) ?? [])[0];
  if (balance === undefined) return undefined;
  const sign = textAt(balance, 'CdtDbtInd') === 'DBIT' ? '-' : '';
  return `${sign}${textAt(balance, 'Amt') ?? ''} ${attributeAt(balance, 'Ccy', 'Amt') ?? ''}`.trim();
}

/** The first of the references by which a person would look for the record. */
function referenceOf(tree: XmlTree): string {
  return (
    textAt(tree, 'AcctSvcrRef') ??
    textAt(tree, 'Id') ??
    textAt(tree, 'PmtId', 'InstrId') ??
    textAt(tree, 'PmtId', 'EndToEndId') ??
    textAt(tree, 'PmtInfId') ??
    textAt(tree, 'OrgnlInstrId') ??
    textAt(tree, 'OrgnlEndToEndId') ??
    textAt(tree, 'OrgnlPmtInfId') ??
    textAt(tree, 'OrgnlMsgId') ??
    textAt(tree, 'NtryRef') ??
    ''
  ).slice(0, 256);
}

/** When an entry was booked: a date without a time is its first moment in UTC. */
function instantOfEntry(entry: XmlTree): string | null {
  return instantOf(textAt(entry, 'BookgDt', 'DtTm') ?? textAt(entry, 'BookgDt', 'Dt') ?? textAt(entry, 'BookgDt'));
}

/** ISO 20022 times may lack a zone: they are read as UTC, the text stays in the record. */
function instantOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  // A date of XML may have a zone.
  const [, date] = /^(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})?$/.exec(text) ?? [];
  const full = date === undefined ? text : `${date}T00:00:00Z`;
  for (const candidate of [full, `${full}Z`]) {
    const parsed = parseInstant(candidate);
    if (parsed.ok) return parsed.value;
  }
  return null;
}
