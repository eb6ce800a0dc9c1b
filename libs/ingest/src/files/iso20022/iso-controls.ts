import type { XmlNode, XmlTree } from '../../packs/xml-tree.js';
import type { ControlLedger } from '../control-ledger.js';
import { addExact, exactText, negated, readExact, ZERO, type Exact } from '../exact-decimal.js';
import { balanceCodeOf, entryStatusOf, type AccountContext } from './iso-context.js';
import type { IsoFormat } from '../file-format.js';
import { attributeAt, nodeAt, nodesAt, textAt } from './tree-path.js';

type Totals = { count: number; sum: Exact };
type SidedTotals = { CRDT: Totals; DBIT: Totals };

/** What a block of details states of its batch, and what it holds. */
type DetailBlock = { batch: XmlNode; held: Totals; isSumKnown: boolean };

const none = (): Totals => ({ count: 0, sum: ZERO });
const sides = (): SidedTotals => ({ CRDT: none(), DBIT: none() });

/** The net amount of a currency: credits raise it, debits lower it. */
function netOf({ CRDT, DBIT }: SidedTotals): Exact {
  return addExact(CRDT.sum, negated(DBIT.sum));
}

/** Adds up what the statements, reports and notifications of a file hold, and checks it against what they state. */
export class IsoControls {
  private entries = sides();
  private booked = sides();
  private bookedByCurrency = new Map<string, SidedTotals>();
  private detailSum = ZERO;
  private isDetailSumKnown = true;
  private detailCurrency: string | undefined;
  private details = 0;
  private detailsOfBlock = none();
  private isBlockSumKnown = true;
  private blocks: DetailBlock[] = [];

  constructor(
    private readonly format: IsoFormat,
    private readonly ledger: ControlLedger,
  ) {}

  openContainer(): void {
    this.entries = sides();
    this.booked = sides();
    this.bookedByCurrency = new Map();
  }

  openEntry(): void {
    this.detailSum = ZERO;
    this.isDetailSumKnown = true;
    this.detailCurrency = undefined;
    this.details = 0;
    this.blocks = [];
  }

  openDetails(): void {
    this.detailsOfBlock = none();
    this.isBlockSumKnown = true;
  }

  detail(detail: XmlTree, entry: XmlTree): void {
    this.details += 1;
    this.detailsOfBlock.count += 1;
    const at = nodeAt(detail, 'Amt') === undefined ? ['AmtDtls', 'TxAmt', 'Amt'] : ['Amt'];
    const amount = readExact(textAt(detail, ...at) ?? '');
    const currency = attributeAt(detail, 'Ccy', ...at);
    const isOfOneCurrency = this.detailCurrency === undefined || this.detailCurrency === currency;
    // An amount before or after charges is another amount than the one that was booked.
    const isPlain = nodeAt(detail, 'Chrgs') === undefined;
    if (amount === undefined || currency === undefined || !isOfOneCurrency || !isPlain) {
      this.isDetailSumKnown = false;
      this.isBlockSumKnown = false;
      return;
    }
    this.detailCurrency = currency;
    const entrySide = textAt(entry, 'CdtDbtInd');
    const side = textAt(detail, 'CdtDbtInd') ?? entrySide;
    this.detailSum = addExact(this.detailSum, side === entrySide ? amount : negated(amount));
    this.detailsOfBlock.sum = addExact(this.detailsOfBlock.sum, amount);
  }

  /** One block of details ends; what its batch states is checked when the entry is whole. */
  closeDetails(block: XmlTree): void {
    const batch = nodeAt(block, 'Btch');
    if (this.detailsOfBlock.count > 0 && batch !== undefined)
      this.blocks.push({ batch, held: this.detailsOfBlock, isSumKnown: this.isBlockSumKnown });
  }

  /** A batch states how many its transactions are and what they sum to. Some banks repeat it with each of them. */
  private checkBatch({ batch, held, isSumKnown }: DetailBlock, common: { scope: string; account?: string }): void {
    const count = textAt(batch, 'NbOfTxs');
    const isOfEntry = this.blocks.length > 1 && count !== undefined && Number(count) === this.details;
    if (count !== undefined)
      this.ledger.checkCount({ name: 'batch-count', ...common }, count, isOfEntry ? this.details : held.count);
    const total = readExact(textAt(batch, 'TtlAmt') ?? '');
    const currency = attributeAt(batch, 'Ccy', 'TtlAmt');
    if (total === undefined || currency === undefined || currency !== this.detailCurrency) return;
    if (isOfEntry ? !this.blocks.every((block) => block.isSumKnown) : !isSumKnown) return;
    const sums = isOfEntry ? this.blocks.map((block) => block.held.sum) : [held.sum];
    this.ledger.check({
      name: 'batch-amount',
      kind: 'amount',
      ...common,
      currency,
      expected: total,
      actual: sums.reduce(addExact, ZERO),
    });
  }

  entry(entry: XmlTree, scope: string, account: string | undefined): void {
    for (const block of this.blocks) this.checkBatch(block, { scope, ...(account !== undefined && { account }) });
    const amount = readExact(textAt(entry, 'Amt') ?? '');
    const side = textAt(entry, 'CdtDbtInd');
    if (amount === undefined || (side !== 'CRDT' && side !== 'DBIT')) return;
    const currency = attributeAt(entry, 'Ccy', 'Amt') ?? '';
    add(this.entries[side], amount);
    if (entryStatusOf(entry) === 'BOOK') {
      add(this.booked[side], amount);
      const ofCurrency = this.bookedByCurrency.get(currency) ?? sides();
      add(ofCurrency[side], amount);
      this.bookedByCurrency.set(currency, ofCurrency);
    }
    const isPlain = nodeAt(entry, 'Chrgs') === undefined;
    if (this.details < 2 || !this.isDetailSumKnown || this.detailCurrency !== currency || !isPlain) return;
    this.ledger.check({
      name: 'entry-details',
      kind: 'amount',
      scope,
      ...(account !== undefined && { account }),
      currency,
      expected: amount,
      actual: this.detailSum,
    });
  }

  closeContainer(tree: XmlTree, balances: readonly XmlTree[], context: AccountContext): void {
    const account = context.account?.value;
    const common = {
      scope: `account ${account ?? '?'}, ${context.id ?? '?'}`,
      ...(account !== undefined && { account }),
    };
    this.checkBalances(balances, common, !startsWithinDay(context.from));
    this.checkSummary(nodeAt(tree, 'TxsSummry'), common);
  }

  /** An account may be kept in several currencies: each has its own opening, entries and closing. */
  private checkBalances(
    balances: readonly XmlTree[],
    common: { scope: string; account?: string },
    isWholeDay: boolean,
  ): void {
    const currencies = new Set(balances.map((balance) => attributeAt(balance, 'Ccy', 'Amt') ?? ''));
    let found = 0;
    for (const currency of currencies) {
      const ofCurrency = balances.filter((balance) => (attributeAt(balance, 'Ccy', 'Amt') ?? '') === currency);
      const [from, to] = this.boundsOf(ofCurrency, isWholeDay).map(signedOf);
      if (from === undefined || to === undefined) continue;
      found += 1;
      const moved = netOf(this.bookedByCurrency.get(currency) ?? sides());
      const control = { name: this.balanceName, kind: 'balance' as const, ...common, currency };
      this.ledger.check({ ...control, expected: to, actual: addExact(from, moved) });
    }
    if (found === 0) this.checkOneCurrency(this.boundsOf(balances, isWholeDay), common);
  }

  /** Opening in one currency and closing in another one: nothing can be added up. */
  private checkOneCurrency(
    [opening, closing]: [XmlTree | undefined, XmlTree | undefined],
    common: { scope: string; account?: string },
  ): void {
    const [from, to] = [signedOf(opening), signedOf(closing)];
    if (from === undefined || to === undefined) return;
    const [expected, actual] = [
      `${exactText(to)} ${attributeAt(closing, 'Ccy', 'Amt') ?? ''}`,
      `opening ${exactText(from)} ${attributeAt(opening, 'Ccy', 'Amt') ?? ''}`,
    ];
    this.ledger.fail({ name: this.balanceName, kind: 'balance', ...common, expected, actual });
  }

  private get balanceName(): string {
    return this.format === 'camt.053' ? 'closing-balance' : 'interim-balance';
  }

  /**
   * Opening and closing balance of the booked entries; of an interim report the first and the last interim balance. One that
   * begins within the day holds the entries since the last report alone, which the day's opening does not know.
   */
  private boundsOf(balances: readonly XmlTree[], isWholeDay: boolean): [XmlTree | undefined, XmlTree | undefined] {
    const ofCode = (code: string): XmlTree[] => balances.filter((balance) => balanceCodeOf(balance) === code);
    const opening = ofCode('OPBD')[0] ?? ofCode('PRCD')[0];
    if (this.format === 'camt.053') return [opening, ofCode('CLBD').at(-1)];
    const interim = ofCode('ITBD');
    if (interim.length > 1) return [interim[0], interim.at(-1)];
    return [isWholeDay ? opening : undefined, interim[0] ?? ofCode('CLBD')[0]];
  }

  private checkSummary(summary: ReturnType<typeof nodeAt>, common: { scope: string; account?: string }): void {
    if (summary === undefined) return;
    // Whether entries that are not booked yet are counted is the bank's choice.
    const [all, booked] = [this.entries, this.booked];
    const both = (read: (totals: SidedTotals) => Totals): [Totals, Totals] => [read(all), read(booked)];
    this.checkTotals('entries', nodeAt(summary, 'TtlNtries'), both(unsigned), common);
    this.checkTotals(
      'credit-entries',
      nodeAt(summary, 'TtlCdtNtries'),
      both((totals) => totals.CRDT),
      common,
    );
    this.checkTotals(
      'debit-entries',
      nodeAt(summary, 'TtlDbtNtries'),
      both((totals) => totals.DBIT),
      common,
    );
    const total = nodeAt(summary, 'TtlNtries');
    const net = readExact(textAt(total, 'TtlNetNtry', 'Amt') ?? textAt(total, 'TtlNetNtryAmt') ?? '');
    const side = textAt(total, 'TtlNetNtry', 'CdtDbtInd') ?? textAt(total, 'CdtDbtInd');
    if (net === undefined) return;
    const expected = side === 'DBIT' ? negated(net) : net;
    this.checkEither('net-entries', expected, [netOf(all), netOf(booked)], common);
  }

  private checkTotals(
    name: string,
    stated: ReturnType<typeof nodeAt>,
    [all, booked]: [Totals, Totals],
    common: { scope: string; account?: string },
  ): void {
    const count = textAt(stated, 'NbOfNtries');
    if (count !== undefined) {
      const counted = Number(count) === booked.count ? booked.count : all.count;
      this.ledger.checkCount({ name: `${name}-count`, ...common }, count, counted);
    }
    const sum = readExact(textAt(stated, 'Sum') ?? '');
    if (sum !== undefined) this.checkEither(`${name}-sum`, sum, [all.sum, booked.sum], common);
  }

  private checkEither(
    name: string,
    expected: Exact,
    [all, booked]: [Exact, Exact],
    common: { scope: string; account?: string },
  ): void {
    const actual = Number(exactText(addExact(expected, negated(booked)))) === 0 ? booked : all;
    this.ledger.check({ name, kind: 'amount', ...common, expected, actual });
  }
}

function unsigned({ CRDT, DBIT }: SidedTotals): Totals {
  return { count: CRDT.count + DBIT.count, sum: addExact(CRDT.sum, DBIT.sum) };
}

function add(totals: Totals, amount: Exact): void {
  totals.count += 1;
  totals.sum = addExact(totals.sum, amount);
}

function signedOf(balance: XmlTree | undefined): Exact | undefined {
  const amount = readExact(textAt(balance, 'Amt') ?? '');
  return amount !== undefined && textAt(balance, 'CdtDbtInd') === 'DBIT' ? negated(amount) : amount;
}

/** True for a period that begins at another time than midnight. */
function startsWithinDay(from: string | undefined): boolean {
  return /T(?!00:00(?::00(?:\.0+)?)?(?:Z|[+-]|$))/.test(from ?? '');
}

/** Counts and adds up the payments of a message and of its blocks; currencies are added as plain numbers, as CtrlSum does. */
export class PaymentControls {
  private group = none();
  private batch = none();
  private readonly currencies = new Set<string>();

  constructor(private readonly ledger: ControlLedger) {}

  /** The currency of all payments of the block; undefined where there are several. */
  get currency(): string | undefined {
    const [currency] = this.currencies;
    return this.currencies.size === 1 && currency !== '' ? currency : undefined;
  }

  openMessage(): void {
    this.group = none();
  }

  openBatch(): void {
    this.batch = none();
    this.currencies.clear();
  }

  payment(tree: XmlTree): void {
    const amount = nodeAt(tree, 'Amt');
    const text = textAt(tree, 'InstdAmt') ?? textAt(amount, 'InstdAmt') ?? textAt(amount, 'EqvtAmt', 'Amt');
    const value = readExact(text ?? '') ?? ZERO;
    add(this.group, value);
    add(this.batch, value);
    const places = [['InstdAmt'], ['Amt', 'InstdAmt'], ['Amt', 'EqvtAmt', 'Amt']];
    this.currencies.add(
      places.map((place) => attributeAt(tree, 'Ccy', ...place)).find((currency) => currency !== undefined) ?? '',
    );
  }

  closeBatch(tree: XmlTree, account: string | undefined): void {
    this.check('batch', tree, this.batch, {
      scope: `batch ${textAt(tree, 'PmtInfId') ?? '?'}`,
      ...(account !== undefined && { account }),
    });
  }

  closeMessage(header: XmlTree | undefined): void {
    this.check('group', header, this.group, { scope: `message ${textAt(header, 'MsgId') ?? '?'}` });
  }

  private check(
    part: string,
    stated: XmlTree | undefined,
    counted: Totals,
    common: { scope: string; account?: string },
  ): void {
    const count = textAt(stated, 'NbOfTxs');
    if (count !== undefined) this.ledger.checkCount({ name: `${part}-count`, ...common }, count, counted.count);
    const sum = readExact(textAt(stated, 'CtrlSum') ?? '');
    if (sum !== undefined)
      this.ledger.check({ name: `${part}-sum`, kind: 'amount', ...common, expected: sum, actual: counted.sum });
  }
}

/** Names of the blocks of a tree, for the header of a file. */
export function namesOf(tree: XmlTree, name: string): string[] {
  return nodesAt(tree, name).map((node) => textAt(node) ?? '');
}
