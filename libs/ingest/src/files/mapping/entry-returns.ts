import type { Direction, Money } from '@throughline/canonical';
import type { XmlTree } from '../../packs/xml-tree.js';
import type { AccountKey } from '../account-key.js';
import { nodeAt, nodesAt, textAt } from '../iso20022/tree-path.js';
import type { PaymentReferences } from './bank-objects.js';
import { reasonOf } from './bank-reasons.js';
import { paymentFailed } from './returned-payment.js';
import { directionOf, type DraftActivity, type DraftKey, type DraftObject } from './record-draft.js';

/** What the parts of an entry need to know of it. */
export type Entry = {
  account: AccountKey | undefined;
  isCredit: boolean;
  direction: Direction;
  keys: DraftKey[];
  identity: string;
  /** It takes a payment back: a reversal, or a return by its bank transaction code. */
  isTakenBack: boolean;
  returnCode: string | undefined;
};

export type DraftLink = NonNullable<DraftActivity['links']>[number];

/** A payment of an entry, with what it is linked to. */
export type PaymentPart = {
  objects: DraftObject[];
  links: DraftLink[];
  references: PaymentReferences;
};

/** Money that comes back is not the payment booked once more: it is a return, and that is what the entry books. */
export function returnObject(
  entry: Entry,
  index: number,
  amount: Money | undefined,
  counterparty?: string,
): DraftObject {
  return {
    ref: `return ${index}`,
    type: 'return',
    keys: [{ kind: 'entry-return', scope: entry.identity.slice(0, 256), value: nameOfReturn(entry, index) }],
    amount,
    direction: entry.direction,
    counterparty,
  };
}

/** A return is known by the reference of its entry; further ones of a batch booking by their place. */
function nameOfReturn({ keys: [key] }: Entry, index: number): string {
  return index === 0 ? (key?.value ?? '') : `${key?.value ?? ''}/${index + 1}`;
}

/** The return takes back, and is booked. */
export function returnLinks(payment: string, { ref, amount }: DraftObject): DraftLink[] {
  return [
    { from: payment, to: ref!, qualifier: 'returns', amount },
    { from: ref!, to: 'entry', qualifier: 'books', amount },
  ];
}

/** A transaction with return information takes a payment back. */
export function returnOf(detail: XmlTree, part: PaymentPart, entry: Entry, subject: DraftObject): DraftActivity[] {
  const information = nodeAt(detail, 'RtrInf');
  if (information === undefined) return [];
  const code = textAt(information, 'Rsn', 'Cd') ?? textAt(information, 'Rsn', 'Prtry');
  const said = nodesAt(information, 'AddtlInf')
    .map((item) => textAt(item))
    .filter((text) => text !== undefined)
    .join(' ');
  return returned({ code, said }, part, entry, subject);
}

/**
 * That a payment came back is a fact, which undoes that it was received and applied, and a problem. A payment that is known by
 * this entry alone has its amount, and had gone the other way.
 */
export function returned(
  { code, said }: { code: string | undefined; said: string },
  part: PaymentPart | undefined,
  entry: Entry,
  subject: DraftObject,
): DraftActivity[] {
  const known = part?.objects[0];
  const keys = known?.keys ?? [
    { kind: 'entry-transaction', scope: entry.identity.slice(0, 256), value: 'transaction 1' },
  ];
  const isKnownElsewhere = keys.some(({ kind }) => kind !== 'entry-transaction');
  const payment: DraftObject = {
    ...(known ?? { ref: 'payment', type: 'payment' }),
    keys,
    ...(!isKnownElsewhere && { amount: subject.amount, direction: directionOf(!entry.isCredit) }),
  };
  const entryObject: DraftObject = { ref: 'entry', type: 'bank-entry', keys: subject.keys, qualifier: 'related' };
  // Of a payment that is known elsewhere the entry itself says what came back.
  const back = known === undefined ? returnObject(entry, 0, subject.amount) : undefined;
  const fact: DraftActivity = {
    type: 'payment.returned',
    objects: [payment, entryObject, ...(back === undefined ? [] : [back])],
    links: back === undefined ? [] : returnLinks(payment.ref!, back),
  };
  const message = said === '' ? `returned${code === undefined ? '' : ` (${code})`}: ${reasonOf(code).meaning}` : said;
  const problem = { taxonomy: 'cash-and-payment.returned', discriminators: { reason: code ?? '' }, message };
  return [fact, paymentFailed({ payment, entry: entryObject, problem })];
}
