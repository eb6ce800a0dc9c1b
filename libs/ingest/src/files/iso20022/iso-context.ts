import type { XmlTree } from '../../packs/xml-tree.js';
import { accountKeyOf, type AccountKey } from '../account-key.js';
import type { JsonMembers } from '../file-record.js';
import type { IsoFormat } from '../file-format.js';
import { nodeAt, nodesAt, textAt } from './tree-path.js';

/** What the records of an ISO 20022 file share: read from the parts of the message that stand before them. */
export type IsoContext = {
  format: IsoFormat;
  /** "08" of camt.053.001.08; empty when the file does not say. */
  version: string;
  messageId?: string;
  messageCreatedAt?: string;
  container?: AccountContext | BatchContext | StatusContext;
};

/** Of a statement, report or notification. */
export type AccountContext = {
  id?: string;
  createdAt?: string;
  account?: AccountKey;
  currency?: string;
  electronicSequence?: string;
  legalSequence?: string;
  /** CODU, COPY, DUPL: the message was sent before. */
  copyDuplicate?: string;
  page?: string;
  isLastPage?: string;
  from?: string;
  to?: string;
  closingDate?: string;
  /** Only a balance of the day closes it, so that it goes on. */
  isInterim?: true;
};

/** Of a payment information block (pain.001, pain.008). */
export type BatchContext = {
  paymentInformationId?: string;
  method?: string;
  requestedOn?: string;
  account?: AccountKey;
  party?: string;
  sequenceType?: string;
};

/** Of a status report (pain.002). */
export type StatusContext = {
  originalMessageId?: string;
  originalMessageName?: string;
  groupStatus?: string;
  originalPaymentInformationId?: string;
  batchStatus?: string;
};

/** Reads what stands before the entries of a statement, report or notification. `balances` are its balances so far. */
export function accountContextOf(tree: XmlTree, balances: readonly XmlTree[]): AccountContext {
  const pagination = ['StmtPgntn', 'RptPgntn', 'NtfctnPgntn'].find((name) => nodeAt(tree, name) !== undefined) ?? '';
  const last = (code: string): XmlTree | undefined => balances.findLast((balance) => balanceCodeOf(balance) === code);
  const closing = last('CLBD') ?? last('ITBD');
  return present({
    id: textAt(tree, 'Id'),
    createdAt: textAt(tree, 'CreDtTm'),
    account: accountOf(tree, 'Acct'),
    currency: textAt(tree, 'Acct', 'Ccy'),
    electronicSequence: textAt(tree, 'ElctrncSeqNb'),
    legalSequence: textAt(tree, 'LglSeqNb'),
    copyDuplicate: textAt(tree, 'CpyDplctInd'),
    page: textAt(tree, pagination, 'PgNb'),
    isLastPage: textAt(tree, pagination, 'LastPgInd'),
    from: textAt(tree, 'FrToDt', 'FrDtTm') ?? textAt(tree, 'FrToDt', 'FrDt'),
    to: textAt(tree, 'FrToDt', 'ToDtTm') ?? textAt(tree, 'FrToDt', 'ToDt'),
    closingDate: closing === undefined ? undefined : dateOf(closing, 'Dt'),
    isInterim: closing !== undefined && balanceCodeOf(closing) === 'ITBD' ? true : undefined,
  });
}

/** Reads what stands before the payments of a payment information block. */
export function batchContextOf(tree: XmlTree): BatchContext {
  const side = nodeAt(tree, 'CdtrAcct') === undefined ? 'Dbtr' : 'Cdtr';
  return present({
    paymentInformationId: textAt(tree, 'PmtInfId'),
    method: textAt(tree, 'PmtMtd'),
    requestedOn: dateOf(tree, 'ReqdExctnDt') ?? dateOf(tree, 'ReqdColltnDt'),
    account: accountOf(tree, `${side}Acct`),
    party: textAt(tree, side, 'Nm'),
    sequenceType: textAt(tree, 'PmtTpInf', 'SeqTp'),
  });
}

/** Reads what a status report says of the original message and block. */
export function statusContextOf(group: XmlTree | undefined, batch: XmlTree | undefined): StatusContext {
  return present({
    originalMessageId: textAt(group, 'OrgnlMsgId'),
    originalMessageName: textAt(group, 'OrgnlMsgNmId'),
    groupStatus: textAt(group, 'GrpSts'),
    originalPaymentInformationId: textAt(batch, 'OrgnlPmtInfId'),
    batchStatus: textAt(batch, 'PmtInfSts'),
  });
}

/** The account at a member of a tree, in any of the forms of the versions. */
export function accountOf(tree: XmlTree | undefined, ...path: string[]): AccountKey | undefined {
  return accountKeyOf(
    textAt(tree, ...path, 'Id', 'IBAN') ??
      textAt(tree, ...path, 'Id', 'Othr', 'Id') ??
      textAt(tree, ...path, 'Id', 'BBAN') ??
      textAt(tree, ...path, 'Id', 'PrtryAcct', 'Id'),
  );
}

/** A date, or the date part of a date and time, at a member; versions differ in whether a choice element is round it. */
export function dateOf(tree: XmlTree | undefined, ...path: string[]): string | undefined {
  const text = textAt(tree, ...path, 'Dt') ?? textAt(tree, ...path, 'DtTm') ?? textAt(tree, ...path);
  return text?.slice(0, 10);
}

/** The code of a balance (CLBD …), or the bank's own one. */
export function balanceCodeOf(balance: XmlTree): string {
  return (
    textAt(balance, 'Tp', 'CdOrPrtry', 'Cd') ??
    textAt(balance, 'Tp', 'CdOrPrtry', 'Prtry') ??
    textAt(balance, 'Tp', 'Cd') ??
    ''
  );
}

/** True for the balance of a page: the statement goes on, and it is no balance of the day. */
export function isIntermediate(balance: XmlTree): boolean {
  return textAt(balance, 'Tp', 'SubTp', 'Cd') === 'INTM';
}

/** The code of an entry's status: an element of its own since version 03, in which it may be the bank's own. */
export function entryStatusOf(entry: XmlTree): string {
  return textAt(entry, 'Sts', 'Cd') ?? textAt(entry, 'Sts', 'Prtry') ?? textAt(entry, 'Sts') ?? '';
}

/** All transaction details of an entry that stand in its record. */
export function detailsOf(entry: XmlTree): XmlTree[] {
  return nodesAt(entry, 'NtryDtls').flatMap((details) =>
    nodesAt(details, 'TxDtls').filter((detail): detail is XmlTree => typeof detail === 'object'),
  );
}

/** As stored: a context without its absent members. */
export function isoContextJson(context: object): JsonMembers {
  return context as JsonMembers;
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function present<T extends object>(members: T): Present<T> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Present<T>;
}
