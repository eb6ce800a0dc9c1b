import type { XmlTree } from '../../packs/xml-tree.js';
import type { AccountKey } from '../account-key.js';
import { nodeAt, nodesAt, textAt } from '../iso20022/tree-path.js';
import type { PaymentReferences } from './bank-objects.js';
import type { DraftActivity, DraftObject } from './record-draft.js';
import { returned, type DraftLink, type ReturningEntry } from './returned-payment.js';

/** What the parts of an entry need to know of it. */
export type Entry = ReturningEntry & {
  account: AccountKey | undefined;
  isCredit: boolean;
  /** It takes a payment back: a reversal, or a return by its bank transaction code. */
  isTakenBack: boolean;
  returnCode: string | undefined;
};

/** A payment of an entry, with what it is linked to. */
export type PaymentPart = {
  objects: DraftObject[];
  links: DraftLink[];
  references: PaymentReferences;
  /** It came back. */
  isTakenBack: boolean;
};

/** A transaction with return information takes a payment back. */
export function returnOf(detail: XmlTree, part: PaymentPart, entry: Entry, subject: DraftObject): DraftActivity[] {
  const information = nodeAt(detail, 'RtrInf');
  if (information === undefined) return [];
  const code = textAt(information, 'Rsn', 'Cd') ?? textAt(information, 'Rsn', 'Prtry');
  const said = nodesAt(information, 'AddtlInf')
    .map((item) => textAt(item))
    .filter((text) => text !== undefined)
    .join(' ');
  return returned({ code, said }, part.objects[0], entry, partOf(part, subject));
}

/** The entry as far as it takes this payment back: of a batch booking its part, not the whole sum. */
export function partOf({ objects }: PaymentPart, subject: DraftObject): DraftObject {
  const back = objects.find(({ type }) => type === 'return');
  return back === undefined ? subject : { ...subject, amount: back.amount };
}
