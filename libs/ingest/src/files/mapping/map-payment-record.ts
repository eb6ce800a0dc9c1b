import type { ActivityProblem, Direction } from '@throughline/canonical';
import type { XmlTree } from '../../packs/xml-tree.js';
import type { JsonMembers } from '../file-record.js';
import { accountOf, dateOf } from '../iso20022/iso-context.js';
import { attributeAt, nodeAt, nodesAt, textAt } from '../iso20022/tree-path.js';
import { bankAccount, batchKeys, messageBatch, paymentKeys, type PaymentReferences } from './bank-objects.js';
import { isKnownReason, reasonOf } from './bank-reasons.js';
import { detailAttributes, documentsOf, invoiceObject } from './remittance.js';
import { accountIn, countOf, membersAt, textOf, treeOf, type ReadBody } from './read-body.js';
import { datesOf, moneyOf, type DraftActivity, type DraftObject, type RecordRule } from './record-draft.js';

/** A payment of a pain.001 (money goes out) or a collection of a pain.008 (money comes in). */
export function mapPayment({ context, record }: ReadBody, system: string): RecordRule {
  const tree = treeOf(record);
  const block = membersAt(context, 'container');
  const isCollection = textOf(context, 'format') === 'pain.008';
  const amountAt = ['InstdAmt', 'Amt']
    .map((name) => (name === 'Amt' ? ['Amt', 'InstdAmt'] : [name]))
    .find((path) => nodeAt(tree, ...path) !== undefined) ?? ['Amt', 'EqvtAmt', 'Amt'];
  const { amount, stated } = moneyOf(textAt(tree, ...amountAt), attributeAt(tree, 'Ccy', ...amountAt));
  const references = referencesOf(context, tree);
  const counterparty = textAt(tree, isCollection ? 'Dbtr' : 'Cdtr', 'Nm');
  const keys = paymentKeys(references, true);
  if (keys.length === 0)
    keys.push({
      kind: 'payment-position',
      scope: blockOf(references),
      value: `payment ${countOf(context, 'position')}`,
    });
  const payment: DraftObject = {
    ref: 'payment',
    type: 'payment',
    keys,
    amount,
    direction: isCollection ? 'inflow' : 'outflow',
    counterparty,
    attributes: {
      ...stated,
      ...detailAttributes(tree),
      ...datesOf({ requestedDate: textOf(block, 'requestedOn') }),
      method: textOf(block, 'method'),
      mandateId: textAt(tree, 'DrctDbtTx', 'MndtRltdInf', 'MndtId'),
      sequenceType: textOf(block, 'sequenceType') ?? textAt(tree, 'PmtTpInf', 'SeqTp'),
      counterpartyAccount: accountOf(tree, isCollection ? 'DbtrAcct' : 'CdtrAcct')?.value,
    },
  };
  const documents = documentsOf(tree)
    .filter(({ type }) => type === 'CINV')
    .map(({ number, paid }, index) => ({
      paid,
      object: invoiceObject(number, `invoice ${index}`, isCollection, counterparty, system),
    }));
  const batch: DraftObject = { ref: 'batch', type: 'payment-batch', keys: batchKeys(references) };
  return {
    rule: isCollection ? 'collection-sent' : 'payment-sent',
    activities: [
      {
        type: 'payment.sent',
        objects: [payment, batch, bankAccount(accountIn(block)), ...documents.map(({ object }) => object)],
        links: [
          { from: 'payment', to: 'batch', qualifier: 'batches', amount },
          ...documents.map(({ object, paid }) => ({
            from: object.ref!,
            to: 'payment',
            qualifier: 'settles',
            amount: paid,
          })),
        ],
      },
    ],
  };
}

/** A payment information block. */
export function mapPaymentBatch({ context, record }: ReadBody): RecordRule {
  const block = membersAt(context, 'container');
  const references = {
    messageId: textOf(context, 'messageId'),
    paymentInformationId: textOf(block, 'paymentInformationId'),
  };
  const keys = batchKeys(references);
  // A control sum over several currencies is no amount of money.
  const { amount } = moneyOf(textAt(treeOf(record), 'CtrlSum'), textOf(context, 'currency'));
  const attributes = {
    method: textOf(block, 'method'),
    transactions: textOf(context, 'entries'),
    controlSum: textAt(treeOf(record), 'CtrlSum'),
    batchBooking: textAt(treeOf(record), 'BtchBookg'),
    ...datesOf({ requestedDate: textOf(block, 'requestedOn') }),
  };
  const direction = textOf(context, 'format') === 'pain.008' ? ('inflow' as const) : ('outflow' as const);
  return {
    rule: 'batch-sent',
    activities: [
      {
        type: 'payment-batch.sent',
        objects: [
          {
            ref: 'batch',
            type: 'payment-batch',
            keys,
            amount,
            direction,
            counterparty: textOf(block, 'party'),
            attributes,
          },
          messageBatch(references.messageId),
          bankAccount(accountIn(block)),
        ],
        links: [{ from: 'batch', to: 'message', qualifier: 'gathers' }],
      },
    ],
  };
}

type StatusMeaning = 'accepted' | 'executed' | 'rejected' | 'held' | 'cancelled' | 'reported';

const BLOCKED = 'BLCK';
const BLOCKED_REASON = {
  taxonomy: 'cash-and-payment.held-by-screening-or-limit',
  meaning: 'the payment is neither paid out nor returned',
};

const STATUS: Readonly<Record<string, StatusMeaning>> = {
  ACTC: 'accepted',
  ACCP: 'accepted',
  ACSP: 'accepted',
  ACWC: 'accepted',
  ACWP: 'accepted',
  ACFC: 'accepted',
  ACPD: 'accepted',
  PART: 'accepted',
  PATC: 'accepted',
  RCVD: 'reported',
  // The debtor's account is debited; ACCC: the creditor has it too.
  ACSC: 'executed',
  ACCC: 'executed',
  PDNG: 'held',
  RJCT: 'rejected',
  // Neither paid out nor returned: kept by a bank of the chain.
  BLCK: 'held',
  CANC: 'cancelled',
};

/** The status of one payment of a pain.002; without one of its own it has that of its block or message. */
export function mapPaymentStatus({ context, record }: ReadBody): RecordRule {
  const tree = treeOf(record);
  const block = membersAt(context, 'container');
  const status = textAt(tree, 'TxSts') ?? textOf(block, 'batchStatus') ?? textOf(block, 'groupStatus') ?? '';
  const meaning = STATUS[status] ?? 'reported';
  const references: PaymentReferences = {
    messageId: textOf(block, 'originalMessageId'),
    paymentInformationId: textOf(block, 'originalPaymentInformationId') ?? textAt(tree, 'OrgnlPmtInfId'),
    instructionId: textAt(tree, 'OrgnlInstrId'),
    // The second one of a block may be of any payment that has it.
    endToEndId: countOf(context, 'occurrence') > 1 ? undefined : textAt(tree, 'OrgnlEndToEndId'),
    uetr: textAt(tree, 'OrgnlUETR'),
  };
  const original = nodeAt(tree, 'OrgnlTxRef');
  const at =
    [['Amt', 'InstdAmt'], ['IntrBkSttlmAmt'], ['InstdAmt']].find((path) => textAt(original, ...path) !== undefined) ??
    [];
  const { amount, stated } = moneyOf(textAt(original, ...at), attributeAt(original, 'Ccy', ...at));
  const direction = directionOfOriginal(block);
  const keys = paymentKeys(references);
  if (keys.length === 0)
    keys.push({
      kind: 'status-transaction',
      scope: [blockOf(references), textOf(context, 'messageId')].filter((part) => part !== undefined).join('/'),
      value: textAt(tree, 'StsId') ?? `transaction ${countOf(context, 'position')}`,
    });
  const payment: DraftObject = {
    ref: 'payment',
    type: 'payment',
    keys,
    amount,
    direction,
    counterparty: partyOf(original, direction === 'inflow' ? 'Dbtr' : 'Cdtr'),
    attributes: {
      ...stated,
      status,
      endToEndId: textAt(tree, 'OrgnlEndToEndId'),
      ...datesOf({ requestedDate: originalDate(original) }),
      acceptedAt: textAt(tree, 'AccptncDtTm'),
      accountServicerReference: textAt(tree, 'AcctSvcrRef'),
      clearingReference: textAt(tree, 'ClrSysRef'),
    },
  };
  const batch: DraftObject = { ref: 'batch', type: 'payment-batch', keys: batchKeys(references) };
  const problem = meaning === 'rejected' || status === BLOCKED ? rejection(tree, status) : undefined;
  const activity: DraftActivity = {
    type: `payment.${meaning}`,
    objects: [payment, batch],
    links: [{ from: 'payment', to: 'batch', qualifier: 'batches' }],
    ...(problem !== undefined && { problem }),
  };
  return { rule: `payment-${meaning}`, activities: [activity] };
}

/** The status of a block, or of the whole message. A rejection is a problem here only where no payment below it says it. */
export function mapBatchStatus({ context, record }: ReadBody, isGroup: boolean): RecordRule {
  const tree = treeOf(record);
  const block = membersAt(context, 'container');
  const messageId = textOf(block, 'originalMessageId');
  const paymentInformationId = textAt(tree, 'OrgnlPmtInfId');
  // A block without a status of its own shares that of its message.
  const status = textAt(tree, isGroup ? 'GrpSts' : 'PmtInfSts') ?? textOf(block, 'groupStatus') ?? '';
  const meaning = STATUS[status] ?? 'reported';
  const attributes = {
    status,
    originalMessage: textOf(block, 'originalMessageName'),
    transactions: textAt(tree, 'OrgnlNbOfTxs'),
  };
  const message = messageBatch(messageId);
  const batch: DraftObject = {
    ref: 'batch',
    type: 'payment-batch',
    keys: batchKeys({ messageId, paymentInformationId }),
    direction: directionOfOriginal(block),
    attributes,
  };
  const isToldBelow = countOf(context, isGroup ? 'transactions' : 'entries') > 0;
  const problem = meaning === 'rejected' && !isToldBelow ? rejection(tree, status) : undefined;
  return {
    rule: `${isGroup ? 'group' : 'batch'}-${meaning}`,
    activities: [
      {
        type: `payment-batch.${meaning}`,
        objects: isGroup ? [{ ...message, attributes }] : [batch, message],
        links: isGroup ? [] : [{ from: 'batch', to: 'message', qualifier: 'gathers' }],
        ...(problem !== undefined && { problem }),
      },
    ],
  };
}

function referencesOf(context: JsonMembers, tree: XmlTree): PaymentReferences {
  return {
    messageId: textOf(context, 'messageId'),
    paymentInformationId: textOf(membersAt(context, 'container'), 'paymentInformationId'),
    instructionId: textAt(tree, 'PmtId', 'InstrId'),
    endToEndId: countOf(context, 'occurrence') > 1 ? undefined : textAt(tree, 'PmtId', 'EndToEndId'),
    uetr: textAt(tree, 'PmtId', 'UETR'),
  };
}

function blockOf({ messageId, paymentInformationId }: PaymentReferences): string {
  return [messageId, paymentInformationId].filter((part) => part !== undefined).join('/');
}

/** Which way the money of the original message goes; undefined for a message that is neither transfer nor collection. */
function directionOfOriginal(block: JsonMembers): Direction | undefined {
  const name = textOf(block, 'originalMessageName')?.toLowerCase() ?? '';
  return name.startsWith('pain.008') ? 'inflow' : name.startsWith('pain.001') ? 'outflow' : undefined;
}

/** Since version 09 of the status report a party stands within a choice. */
function partyOf(original: ReturnType<typeof nodeAt>, side: 'Dbtr' | 'Cdtr'): string | undefined {
  return textAt(original, side, 'Nm') ?? textAt(original, side, 'Pty', 'Nm');
}

function originalDate(original: ReturnType<typeof nodeAt>): string | undefined {
  if (typeof original !== 'object' || Array.isArray(original)) return undefined;
  return dateOf(original, 'ReqdExctnDt') ?? dateOf(original, 'ReqdColltnDt') ?? dateOf(original, 'IntrBkSttlmDt');
}

/** Of several reasons the first that the external code set knows; banks write such codes as proprietary ones too. */
function rejection(tree: XmlTree, status: string): ActivityProblem {
  const reasons = nodesAt(tree, 'StsRsnInf').map((item) => ({
    code: textAt(item, 'Rsn', 'Cd') ?? textAt(item, 'Rsn', 'Prtry') ?? textAt(item, 'StsRsn', 'Cd') ?? '',
    said: nodesAt(item, 'AddtlInf')
      .map((text) => textAt(text))
      .filter((text) => text !== undefined)
      .join(' '),
  }));
  const main = reasons.find(({ code }) => isKnownReason(code)) ?? reasons[0];
  const said = reasons
    .map((reason) => reason.said)
    .filter((text) => text !== '')
    .join('; ');
  const { taxonomy, meaning } = main === undefined && status === BLOCKED ? BLOCKED_REASON : reasonOf(main?.code);
  return {
    taxonomy,
    discriminators: { reason: main?.code ?? status },
    message:
      said === ''
        ? `${status === BLOCKED ? 'blocked' : 'rejected'} by the bank${main ? ` (${main.code})` : ''}: ${meaning}`
        : said,
  };
}
