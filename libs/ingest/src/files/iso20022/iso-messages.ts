import type { IsoFormat } from '../file-format.js';

/** A part of a message that becomes records: `type` names its own record, `items` those of its repeated children. */
export type IsoContainer = { type: string; items: Readonly<Record<string, string>> };

/** How a message is cut into records, by local element names. */
export type IsoMessage = {
  format: IsoFormat;
  /** Without the version that the oldest ones carry in the element's name. */
  element: string;
  containers: Readonly<Record<string, IsoContainer>>;
  /** Children of the message that are records by themselves. */
  leaves: Readonly<Record<string, string>>;
};

const ACCOUNT_ITEMS = { Bal: 'balance', Ntry: 'entry' };

/** The messages that are taken. */
export const ISO_MESSAGES: readonly IsoMessage[] = [
  {
    format: 'camt.052',
    element: 'BkToCstmrAcctRpt',
    containers: { Rpt: { type: 'report', items: ACCOUNT_ITEMS } },
    leaves: {},
  },
  {
    format: 'camt.053',
    element: 'BkToCstmrStmt',
    containers: { Stmt: { type: 'statement', items: ACCOUNT_ITEMS } },
    leaves: {},
  },
  {
    format: 'camt.054',
    element: 'BkToCstmrDbtCdtNtfctn',
    containers: { Ntfctn: { type: 'notification', items: { Ntry: 'entry' } } },
    leaves: {},
  },
  {
    format: 'pain.001',
    element: 'CstmrCdtTrfInitn',
    containers: { PmtInf: { type: 'batch', items: { CdtTrfTxInf: 'payment' } } },
    leaves: {},
  },
  {
    format: 'pain.008',
    element: 'CstmrDrctDbtInitn',
    containers: { PmtInf: { type: 'batch', items: { DrctDbtTxInf: 'payment' } } },
    leaves: {},
  },
  {
    format: 'pain.002',
    element: 'CstmrPmtStsRpt',
    // Before version 03 the group and its transactions stand beside each other.
    containers: { OrgnlPmtInfAndSts: { type: 'batch', items: { TxInfAndSts: 'transaction' } } },
    leaves: { OrgnlGrpInfAndSts: 'group', TxInfAndSts: 'transaction' },
  },
];

const BY_ELEMENT = new Map(ISO_MESSAGES.map((message) => [message.element, message]));
/** Messages of the family that are known by name and not taken, so that a refusal can name them. */
const NAMED_ONLY =
  /^(?:FIToFI|PmtRtr|CstmrPmtCxlReq|RsltnOfInvstgtn|FIToFIPmtStsRpt|CdtrPmtActvtnReq|AcctOpng|BkSvcsBllgStmt)/;
/** Message names of version 1 and 2: `pain.001.001.02`, `BkToCstmrStmtV01`. */
const OLD_NAME = /^(?:(camt\.05[234]|pain\.00[128])\.\d{3}\.\d{2}|([A-Za-z]+)V\d{2})$/;

/** The message that an element begins; undefined for an envelope round it. */
export function messageOfElement(localName: string): IsoMessage | undefined {
  const exact = BY_ELEMENT.get(localName);
  if (exact) return exact;
  const [, id, name] = OLD_NAME.exec(localName) ?? [];
  if (id !== undefined) return ISO_MESSAGES.find((message) => message.format === id);
  return name === undefined ? undefined : BY_ELEMENT.get(name);
}

/** True for the element of an ISO 20022 message that no format of the contract takes. */
export function isOtherMessage(localName: string): boolean {
  return NAMED_ONLY.test(localName);
}

const NAMESPACE = /(camt\.\d{3}|pain\.\d{3}|pacs\.\d{3})\.(\d{3})\.(\d{2})/;

/** Message and version that a namespace names: urn:iso:std:iso:20022:tech:xsd:camt.053.001.08. */
export function versionOfNamespace(uri: string | undefined): { message: string; version: string } | undefined {
  const [, message, , version] = NAMESPACE.exec(uri ?? '') ?? [];
  return message === undefined || version === undefined ? undefined : { message, version };
}
