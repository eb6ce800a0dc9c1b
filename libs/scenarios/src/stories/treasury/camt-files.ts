import type { FileSignal } from '../../file-signal.js';
import type { BankAccount } from './bank-accounts.js';

/** An entry as a bank reports it in camt.052, camt.053 and camt.054. */
export type CamtEntry = {
  amount: string;
  side: 'CRDT' | 'DBIT';
  /** The bank's own reference (AcctSvcrRef): the same in every report on the entry. */
  reference: string;
  bookedOn: string;
  information?: string;
  /** A batch that was booked in one sum. */
  batch?: { messageId: string; paymentInformationId: string; transactions: number };
  /** Its only transaction. */
  transaction?: CamtTransaction;
};

export type CamtTransaction = {
  uetr?: string;
  endToEndId?: string;
  counterparty?: string;
  /** What was sent, where the bank took its charges from it. */
  amount?: string;
  charges?: string;
  /** Invoices that it pays, each with its part. */
  invoices?: readonly { number: string; paid: string }[];
  /** Reason for which a payment came back (code of the external code set). */
  returnReason?: string;
};

/** A message about one account. */
export type CamtMessage = {
  format: 'camt.052' | 'camt.053' | 'camt.054';
  account: BankAccount;
  id: string;
  /** Differs where a bank sends the same statement again. */
  messageId?: string;
  isDuplicate?: boolean;
  /** Electronic sequence number within the account. */
  sequence?: number;
  createdAt: string;
  receivedAt: string;
  /** Booked balances, of statements alone. */
  opening?: { amount: string; on: string };
  closing?: { amount: string; on: string };
  entries: readonly CamtEntry[];
};

const CONTAINERS = {
  'camt.052': ['BkToCstmrAcctRpt', 'Rpt'],
  'camt.053': ['BkToCstmrStmt', 'Stmt'],
  'camt.054': ['BkToCstmrDbtCdtNtfctn', 'Ntfctn'],
} as const;

/** The message as the bank writes it (version 08), as Kyriba passes it on. */
export function camtFile(message: CamtMessage): FileSignal {
  const { format, account, id, createdAt, entries, opening, closing, sequence, isDuplicate = false } = message;
  const { messageId = `M-${id}`, receivedAt } = message;
  const [root, container] = CONTAINERS[format];
  const number = account.number.startsWith('DE')
    ? `<IBAN>${account.number}</IBAN>`
    : `<Othr><Id>${account.number}</Id></Othr>`;
  const body = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${format}.001.08"><${root}>`,
    `<GrpHdr><MsgId>${messageId}</MsgId><CreDtTm>${createdAt}</CreDtTm></GrpHdr>`,
    `<${container}><Id>${id}</Id>${optional('ElctrncSeqNb', sequence)}<CreDtTm>${createdAt}</CreDtTm>`,
    optional('CpyDplctInd', isDuplicate ? 'DUPL' : undefined),
    `<Acct><Id>${number}</Id><Ccy>${account.currency}</Ccy></Acct>`,
    opening === undefined ? '' : balance('OPBD', opening, account.currency),
    closing === undefined ? '' : balance('CLBD', closing, account.currency),
    ...entries.map((entry) => entryElement(entry, account.currency)),
    `</${container}></${root}></Document>`,
  ];
  return {
    name: `${format} ${id}`,
    protocol: 'file',
    headers: { 'content-type': 'application/xml' },
    format,
    source: 'kyriba',
    fileName: `${messageId}.xml`,
    receivedAt,
    body: body.filter((line) => line !== '').join('\n'),
  };
}

function balance(code: string, { amount, on }: { amount: string; on: string }, currency: string): string {
  return (
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">${amount}</Amt>` +
    `<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${on}</Dt></Dt></Bal>`
  );
}

function entryElement(entry: CamtEntry, currency: string): string {
  const { amount, side, reference, bookedOn, information, batch, transaction } = entry;
  const details = [
    batch &&
      `<Btch><MsgId>${batch.messageId}</MsgId><PmtInfId>${batch.paymentInformationId}</PmtInfId>` +
        `<NbOfTxs>${batch.transactions}</NbOfTxs></Btch>`,
    transaction && transactionElement(transaction, entry, currency),
  ].filter((part) => part !== undefined);
  return (
    `<Ntry><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${side}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>` +
    `<BookgDt><Dt>${bookedOn}</Dt></BookgDt><ValDt><Dt>${bookedOn}</Dt></ValDt><AcctSvcrRef>${reference}</AcctSvcrRef>` +
    (details.length === 0 ? '' : `<NtryDtls>${details.join('')}</NtryDtls>`) +
    `${optional('AddtlNtryInf', information)}</Ntry>`
  );
}

function transactionElement(transaction: CamtTransaction, entry: CamtEntry, currency: string): string {
  const { uetr, endToEndId, counterparty, amount = entry.amount, charges, invoices = [], returnReason } = transaction;
  const side = entry.side === 'CRDT' ? 'Dbtr' : 'Cdtr';
  const documents = invoices.map(
    ({ number, paid }) =>
      `<Strd><RfrdDocInf><Tp><CdOrPrtry><Cd>CINV</Cd></CdOrPrtry></Tp><Nb>${number}</Nb></RfrdDocInf>` +
      `<RfrdDocAmt><RmtdAmt Ccy="${currency}">${paid}</RmtdAmt></RfrdDocAmt></Strd>`,
  );
  return [
    `<TxDtls><Refs>${optional('EndToEndId', endToEndId)}${optional('UETR', uetr)}</Refs>`,
    `<Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${entry.side}</CdtDbtInd>`,
    charges === undefined ? '' : `<Chrgs><TtlChrgsAndTaxAmt Ccy="${currency}">${charges}</TtlChrgsAndTaxAmt></Chrgs>`,
    counterparty === undefined ? '' : `<RltdPties><${side}><Pty><Nm>${counterparty}</Nm></Pty></${side}></RltdPties>`,
    documents.length === 0 ? '' : `<RmtInf>${documents.join('')}</RmtInf>`,
    returnReason === undefined ? '' : `<RtrInf><Rsn><Cd>${returnReason}</Cd></Rsn></RtrInf>`,
    '</TxDtls>',
  ].join('');
}

function optional(element: string, value: string | number | undefined): string {
  return value === undefined ? '' : `<${element}>${value}</${element}>`;
}
