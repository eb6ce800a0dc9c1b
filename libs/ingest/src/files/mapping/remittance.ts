import type { Money } from '@throughline/canonical';
import type { XmlTree } from '../../packs/xml-tree.js';
import { attributeAt, nodesAt, textAt } from '../iso20022/tree-path.js';
import { moneyOf, type DraftObject } from './record-draft.js';

/** What a transaction says for people and for matching; none of it identifies. */
export function detailAttributes(detail: XmlTree): Record<string, string | undefined> {
  const structured = nodesAt(detail, 'RmtInf', 'Strd');
  const references = structured.map((item) => textAt(item, 'CdtrRefInf', 'Ref')).filter((text) => text !== undefined);
  return {
    endToEndId: textAt(detail, 'Refs', 'EndToEndId') ?? textAt(detail, 'PmtId', 'EndToEndId'),
    transactionId: textAt(detail, 'Refs', 'TxId'),
    mandateId: textAt(detail, 'Refs', 'MndtId'),
    remittance: nodesAt(detail, 'RmtInf', 'Ustrd')
      .map((item) => textAt(item))
      .filter((text) => text !== undefined)
      .join(' '),
    structuredReference: references.join(' '),
    documents: documentsOf(detail)
      .map(({ number }) => number)
      .join(' '),
  };
}

/** A document that the remittance information refers to; `paid` is its part of the payment, where that is stated. */
export type RemittedDocument = { type: string; number: string; paid: Money | undefined };

/** The documents that the remittance information refers to. An amount beside several of them is of none. */
export function documentsOf(detail: XmlTree): RemittedDocument[] {
  return nodesAt(detail, 'RmtInf', 'Strd').flatMap((item) => {
    const documents = nodesAt(item, 'RfrdDocInf');
    const at = ['RfrdDocAmt', 'RmtdAmt'];
    const paid =
      documents.length === 1 ? moneyOf(textAt(item, ...at), attributeAt(item, 'Ccy', ...at)).amount : undefined;
    return documents.flatMap((document) => {
      const number = textAt(document, 'Nb');
      const type = textAt(document, 'Tp', 'CdOrPrtry', 'Cd') ?? textAt(document, 'Tp', 'Cd') ?? '';
      return number === undefined ? [] : [{ type, number, paid }];
    });
  });
}

/** What comes in settles our invoice, what goes out a supplier's, whose numbers are unique within the supplier alone. */
export function invoiceObject(
  number: string,
  ref: string,
  isCredit: boolean,
  supplier: string | undefined,
  system: string,
): DraftObject {
  if (isCredit)
    return { ref, type: 'invoice', qualifier: 'upstream', keys: [{ kind: 'invoice-number', value: number, system }] };
  return {
    ref,
    type: 'supplier-invoice',
    qualifier: 'upstream',
    keys: [{ kind: 'invoice-number', scope: supplier ?? '', value: number, system }],
    counterparty: supplier,
  };
}
