import { createHash, type Hash } from 'node:crypto';
import { accountKeyOf } from '../account-key.js';
import { ByteLines, type Line } from '../byte-lines.js';
import { ControlLedger } from '../control-ledger.js';
import { addExact, exactText, ZERO, type Exact } from '../exact-decimal.js';
import {
  InvalidFile,
  type FileDecoder,
  type FileRecord,
  type FileSummary,
  type Json,
  type JsonMembers,
} from '../file-record.js';
import { Occurrences } from '../occurrences.js';
import { RecordSink } from '../record-sink.js';
import { readShortDate } from '../swift/mt-fields.js';
import { addEntry, checkAccount, noEntries, type Bai2Entries } from './bai2-balance.js';
import { inCurrency, minorUnitsOf, readAccountFields, readDetailFields, type Bai2Summary } from './bai2-fields.js';
import { contentOf } from './bai2-content.js';
import { Bai2Records, LONGEST_RECORD, MOST_PARTS, type Bai2Record } from './bai2-records.js';

const MOST_LISTED = 200;

/** A trailer states a total, the number of its parts (but of an account) and of its records. */
const TRAILER_FIELDS: Readonly<Record<string, number>> = { '49': 2, '98': 3, '99': 3 };

type Part = { total: Exact; children: number; records: number; no: number };
type Group = Part & { context: JsonMembers; currency: string; record: Bai2Record };
type Account = Part & {
  currency: string;
  account: string;
  position: number;
  context: JsonMembers;
  summaries: readonly Bai2Summary[];
  entries: Bai2Entries;
  /** Its record 03, told when all of it is read. */
  body: JsonMembers;
  externalId: string;
  content: Hash;
};

/**
 * Reads a BAI2 file. Control totals (49, 98, 99) are the sum of all amount fields with the signs that are written, whatever
 * the type codes mean; record counts include the header, the continuations and the trailer itself.
 */
export class Bai2Decoder implements FileDecoder {
  private readonly lines = new ByteLines();
  private readonly records = new Bai2Records();
  private readonly sink = new RecordSink();
  private readonly ledger = new ControlLedger();
  private readonly seen = new Occurrences();
  private readonly sections = new Occurrences();
  private readonly closingDates: (string | undefined)[] = [];
  private readonly listed: JsonMembers[] = [];
  private file: (Part & { header: JsonMembers; record: Bai2Record }) | undefined;
  private group: Group | undefined;
  private account: Account | undefined;
  /** A record 03 or 16 that a continuation (88) may still belong to. */
  private open: Bai2Record[] = [];
  private openLength = 0;
  private isClosed = false;
  private accounts = 0;
  private trailer: Json = null;

  write(chunk: Uint8Array): FileRecord[] {
    for (const line of this.lines.push(chunk)) this.line(line);
    return this.sink.drain();
  }

  end(): { records: FileRecord[]; summary: FileSummary } {
    for (const line of this.lines.end()) this.line(line);
    for (const record of this.records.end()) this.record(record);
    if (this.file === undefined)
      throw new InvalidFile('the file holds no BAI2: it does not begin with a record 01', { line: 1 });
    if (!this.isClosed) throw new InvalidFile('the file breaks off: it has no file trailer (99)');
    return {
      records: this.sink.drain(),
      summary: {
        header: { format: 'bai2', ...this.file.header, accountsCount: this.accounts, accounts: this.listed },
        record: { header: recordJson(this.file.record), trailer: this.trailer },
        controls: this.ledger.results(),
        controlsChecked: this.ledger.checked,
        controlsBroken: this.ledger.broken,
        closingDates: this.closingDates,
        records: this.sink.count,
      },
    };
  }

  private line(line: Line): void {
    for (const record of this.records.push(line)) this.record(record);
  }

  private record(record: Bai2Record): void {
    if (record.content.length > LONGEST_RECORD)
      throw new InvalidFile('a record is longer than 1 MiB', { line: record.line });
    if (this.isClosed) throw new InvalidFile('there is more behind the file trailer (99)', { line: record.line });
    if (record.code !== '01' && this.file === undefined)
      throw new InvalidFile('the file holds no BAI2: it does not begin with a record 01', { line: record.line });
    if (record.code === '') throw new InvalidFile('a line belongs to no record', { line: record.line });
    if (record.code === '88') return this.continuation(record);
    this.closeOpen();
    if (this.file) this.file.records += 1;
    if (this.group) this.group.records += 1;
    if (this.account) this.account.records += 1;
    this.dispatch(record);
  }

  private dispatch(record: Bai2Record): void {
    const fields = TRAILER_FIELDS[record.code];
    if (fields !== undefined && (!record.isTerminated || fieldsOf(record).length < fields))
      throw new InvalidFile(`the trailer ${record.code} breaks off`, { line: record.line });
    if (record.code === '01') this.fileHeader(record);
    else if (record.code === '02') this.groupHeader(record);
    else if (record.code === '98') this.groupTrailer(record);
    else if (record.code === '99') this.fileTrailer(record);
    else if (record.code === '49') this.accountTrailer(record);
    else {
      if (record.code === '03')
        this.demand(this.account === undefined && this.group !== undefined, record, 'an account (03) begins');
      else this.demand(this.account !== undefined, record, 'a transaction (16) stands');
      this.open = [record];
      this.openLength = record.content.length;
      if (record.code === '03') this.beginAccount();
    }
  }

  private demand(isInPlace: boolean, record: Bai2Record, what: string): void {
    if (!isInPlace)
      throw new InvalidFile(`${what} in the wrong place: the record before it is not closed`, { line: record.line });
  }

  private fileHeader(record: Bai2Record): void {
    this.demand(this.file === undefined, record, 'a second file header (01) stands');
    const [sender, receiver, date, time, fileId, , , version] = fieldsOf(record);
    if (version !== undefined && version !== '' && version !== '2')
      throw new InvalidFile(`version ${JSON.stringify(version.slice(0, 10))} of the format is not taken, only 2`, {
        line: record.line,
      });
    const header = {
      sender: sender ?? '',
      receiver: receiver ?? '',
      date: date ?? '',
      time: time ?? '',
      fileId: fileId ?? '',
    };
    this.file = { total: ZERO, children: 0, records: 1, no: 0, header, record };
  }

  private groupHeader(record: Bai2Record): void {
    this.demand(this.group === undefined && this.account === undefined, record, 'a group (02) begins');
    const [receiver, originator, status, asOfDate, asOfTime, currency, modifier] = fieldsOf(record);
    const asOf = readShortDate(asOfDate ?? '');
    const context = {
      format: 'bai2',
      originator: originator ?? '',
      receiver: receiver ?? '',
      groupStatus: status ?? '',
      asOfText: `${asOfDate ?? ''} ${asOfTime ?? ''}`.trim(),
      ...(asOf.date !== undefined && { asOf: asOf.date }),
      asOfModifier: modifier ?? '',
      fileId: String(this.file!.header['fileId']),
    };
    const no = this.sink.reserve();
    this.group = { total: ZERO, children: 0, records: 1, no, context, currency: currency || 'USD', record };
  }

  private beginAccount(): void {
    this.accounts += 1;
    this.seen.clear();
    const no = this.sink.reserve();
    this.account = {
      ...{ total: ZERO, children: 0, records: 1, no },
      ...{ currency: '', account: '', position: 0, context: {}, summaries: [], entries: noEntries() },
      ...{ body: {}, externalId: '', content: createHash('sha256') },
    };
  }

  private continuation(record: Bai2Record): void {
    this.openLength += record.content.length;
    if (this.open.length === 0 || this.open.length >= MOST_PARTS || this.openLength > LONGEST_RECORD) {
      const reason = this.open.length === 0 ? 'a continuation (88) continues nothing' : 'a record is longer than 1 MiB';
      throw new InvalidFile(reason, { line: record.line });
    }
    this.open.push(record);
    this.file!.records += 1;
    this.group!.records += 1;
    this.account!.records += 1;
  }

  private closeOpen(): void {
    const [first, ...continuations] = this.open;
    this.open = [];
    if (first === undefined || this.account === undefined || this.group === undefined) return;
    if (first.code === '03') this.addAccount(first, continuations, this.account, this.group);
    else this.addDetail(first, continuations, this.account);
  }

  private addAccount(first: Bai2Record, continuations: Bai2Record[], account: Account, group: Group): void {
    const content = [first, ...continuations].map((record) => record.content.replaceAll('\n', '')).join(',');
    const { account: number, currency, summaries } = readAccountFields(content);
    const key = accountKeyOf(number);
    if (key === undefined) throw new InvalidFile('an account (03) has no number', { line: first.line });
    account.account = key.value;
    account.currency = currency === '' ? group.currency : currency;
    const { asOfText, asOfModifier } = group.context;
    // Some banks send an account twice for one day, with other transactions.
    const section = this.sections.next(`${key.value}/${String(asOfText)}/${String(asOfModifier)}`);
    account.context = { ...group.context, account: key, currency: account.currency, ...(section > 1 && { section }) };
    for (const summary of summaries) this.addTo(account, summary.amount, first.line);
    account.summaries = summaries;
    this.closingDates.push(group.context['asOf'] as string | undefined);
    if (this.listed.length < MOST_LISTED) this.listed.push({ ...account.context, account: key.value });
    account.externalId = number.slice(0, 256);
    account.body = {
      ...recordJson(first, continuations),
      account: number,
      currency,
      summaries: summaries as unknown as Json,
    };
    account.content.update(`${JSON.stringify([account.currency, summaries])}\n`);
  }

  private addDetail(first: Bai2Record, continuations: Bai2Record[], account: Account): void {
    const fields = readDetailFields(contentOf([first, ...continuations]));
    addEntry(account.entries, fields);
    account.content.update(`${JSON.stringify(fields)}\n`);
    this.addTo(account, fields.amount, first.line);
    account.position += 1;
    const asOf = account.context['asOf'];
    const identity = [fields.bankReference, fields.typeCode, fields.amount].join('/');
    this.sink.add({
      type: 'bai2.transaction',
      externalId: (fields.bankReference || fields.customerReference).slice(0, 256),
      occurredAt: typeof asOf === 'string' ? `${asOf}T00:00:00.000Z` : null,
      statementNo: this.accounts - 1,
      body: {
        context: { ...account.context, position: account.position, occurrence: this.seen.next(identity) },
        record: { ...recordJson(first, continuations), fields: fields as unknown as Json },
      },
    });
  }

  private addTo(account: Account, amount: string, line: number): void {
    const units = minorUnitsOf(amount);
    if (units === undefined) throw new InvalidFile('an amount is no whole number of minor units', { line });
    account.total = addExact(account.total, units);
  }

  private accountTrailer(record: Bai2Record): void {
    this.demand(this.account !== undefined, record, 'an account trailer (49) stands');
    const account = this.account!;
    const [total, records] = fieldsOf(record);
    const common = { scope: `account ${account.account}`, account: account.account };
    checkAccount(this.ledger, account, account.summaries, account.entries);
    this.checkTotal('account', total, records, account, { ...common, currency: account.currency }, record);
    this.sink.add({
      no: account.no,
      type: 'bai2.account',
      externalId: account.externalId,
      occurredAt: null,
      statementNo: this.accounts - 1,
      body: {
        context: {
          ...account.context,
          entries: account.position,
          ...shownBalances(account),
          contentHash: account.content.digest('hex').slice(0, 32),
        },
        record: account.body,
      },
    });
    this.group!.total = addExact(this.group!.total, minorUnitsOf(total ?? '') ?? ZERO);
    this.group!.children += 1;
    this.account = undefined;
  }

  private groupTrailer(record: Bai2Record): void {
    this.demand(this.group !== undefined && this.account === undefined, record, 'a group trailer (98) stands');
    const group = this.group!;
    const [total, accounts, records] = fieldsOf(record);
    const common = { scope: `group of ${String(group.context['originator'])}, ${String(group.context['asOfText'])}` };
    this.checkTotal('group', total, records, group, common, record);
    this.ledger.checkCount({ name: 'group-accounts', ...common }, accounts ?? '', group.children);
    this.sink.add({
      no: group.no,
      type: 'bai2.group',
      externalId: String(group.context['originator']),
      occurredAt: null,
      body: { context: group.context, record: { header: recordJson(group.record), trailer: recordJson(record) } },
    });
    this.file!.total = addExact(this.file!.total, minorUnitsOf(total ?? '') ?? ZERO);
    this.file!.children += 1;
    this.group = undefined;
  }

  private fileTrailer(record: Bai2Record): void {
    this.demand(this.group === undefined, record, 'the file trailer (99) stands');
    const file = this.file!;
    const [total, groups, records] = fieldsOf(record);
    const common = { scope: `file ${String(file.header['fileId'])} of ${String(file.header['sender'])}` };
    this.checkTotal('file', total, records, file, common, record);
    this.ledger.checkCount({ name: 'file-groups', ...common }, groups ?? '', file.children);
    this.trailer = recordJson(record);
    this.isClosed = true;
  }

  private checkTotal(
    part: string,
    total: string | undefined,
    records: string | undefined,
    counted: Part,
    common: { scope: string; account?: string; currency?: string },
    record: Bai2Record,
  ): void {
    const expected = minorUnitsOf(total ?? '');
    if (expected === undefined)
      throw new InvalidFile(`the control total of record ${record.code} is no whole number`, { line: record.line });
    // A sum over groups or accounts has no currency: it stays a number of minor units.
    const stated = (units: Exact): Exact =>
      common.currency === undefined ? units : inCurrency(units, common.currency);
    this.ledger.check({
      name: `${part}-total`,
      kind: 'amount',
      ...common,
      expected: stated(expected),
      actual: stated(counted.total),
    });
    const { currency: _none, ...counting } = common;
    this.ledger.checkCount({ name: `${part}-records`, ...counting }, records ?? '', counted.records);
  }
}

/** Opening and closing ledger as they are shown. */
function shownBalances({ summaries, currency }: Account): JsonMembers {
  const shown = (code: string): string | undefined => {
    const units = minorUnitsOf(summaries.find(({ typeCode }) => typeCode === code)?.amount ?? 'none');
    return units && `${exactText(inCurrency(units, currency))} ${currency}`;
  };
  const [opening, closing] = [shown('010'), shown('015')];
  return {
    ...(opening !== undefined && { openingBalance: opening }),
    ...(closing !== undefined && { closingBalance: closing }),
  };
}

function fieldsOf(record: Bai2Record): string[] {
  return record.content.split(',').map((field) => field.trim());
}

function recordJson(first: Bai2Record, continuations: readonly Bai2Record[] = []): JsonMembers {
  return {
    code: first.code,
    line: first.line,
    lines: first.raw,
    ...(continuations.length > 0 && { continuations: continuations.flatMap((record) => record.raw) }),
  };
}
