import { isUsableAliasValue, type Money } from '@throughline/canonical';
import type { XmlTree } from '../../packs/xml-tree.js';
import type { AccountKey } from '../account-key.js';
import type { JsonMembers } from '../file-record.js';
import { dateOf, detailsOf, entryStatusOf } from '../iso20022/iso-context.js';
import { attributeAt, isYes, nodeAt, nodesAt, textAt } from '../iso20022/tree-path.js';
import { bankAccount, batchKeys, paymentKeys, sequenceOf, type PaymentReferences } from './bank-objects.js';
import { GERMAN_RETURN_CODES, RETURN_SUB_FAMILIES } from './bank-reasons.js';
import { amountAttributes, wayToEntry } from './entry-amounts.js';
import { partOf, returnOf, type Entry, type PaymentPart } from './entry-returns.js';
import { isoStatement } from './map-account-record.js';
import { detailAttributes, documentsOf, invoiceObject } from './remittance.js';
import { accountIn, countOf, membersAt, textOf, treeOf, type ReadBody } from './read-body.js';
import {
  datesOf,
  directionOf,
  localDateOf,
  moneyOf,
  type DraftActivity,
  type DraftKey,
  type DraftObject,
  type RecordRule,
} from './record-draft.js';
import {
  paymentOfEntryKeys,
  returned,
  returningEntryKey,
  returnLinks,
  returnObject,
  type DraftLink,
  type ReturnReason,
} from './returned-payment.js';

/**
 * An entry of a statement (booked), a report or a notification (reported): one and the same entry comes up to three times
 * and is one bank entry, by the bank's reference or the UETR. Where it has neither it is known by its place in its statement.
 */
export function mapEntry({ context, record }: ReadBody, system: string): RecordRule {
  const tree = treeOf(record);
  const unreadable = (unmapped: string, element: string): RecordRule => ({
    rule: 'entry',
    unmapped,
    place: `/record/${element}`,
  });
  // Without its side an amount would be counted the wrong way every second time.
  if (!['CRDT', 'DBIT'].includes(textAt(tree, 'CdtDbtInd') ?? ''))
    return unreadable('the entry says neither CRDT nor DBIT', 'CdtDbtInd');
  if (textAt(tree, 'Amt') === undefined) return unreadable('the entry has no amount', 'Amt');
  const details = detailsOf(tree);
  const entry = entryOf(context, tree, details);
  const isBooked = textOf(context, 'format') === 'camt.053' && entryStatusOf(tree) === 'BOOK';
  const currency = attributeAt(tree, 'Ccy', 'Amt');
  const { amount, stated } = moneyOf(textAt(tree, 'Amt'), currency);
  const subject: DraftObject = {
    ref: 'entry',
    type: 'bank-entry',
    keys: entry.keys,
    amount,
    direction: entry.direction,
    counterparty: details.length === 1 ? counterpartyOf(details[0]!, entry.isCredit, entry.isTakenBack) : undefined,
    attributes: { ...stated, ...entryAttributes(context, tree, details) },
  };
  const batch = batchOf(tree, details);
  const blocks = nodesAt(tree, 'NtryDtls').flatMap((block) => nodesAt(block, 'TxDtls').map(() => block));
  const parts = details.map((detail, index) =>
    paymentPart(
      {
        detail,
        index,
        messageId: textAt(blocks[index], 'Btch', 'MsgId') ?? textAt(tree, 'NtryDtls', 'Btch', 'MsgId'),
        paymentInformationId: textAt(blocks[index], 'Btch', 'PmtInfId'),
        amount: details.length === 1 ? amount : undefined,
        tree,
        // Of a batch booking each has to be known: without references of their own, by their place.
        isAlwaysNamed: details.length > 1 && hasAmount(detail),
      },
      entry,
      system,
    ),
  );
  const activity: DraftActivity = {
    type: isBooked ? 'bank-entry.booked' : 'bank-entry.reported',
    objects: [
      subject,
      isoStatement(context),
      bankAccount(entry.account),
      ...(batch ? [batch] : []),
      ...parts.flatMap(({ objects }) => objects),
    ],
    links: [
      { from: 'entry', to: 'statement', qualifier: 'gathers', amount },
      { from: 'batch', to: 'entry', qualifier: 'books', amount },
      ...parts.flatMap(({ links }) => links),
      ...parts.flatMap((part) => ofBatch(part, batch)),
    ],
  };
  const returns = details.flatMap((detail, index) => returnOf(detail, parts[index]!, entry, subject));
  if (returns.length === 0) returns.push(...returnsByCode(tree, details, parts, entry, subject));
  const booked = isBooked && batch !== undefined && !entry.isTakenBack ? [batchBooked(batch, subject)] : [];
  return { rule: isBooked ? 'entry-booked' : 'entry-reported', activities: [activity, ...booked, ...returns] };
}

/** An entry whose bank transaction code says "returned" takes back each of its payments. */
function returnsByCode(
  tree: XmlTree,
  details: readonly XmlTree[],
  parts: readonly PaymentPart[],
  entry: Entry,
  subject: DraftObject,
): DraftActivity[] {
  if (entry.returnCode === undefined) return [];
  const saidOf = (detail: XmlTree | undefined): string =>
    textAt(tree, 'AddtlNtryInf') ?? textAt(detail, 'AddtlTxInf') ?? '';
  const reason = (detail: XmlTree | undefined): ReturnReason => ({ code: entry.returnCode, said: saidOf(detail) });
  if (details.length <= 1) return returned(reason(details[0]), parts[0]?.objects[0], entry, subject);
  return parts.flatMap((part, index) =>
    part.objects[0] === undefined
      ? []
      : returned(reason(details[index]), part.objects[0], entry, partOf(part, subject)),
  );
}

/** What the bank books in one sum with its batch is a part of it. */
function ofBatch(
  { objects: [payment], references, isTakenBack }: PaymentPart,
  batch: DraftObject | undefined,
): DraftLink[] {
  const [key] = batchKeys(references);
  if (payment === undefined || key === undefined || batch === undefined || isTakenBack) return [];
  if (!batch.keys.some(({ scope, value }) => scope === key.scope && value === key.value)) return [];
  return [{ from: payment.ref!, to: 'batch', qualifier: 'batches', amount: payment.amount }];
}

function hasAmount(detail: XmlTree): boolean {
  return (textAt(detail, 'Amt') ?? textAt(detail, 'AmtDtls', 'TxAmt', 'Amt')) !== undefined;
}

/** An entry for a batch books it, whole or the part that was not rejected. */
function batchBooked(batch: DraftObject, { keys }: DraftObject): DraftActivity {
  return {
    type: 'payment-batch.booked',
    objects: [batch, { ref: 'entry', type: 'bank-entry', keys, qualifier: 'related' }],
  };
}

/** A transaction of a batch booking that has so many that they are records of their own. */
export function mapEntryTransaction({ context, record }: ReadBody, system: string): RecordRule {
  const detail = treeOf(record);
  const of = membersAt(context, 'entry');
  const isCredit = textOf(of, 'side') !== 'DBIT';
  const account = accountIn(membersAt(context, 'container'));
  const position = countOf(of, 'position');
  const keys = referenceKeys(account, textOf(of, 'reference'), countOf(of, 'occurrence')) ?? [
    placeKey(context, account, position),
  ];
  const entry: Entry = {
    account,
    isCredit,
    direction: directionOf(isCredit),
    keys,
    valueOn: undefined,
    isTakenBack: false,
    returnCode: undefined,
  };
  const number = countOf(context, 'detail');
  const transaction = {
    detail,
    index: number - 1,
    messageId: textOf(of, 'messageId'),
    paymentInformationId: textOf(of, 'paymentInformationId'),
    amount: undefined,
    tree: undefined,
    isAlwaysNamed: true,
  };
  const part = paymentPart(transaction, entry, system);
  const subject: DraftObject = { ref: 'entry', type: 'bank-entry', keys, direction: entry.direction };
  const [payment, ...documents] = part.objects;
  if (payment === undefined) return { rule: 'entry-transaction', unmapped: 'the transaction could not be read' };
  const objects = [payment, subject, bankAccount(account), ...documents];
  const activities: DraftActivity[] = [{ type: 'payment.reported', objects, links: part.links }];
  return { rule: 'entry-transaction', activities: [...activities, ...returnOf(detail, part, entry, subject)] };
}

function entryOf(context: JsonMembers, tree: XmlTree, details: readonly XmlTree[]): Entry {
  const account = accountIn(membersAt(context, 'container'));
  const isCredit = textAt(tree, 'CdtDbtInd') !== 'DBIT';
  // The references of a single transaction are those of its entry; of several none is.
  const only = countOf(context, 'details') <= 1 ? details[0] : undefined;
  const reference = [textAt(tree, 'AcctSvcrRef'), textAt(only, 'Refs', 'AcctSvcrRef')].find(isReference);
  const uetr = textAt(only, 'Refs', 'UETR')?.toLowerCase();
  const messageId = textAt(only, 'Refs', 'MsgId');
  // Both sides of a transfer between own accounts, and a return, carry the same UETR.
  const uetrScope = [account?.value, isCredit ? 'CRDT' : 'DBIT', messageId]
    .filter((part) => part !== undefined)
    .join('/');
  const keys: DraftKey[] = [
    ...(referenceKeys(account, reference, countOf(context, 'occurrence')) ?? []),
    ...(uetr === undefined ? [] : [{ kind: 'uetr', scope: uetrScope, value: uetr }]),
  ];
  if (keys.length === 0) keys.push(placeKey(context, account, countOf(context, 'position')));
  const returnCode = returnCodeOf(tree) ?? returnCodeOf(only);
  const isTakenBack = isYes(tree, 'RvslInd') || returnCode !== undefined;
  const valueOn = localDateOf(dateOf(tree, 'ValDt'));
  if (isTakenBack || details.some((detail) => nodeAt(detail, 'RtrInf') !== undefined)) {
    const { amount } = moneyOf(textAt(tree, 'Amt'), attributeAt(tree, 'Ccy', 'Amt'));
    const occurrence = countOf(context, 'occurrence');
    keys.push(...returningEntryKey({ account, reference, isCredit, amount, valueOn, occurrence }));
  }
  return { account, isCredit, direction: directionOf(isCredit), keys, valueOn, isTakenBack, returnCode };
}

/** The part of a bank transaction code that says "returned"; undefined for all others. */
function returnCodeOf(tree: XmlTree | undefined): string | undefined {
  const code = nodeAt(tree, 'BkTxCd');
  const subFamily = textAt(code, 'Domn', 'Fmly', 'SubFmlyCd');
  if (subFamily !== undefined && RETURN_SUB_FAMILIES.has(subFamily)) return subFamily;
  // German banks: SWIFT code, business transaction code, prima nota: NRTI+109+00931.
  const [, german] = /^N[A-Z0-9]{3}\+(\d{3})(?:\+|$)/.exec(textAt(code, 'Prtry', 'Cd') ?? '') ?? [];
  return german !== undefined && GERMAN_RETURN_CODES.has(german) ? german : undefined;
}

function referenceKeys(
  account: AccountKey | undefined,
  reference: string | undefined,
  occurrence: number,
): DraftKey[] | undefined {
  // a bank gives a reference on one account; of an account that is not named it says nothing
  if (!isReference(reference) || account === undefined) return undefined;
  const again = occurrence > 1 ? `#${occurrence}` : '';
  return [{ kind: 'account-servicer-reference', scope: `${account.value}${again}`, value: reference }];
}

/** False for NOTPROVIDED and the like. */
function isReference(text: string | undefined): text is string {
  return text !== undefined && isUsableAliasValue(text);
}

/**
 * Statement id and position; a report's id may be the same every day, and a statement's of accounts that are not named, so its
 * message goes with it.
 */
function placeKey(context: JsonMembers, account: AccountKey | undefined, position: number): DraftKey {
  const container = membersAt(context, 'container');
  const isStatement = textOf(context, 'format') === 'camt.053';
  const place = [
    account?.value,
    isStatement && account !== undefined ? undefined : textOf(context, 'messageId'),
    textOf(container, 'id'),
    isStatement ? sequenceOf(container) : undefined,
    textOf(container, 'page'),
  ];
  return {
    kind: 'entry-position',
    scope: place.filter((part) => part !== undefined).join('/'),
    value: `entry ${position}`,
  };
}

function entryAttributes(
  context: JsonMembers,
  tree: XmlTree,
  details: readonly XmlTree[],
): Record<string, string | undefined> {
  const only = details.length === 1 ? details[0] : undefined;
  const bankCode = nodeAt(tree, 'BkTxCd');
  const domain = [
    textAt(bankCode, 'Domn', 'Cd'),
    textAt(bankCode, 'Domn', 'Fmly', 'Cd'),
    textAt(bankCode, 'Domn', 'Fmly', 'SubFmlyCd'),
  ];
  return {
    ...datesOf({ bookingDate: dateOf(tree, 'BookgDt'), valueDate: dateOf(tree, 'ValDt') }),
    status: entryStatusOf(tree),
    isReversal: isYes(tree, 'RvslInd') ? 'true' : undefined,
    bankTransactionCode: domain.filter((part) => part !== undefined).join('/'),
    proprietaryCode: textAt(bankCode, 'Prtry', 'Cd'),
    accountServicerReference: textAt(tree, 'AcctSvcrRef'),
    entryReference: textAt(tree, 'NtryRef'),
    information: textAt(tree, 'AddtlNtryInf'),
    ...amountAttributes(tree, only),
    transactions: countOf(context, 'details') > 1 ? String(countOf(context, 'details')) : undefined,
    ...(only !== undefined && detailAttributes(only)),
  };
}

/** Banks keep the roles of the first payment when they take one back: then the other side is looked at too. */
function counterpartyOf(detail: XmlTree, isCredit: boolean, isTakenBack: boolean): string | undefined {
  const name = (party: string): string | undefined =>
    textAt(detail, 'RltdPties', party, 'Nm') ?? textAt(detail, 'RltdPties', party, 'Pty', 'Nm');
  const [near, far] = isCredit ? ['Dbtr', 'Cdtr'] : ['Cdtr', 'Dbtr'];
  return name(near!) ?? name(`Ultmt${near!}`) ?? (isTakenBack ? name(far!) : undefined);
}

function batchOf(tree: XmlTree, details: readonly XmlTree[]): DraftObject | undefined {
  const batch = nodeAt(tree, 'NtryDtls', 'Btch');
  const first = nodeAt(details[0], 'Refs');
  const references = {
    messageId: textAt(batch, 'MsgId') ?? textAt(first, 'MsgId'),
    paymentInformationId: textAt(batch, 'PmtInfId') ?? (details.length > 1 ? textAt(first, 'PmtInfId') : undefined),
  };
  const keys = batchKeys(references);
  return keys.length === 0 ? undefined : { ref: 'batch', type: 'payment-batch', keys };
}

/** A transaction of an entry; its message, block and amount where the entry says them for it. */
type Transaction = {
  detail: XmlTree;
  index: number;
  messageId: string | undefined;
  paymentInformationId: string | undefined;
  /** Of the entry, where it is its only one. */
  amount: Money | undefined;
  /** The entry, where it is at hand. */
  tree: XmlTree | undefined;
  /** Has to be known although it has no reference. */
  isAlwaysNamed: boolean;
};

function paymentPart(transaction: Transaction, entry: Entry, system: string): PaymentPart {
  const { detail, index, isAlwaysNamed } = transaction;
  const references: PaymentReferences = {
    messageId: textAt(detail, 'Refs', 'MsgId') ?? transaction.messageId,
    paymentInformationId: textAt(detail, 'Refs', 'PmtInfId') ?? transaction.paymentInformationId,
    instructionId: textAt(detail, 'Refs', 'InstrId'),
    endToEndId: textAt(detail, 'Refs', 'EndToEndId'),
    uetr: textAt(detail, 'Refs', 'UETR'),
  };
  const at = nodeAt(detail, 'Amt') === undefined ? ['AmtDtls', 'TxAmt', 'Amt'] : ['Amt'];
  const { amount = transaction.amount } = moneyOf(textAt(detail, ...at), attributeAt(detail, 'Ccy', ...at));
  const invoices = documentsOf(detail).filter(({ type }) => type === 'CINV');
  const keys = paymentKeys(references);
  // A payment that is known by its entry alone is needed only where it joins documents to the entry.
  if (keys.length === 0 && (invoices.length > 0 || isAlwaysNamed)) keys.push(...paymentOfEntryKeys(entry, index + 1));
  if (keys.length === 0) return { objects: [], links: [], references, isTakenBack: false };
  const ref = `payment ${index}`;
  const isTakenBack = entry.isTakenBack || nodeAt(detail, 'RtrInf') !== undefined;
  const counterparty = counterpartyOf(detail, entry.isCredit, isTakenBack);
  // What is taken back went the other way: the documents of a collection that came back are invoices of ours.
  const wasCredit = entry.isCredit !== isTakenBack;
  const way = wayToEntry({ detail, amount, ofEntry: transaction.amount }, transaction.tree, entry.isCredit);
  const payment: DraftObject = {
    ref,
    type: 'payment',
    keys,
    // What takes a payment back says nothing of its amount and direction.
    ...(!isTakenBack && { amount: way.paid, direction: entry.direction }),
    counterparty,
    attributes: detailAttributes(detail),
  };
  const documents = invoices.map((invoice, position) => ({
    ...invoice,
    object: invoiceObject(invoice.number, `${ref} invoice ${position}`, wasCredit, counterparty, system),
  }));
  const back = isTakenBack ? returnObject(entry, payment, index, amount, counterparty) : undefined;
  return {
    objects: [payment, ...(back === undefined ? [] : [back]), ...documents.map(({ object }) => object)],
    links: [
      ...(back === undefined
        ? [
            { from: ref, to: 'entry', qualifier: 'books', amount: way.booked },
            ...way.explained.map((link) => ({ from: ref, to: 'entry', ...link })),
          ]
        : returnLinks(ref, back)),
      ...documents.map(({ object, paid }) => ({ from: object.ref!, to: ref, qualifier: 'settles', amount: paid })),
    ],
    references,
    isTakenBack,
  };
}
