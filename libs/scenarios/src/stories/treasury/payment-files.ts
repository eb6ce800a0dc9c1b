import type { FileSignal } from '../../file-signal.js';
import type { BankAccount } from './bank-accounts.js';

/** A payment of a batch. */
export type BatchPayment = { instructionId: string; payee: string; amount: string };

/** A batch as it goes to the bank: one message with one block. */
export type PaymentBatch = {
  account: BankAccount;
  messageId: string;
  paymentInformationId: string;
  /** Day on which the bank is to execute it. */
  requestedOn: string;
  payments: readonly BatchPayment[];
  /** Of all payments. */
  total: string;
};

/** The batch as pain.001 (version 09). */
export function pain001File(batch: PaymentBatch, at: string): FileSignal {
  const { account, messageId, paymentInformationId, requestedOn, payments, total } = batch;
  const sums = `<NbOfTxs>${payments.length}</NbOfTxs><CtrlSum>${total}</CtrlSum>`;
  const body = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn>',
    `<GrpHdr><MsgId>${messageId}</MsgId><CreDtTm>${at}</CreDtTm>${sums}</GrpHdr>`,
    `<PmtInf><PmtInfId>${paymentInformationId}</PmtInfId><PmtMtd>TRF</PmtMtd><BtchBookg>true</BtchBookg>${sums}`,
    `<ReqdExctnDt><Dt>${requestedOn}</Dt></ReqdExctnDt><Dbtr><Nm>${account.legalEntity}</Nm></Dbtr>`,
    `<DbtrAcct><Id><IBAN>${account.number}</IBAN></Id></DbtrAcct>`,
    ...payments.map(
      ({ instructionId, payee, amount }) =>
        `<CdtTrfTxInf><PmtId><InstrId>${instructionId}</InstrId><EndToEndId>${instructionId}</EndToEndId></PmtId>` +
        `<Amt><InstdAmt Ccy="${account.currency}">${amount}</InstdAmt></Amt><Cdtr><Nm>${payee}</Nm></Cdtr></CdtTrfTxInf>`,
    ),
    '</PmtInf></CstmrCdtTrfInitn></Document>',
  ];
  return xmlFile('pain.001', messageId, at, body);
}

/** What a bank answers of a payment that it does not execute. */
export type Rejection = { payment: BatchPayment; reason: string };

/** The bank's answer as pain.002 (version 10): ACCP when nothing is rejected, else PART with every payment that is. */
export function pain002File(batch: PaymentBatch, at: string, rejections: readonly Rejection[] = []): FileSignal {
  const { messageId, paymentInformationId, payments } = batch;
  const status = rejections.length === 0 ? 'ACCP' : 'PART';
  const body = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>',
    `<GrpHdr><MsgId>ST-${messageId}</MsgId><CreDtTm>${at}</CreDtTm></GrpHdr>`,
    `<OrgnlGrpInfAndSts><OrgnlMsgId>${messageId}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>`,
    `<OrgnlNbOfTxs>${payments.length}</OrgnlNbOfTxs><GrpSts>${status}</GrpSts></OrgnlGrpInfAndSts>`,
    `<OrgnlPmtInfAndSts><OrgnlPmtInfId>${paymentInformationId}</OrgnlPmtInfId><PmtInfSts>${status}</PmtInfSts>`,
    ...rejections.map(
      ({ payment: { instructionId }, reason }) =>
        `<TxInfAndSts><OrgnlInstrId>${instructionId}</OrgnlInstrId><OrgnlEndToEndId>${instructionId}</OrgnlEndToEndId>` +
        `<TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>${reason}</Cd></Rsn></StsRsnInf></TxInfAndSts>`,
    ),
    '</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>',
  ];
  return xmlFile('pain.002', `ST-${messageId}`, at, body);
}

/** The bank's no to a whole message as pain.002 (version 10): of its payments it says nothing. */
export function refusedFile({ messageId, payments }: PaymentBatch, at: string, reason: string): FileSignal {
  const body = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>',
    `<GrpHdr><MsgId>ST-${messageId}</MsgId><CreDtTm>${at}</CreDtTm></GrpHdr>`,
    `<OrgnlGrpInfAndSts><OrgnlMsgId>${messageId}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>`,
    `<OrgnlNbOfTxs>${payments.length}</OrgnlNbOfTxs><GrpSts>RJCT</GrpSts>`,
    `<StsRsnInf><Rsn><Cd>${reason}</Cd></Rsn></StsRsnInf></OrgnlGrpInfAndSts>`,
    '</CstmrPmtStsRpt></Document>',
  ];
  return xmlFile('pain.002', `ST-${messageId}`, at, body);
}

function xmlFile(format: 'pain.001' | 'pain.002', id: string, at: string, body: readonly string[]): FileSignal {
  return {
    name: `${format} ${id}`,
    protocol: 'file',
    headers: { 'content-type': 'application/xml' },
    format,
    source: 'kyriba',
    fileName: `${id}.xml`,
    receivedAt: at,
    body: body.join('\n'),
  };
}
