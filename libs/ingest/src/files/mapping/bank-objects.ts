import { isUsableAliasValue, type Direction, type Money } from '@throughline/canonical';
import type { AccountKey } from '../account-key.js';
import type { JsonMembers } from '../file-record.js';
import { textOf } from './read-body.js';
import type { DraftKey, DraftObject } from './record-draft.js';

/** The account as context of what happened on it. */
export function bankAccount(account: AccountKey | undefined, qualifier = 'account'): DraftObject {
  return {
    ref: 'account',
    type: 'bank-account',
    qualifier,
    keys: account ? [{ kind: account.kind, value: account.value }] : [],
  };
}

/**
 * The key of a statement within account and year. Numbers restart each year, some banks always send 1 and some 0: where the
 * statement is known by a number alone, its closing date is part of the value. The closing date by itself is no key: one
 * account may have two statements of one day. The same id with another sequence number is another statement.
 */
export function statementKey(statement: {
  account: AccountKey | undefined;
  id: string | undefined;
  isNumber: boolean;
  closingDate: string | undefined;
  createdAt?: string | undefined;
  sequence?: string | undefined;
}): DraftKey {
  const { account, id, isNumber, closingDate, createdAt } = statement;
  const year = (closingDate ?? createdAt ?? '').slice(0, 4);
  const scope = [account?.value ?? '', year, statement.sequence ?? ''].filter((part) => part !== '').join('/');
  if (!isNumber) return { kind: 'statement-id', scope, value: id };
  const number = /^0*$/.test(id ?? '') ? undefined : id;
  return { kind: 'statement-id', scope, value: [number, closingDate].filter((part) => part !== undefined).join(' ') };
}

/**
 * By which a statement, or a page of it, that comes again in another file is seen to say something else, and in what the two
 * differ at first sight.
 */
export function contentOf(context: JsonMembers, fileId: string | undefined): Record<string, string | undefined> {
  const pageHash = textOf(context, 'contentHash');
  if (pageHash === undefined) return {};
  const [openingBalance, closingBalance] = [textOf(context, 'openingBalance'), textOf(context, 'closingBalance')];
  return { pageHash, fileId, openingBalance, closingBalance };
}

/** The number of a camt statement within its account: electronic, else legal. */
export function sequenceOf(container: JsonMembers): string | undefined {
  return textOf(container, 'electronicSequence') ?? textOf(container, 'legalSequence');
}

/** Kinds of a cash position, by what its figure says; what will be available on a later day is told before that day has a balance. */
export type PositionKind = 'booked' | 'available' | 'forward-available' | 'intraday' | 'intraday-available';

/** The position of an account in a currency at a value date. */
export function cashPosition(position: {
  account: AccountKey | undefined;
  currency: string | undefined;
  on: string | undefined;
  kind: PositionKind;
  amount: Money | undefined;
  direction: Direction;
  attributes?: Record<string, string | undefined>;
}): DraftObject {
  const { account, currency, on, kind, amount, direction } = position;
  const isKnown = account !== undefined && currency !== undefined && on !== undefined;
  return {
    ref: 'position',
    type: 'cash-position',
    keys: isKnown ? [{ kind: 'position', scope: account.value, value: `${currency}/${on}/${kind}` }] : [],
    amount,
    direction,
    attributes: { ...position.attributes, kind, valueDate: on },
  };
}

/** References by which the documents of a payment chain know it. */
export type PaymentReferences = {
  messageId?: string | undefined;
  paymentInformationId?: string | undefined;
  instructionId?: string | undefined;
  endToEndId?: string | undefined;
  uetr?: string | undefined;
};

/**
 * Keys of a payment. An EndToEndId is no key by itself (senders reuse it): within one message and block it is. A UETR is
 * taken with its message where that is known, because test files and some clearing reports repeat one over messages; the
 * instruction itself (`isOrigin`) states it without as well, so that a bank that names no message finds it.
 */
export function paymentKeys(references: PaymentReferences, isOrigin = false): DraftKey[] {
  const { messageId, paymentInformationId, instructionId, endToEndId, uetr } = references;
  const block =
    messageId !== undefined && paymentInformationId !== undefined ? `${messageId}/${paymentInformationId}` : undefined;
  const lowerUetr = uetr?.toLowerCase();
  return [
    ...(block === undefined ? [] : [{ kind: 'instruction-id', scope: block, value: instructionId }]),
    ...(block === undefined ? [] : [{ kind: 'end-to-end-in-batch', scope: block, value: endToEndId }]),
    { kind: 'uetr', scope: messageId ?? '', value: lowerUetr },
    ...(isOrigin && messageId !== undefined ? [{ kind: 'uetr', value: lowerUetr }] : []),
  ].filter(({ value }) => value !== undefined && isUsableAliasValue(value));
}

/** Keys of a payment batch: the block within its message. */
export function batchKeys({ messageId, paymentInformationId }: PaymentReferences): DraftKey[] {
  if (messageId === undefined || paymentInformationId === undefined) return [];
  return [{ kind: 'payment-information-id', scope: messageId, value: paymentInformationId }];
}

/** The message as the batch of its blocks: a group status speaks of it. */
export function messageBatch(messageId: string | undefined): DraftObject {
  return { ref: 'message', type: 'payment-batch', keys: [{ kind: 'message-id', value: messageId }] };
}
