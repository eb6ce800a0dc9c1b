import { createHash, type Hash } from 'node:crypto';
import { accountKeyOf, type AccountKey } from '../account-key.js';
import type { ControlLedger } from '../control-ledger.js';
import { addExact, exactText, negated, readExact, ZERO, type Exact } from '../exact-decimal.js';
import type { FileFormat } from '../file-format.js';
import { InvalidFile, type Json, type JsonMembers } from '../file-record.js';
import { Occurrences } from '../occurrences.js';
import type { RecordSink } from '../record-sink.js';
import { readEntryInformation, readNumberedLines } from './entry-information.js';
import {
  commaAmount,
  readBalance,
  readEntry,
  readShortDate,
  sideOfMark,
  signedBalance,
  type MtBalance,
  type MtEntryFields,
} from './mt-fields.js';

/** A field as it stands in the file: the line and byte where its tag is, and its lines without the tag. */
export type MtField = { tag: string; no: number; offset: number; lines: string[] };

const MOST_LISTED = 200;
const MOST_HEADER_FIELDS = 200;
/** One :61: has one :86:, of banks that split it up some. */
const MOST_ENTRY_FIELDS = 200;

type Message = {
  line: number;
  no: number;
  fields: MtField[];
  reference?: string;
  account?: AccountKey;
  /** Statement number and page of :28C: "00004/00001". */
  number?: string;
  page?: string;
  createdAt?: string;
  opening?: MtBalance;
  closing?: MtBalance;
  currency?: string;
  position: number;
  /** How often a statement of these numbers came in the file. */
  section: number;
  sums: { C: Exact; D: Exact; counts: { C: number; D: number } };
  isInterim: boolean;
  /** Of its balances and entries as they stand in the file; not of its reference, which each sending may have of its own. */
  content: Hash;
};

type PendingEntry = { no: number; fields: MtField[]; entry: MtEntryFields };

/** Reads the fields of one message after another: statement, balances and entries become records. */
export class MtMessageReader {
  private message: Message | undefined;
  private pending: PendingEntry | undefined;
  private messages = 0;
  private statementNo = -1;
  private isContinued = false;
  private readonly closingDates: (string | undefined)[] = [];
  private readonly listed: JsonMembers[] = [];
  private readonly seen = new Occurrences();
  private readonly sections = new Occurrences();
  private positionBefore = 0;

  constructor(
    private readonly format: Extract<FileFormat, 'mt940' | 'mt942'>,
    private readonly sink: RecordSink,
    private readonly ledger: ControlLedger,
  ) {}

  startMessage(line: number): void {
    if (this.message) this.closeMessage(line);
    this.messages += 1;
    const sums = { C: ZERO, D: ZERO, counts: { C: 0, D: 0 } };
    const content = createHash('sha256');
    this.message = {
      line,
      no: this.sink.reserve(),
      fields: [],
      position: 0,
      section: 1,
      sums,
      isInterim: false,
      content,
    };
  }

  endMessage(line: number): void {
    if (this.message) this.closeMessage(line);
  }

  end(): { header: JsonMembers; closingDates: readonly (string | undefined)[] } {
    if (this.message) this.closeMessage(undefined);
    if (this.messages === 0)
      throw new InvalidFile(`the file holds no ${this.format}: there is no field :20:`, { line: 1 });
    return {
      header: { format: this.format, statementsCount: this.messages, statements: this.listed },
      closingDates: this.closingDates,
    };
  }

  field(field: MtField): void {
    const { message } = this;
    if (message === undefined)
      throw new InvalidFile(`the field :${field.tag}: stands before any :20:`, { line: field.no });
    if ((field.tag === '86' || field.tag === 'NS') && this.pending) {
      if (this.pending.fields.length >= MOST_ENTRY_FIELDS)
        throw new InvalidFile(`more than ${MOST_ENTRY_FIELDS} fields in one entry`, { line: field.no });
      this.pending.fields.push(field);
      return;
    }
    this.closeEntry();
    if (field.tag === '61') return this.openEntry(message, field);
    if (/^(60|62)[FM]$|^6[45]$/.test(field.tag)) return this.balance(message, field);
    if (message.fields.length >= MOST_HEADER_FIELDS)
      throw new InvalidFile(`more than ${MOST_HEADER_FIELDS} fields in one statement header`, { line: field.no });
    message.fields.push(field);
    this.header(message, field);
  }

  private header(message: Message, { tag, no, lines }: MtField): void {
    const value = (lines[0] ?? '').trim();
    if (tag === '20') message.reference = value;
    else if (tag === '25' || tag === '25P') {
      const account = accountKeyOf(value);
      if (account) message.account = account;
    } else if (tag === '28C' || tag === '28') {
      const [number, page] = value.split('/');
      message.number = number ?? '';
      if (page !== undefined) message.page = page;
    } else if (tag === '13D' || tag === '13') {
      const createdAt = interimInstant(value);
      if (createdAt !== undefined) message.createdAt = createdAt;
      message.isInterim = true;
    } else if (tag === '34F') {
      message.isInterim = true;
      const [, currency] = /^([A-Z]{3})/.exec(value) ?? [];
      if (currency !== undefined) message.currency = currency;
    } else if (tag === '90C' || tag === '90D') this.checkInterimTotal(message, tag === '90C' ? 'C' : 'D', value);
    if (tag === '34F' && this.format === 'mt940')
      throw new InvalidFile(`the file is MT942 (field :34F:), sent as mt940`, { line: no });
  }

  private balance(message: Message, field: MtField): void {
    if (this.format === 'mt942')
      throw new InvalidFile(`the file is MT940 (field :${field.tag}:), sent as mt942`, { line: field.no });
    const balance = readBalance(field.tag, field.lines[0] ?? '');
    if (balance === undefined)
      throw new InvalidFile(`the field :${field.tag}: is no balance such as C250930EUR1234,50`, { line: field.no });
    if (field.tag.startsWith('60')) {
      message.opening = balance;
      if (balance.currency !== undefined) message.currency = balance.currency;
      this.openStatement(message, field.tag === '60M');
    }
    if (field.tag.startsWith('62')) {
      message.closing = balance;
      if (message.currency === undefined && balance.currency !== undefined) message.currency = balance.currency;
      this.closingDates[this.statementNo] = balance.on.date ?? this.closingDates[this.statementNo];
    }
    noteContent(message, [field]);
    this.sink.add({
      type: `${this.format}.balance`,
      externalId: `${message.reference ?? ''}:${field.tag}`.slice(0, 256),
      occurredAt: null,
      statementNo: this.statementNo,
      body: { context: this.context(message), record: { ...fieldJson(field), fields: balance as unknown as Json } },
    });
  }

  /** A page that goes on (:60M:) belongs to the statement of the page before it. */
  private openStatement(message: Message, isNextPage: boolean): void {
    const before = this.listed.at(-1);
    const isSame = before?.['account'] === message.account?.value && before?.['number'] === message.number;
    if (this.isContinued && isNextPage && isSame) {
      message.position = this.positionBefore;
      return;
    }
    const identity = [
      message.account?.value,
      message.number,
      message.page,
      message.opening?.on.text,
      message.createdAt,
    ];
    message.section = this.sections.next([...identity, message.opening?.amount].join('/'));
    this.statementNo += 1;
    this.seen.clear();
  }

  private openEntry(message: Message, field: MtField): void {
    if (this.statementNo < 0 || (this.format === 'mt942' && message.position === 0)) this.openStatement(message, false);
    const entry = readEntry(field.lines[0] ?? '', field.lines.slice(1).join('\n'));
    if (entry === undefined) throw new InvalidFile('the field :61: is no statement line', { line: field.no });
    this.pending = { no: this.sink.reserve(), fields: [field], entry };
  }

  private closeEntry(): void {
    const { message, pending } = this;
    if (message === undefined || pending === undefined) return;
    this.pending = undefined;
    message.position += 1;
    const { entry, fields, no } = pending;
    noteContent(message, fields);
    const side = sideOfMark(entry.mark);
    if (!entry.mark.startsWith('E')) {
      message.sums[side] = addExact(message.sums[side], readExact(entry.amount)!);
      message.sums.counts[side] += 1;
    }
    const reference = entry.bankReference ?? entry.customerReference ?? '';
    const linesOf = (wanted: string): string[] =>
      fields.filter(({ tag }) => tag === wanted).flatMap(({ lines }) => lines);
    const information = { ...readNumberedLines(linesOf('NS')), ...readEntryInformation(linesOf('86')) };
    const bookedOn = entry.bookedOn?.date ?? entry.valueOn.date;
    const identity = [reference, entry.valueOn.text, side, entry.amount].join('/');
    this.sink.add({
      no,
      type: `${this.format}.entry`,
      externalId: reference.slice(0, 256),
      occurredAt: bookedOn === undefined ? null : `${bookedOn}T00:00:00.000Z`,
      statementNo: this.statementNo,
      body: {
        context: { ...this.context(message), position: message.position, occurrence: this.seen.next(identity) },
        record: {
          lines: fields.map(fieldJson),
          fields: entry as unknown as Json,
          information: information as JsonMembers,
        },
      },
    });
  }

  private closeMessage(line: number | undefined): void {
    this.closeEntry();
    const message = this.message!;
    this.message = undefined;
    const place = line === undefined ? {} : { line };
    const begun = `the statement that begins in line ${message.line}`;
    if (message.account === undefined) throw new InvalidFile(`${begun} has no account (:25:)`, place);
    if (this.format === 'mt940' && message.opening === undefined)
      throw new InvalidFile(`${begun} has no opening balance (:60F:)`, place);
    if (this.format === 'mt940' && message.closing === undefined)
      throw new InvalidFile(`${begun} breaks off: it has no closing balance (:62F:)`, place);
    if (this.format === 'mt942' && !message.isInterim)
      throw new InvalidFile(`${begun} is no MT942: it has neither :13D: nor :34F:`, place);
    if (this.statementNo < 0 || (this.format === 'mt942' && message.position === 0)) this.openStatement(message, false);
    this.checkBalance(message);
    const context = this.context(message);
    if (this.listed.length < MOST_LISTED) {
      this.listed.push({
        ...context,
        account: message.account.value,
        entries: message.position,
        ...(message.closing?.on.date !== undefined && { closingDate: message.closing.on.date }),
      });
    }
    this.isContinued = message.closing?.tag === '62M';
    this.positionBefore = message.position;
    this.sink.add({
      no: message.no,
      type: `${this.format}.statement`,
      externalId: (message.reference ?? '').slice(0, 256),
      occurredAt: null,
      statementNo: this.statementNo,
      body: {
        context: {
          ...context,
          entries: message.position,
          isContinued: this.isContinued,
          ...balancesOf(message),
          contentHash: message.content.digest('hex').slice(0, 32),
        },
        record: { lines: message.fields.map(fieldJson) },
      },
    });
  }

  private context(message: Message): JsonMembers {
    return {
      format: this.format,
      ...(message.reference !== undefined && { reference: message.reference }),
      ...(message.account !== undefined && { account: message.account }),
      ...(message.number !== undefined && { number: message.number }),
      ...(message.page !== undefined && { page: message.page }),
      ...(message.currency !== undefined && { currency: message.currency }),
      ...(message.createdAt !== undefined && { createdAt: message.createdAt }),
      ...(message.section > 1 && { section: message.section }),
    };
  }

  private checkBalance(message: Message): void {
    const { opening, closing, sums } = message;
    if (opening === undefined || closing === undefined) return;
    const account = message.account!.value;
    const currency = closing.currency ?? opening.currency ?? '';
    const common = { scope: `account ${account}, statement ${message.number ?? '?'}/${message.page ?? '1'}`, account };
    if (opening.currency !== undefined && closing.currency !== undefined && opening.currency !== closing.currency) {
      const [expected, actual] = [
        `${closing.amount} ${closing.currency}`,
        `opening ${opening.amount} ${opening.currency}`,
      ];
      this.ledger.fail({ name: 'closing-balance', kind: 'balance', ...common, expected, actual });
      return;
    }
    const actual = addExact(addExact(signedBalance(opening), sums.C), negated(sums.D));
    this.ledger.check({
      name: 'closing-balance',
      kind: 'balance',
      ...common,
      currency,
      expected: signedBalance(closing),
      actual,
    });
  }

  /** :90D: and :90C: state number and sum of the debit and credit entries of an interim report. */
  private checkInterimTotal(message: Message, side: 'C' | 'D', value: string): void {
    const [, count, currency, written = ''] = /^(\d{1,5})([A-Z]{3})([\d,.]+)\s*$/.exec(value) ?? [];
    const amount = commaAmount(written);
    if (count === undefined || currency === undefined || amount === undefined) return;
    const name = side === 'C' ? 'credit-entries' : 'debit-entries';
    const account = message.account?.value ?? '?';
    const common = { scope: `account ${account}, report ${message.number ?? '?'}/${message.page ?? '1'}`, account };
    this.ledger.checkCount({ name: `${name}-count`, ...common }, count, message.sums.counts[side]);
    const [expected, actual] = [readExact(amount)!, message.sums[side]];
    this.ledger.check({ name: `${name}-sum`, kind: 'amount', ...common, currency, expected, actual });
  }
}

/** First and last balance as they are shown, so that two statements that differ can be told apart. */
function balancesOf({ opening, closing, currency = '' }: Message): JsonMembers {
  const shown = (balance: MtBalance): string =>
    `${exactText(signedBalance(balance))} ${balance.currency ?? currency}`.trim();
  return {
    ...(opening !== undefined && { openingBalance: shown(opening) }),
    ...(closing !== undefined && { closingBalance: shown(closing) }),
  };
}

/** Blanks at the ends of lines are the transport's. */
function noteContent({ content }: Message, fields: readonly MtField[]): void {
  for (const { tag, lines } of fields) content.update(`:${tag}:${lines.map((line) => line.trimEnd()).join('\n')}\n`);
}

function fieldJson({ tag, no, offset, lines }: MtField): JsonMembers {
  return { tag, line: no, offset, text: lines.join('\n') };
}

/** :13D: YYMMDDHHMM with offset, :13: without; as an instant when it can be one. */
function interimInstant(text: string): string | undefined {
  const [, day = '', hour, minute, offset] = /^(\d{6})(\d{2})(\d{2})([+-]\d{4})?$/.exec(text) ?? [];
  const { date } = readShortDate(day);
  if (date === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined;
  const zone = offset === undefined ? 'Z' : `${offset.slice(0, 3)}:${offset.slice(3)}`;
  return `${date}T${hour}:${minute}:00${zone}`;
}
