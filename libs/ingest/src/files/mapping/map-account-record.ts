import type { XmlTree } from '../../packs/xml-tree.js';
import type { JsonMembers } from '../file-record.js';
import { balanceCodeOf, dateOf, isIntermediate } from '../iso20022/iso-context.js';
import { attributeAt, textAt } from '../iso20022/tree-path.js';
import { bankAccount, cashPosition, contentOf, sequenceOf, statementKey, type PositionKind } from './bank-objects.js';
import { accountIn, membersAt, textOf, treeOf, type ReadBody } from './read-body.js';
import { datesOf, directionOf, moneyOf, type DraftKey, type DraftObject, type RecordRule } from './record-draft.js';

/** Balances that are positions; the others restate the day before or only inform. */
const POSITION_OF_BALANCE: Readonly<Record<string, PositionKind>> = {
  CLBD: 'booked',
  CLAV: 'available',
  FWAV: 'forward-available',
  ITBD: 'intraday',
  ITAV: 'intraday-available',
};

const TYPE_OF_REPORT: Readonly<Record<string, string>> = { 'camt.052': 'reported', 'camt.054': 'notified' };

/** A camt statement as an object; reports and notifications are none. */
export function isoStatement(context: JsonMembers): DraftObject {
  const container = membersAt(context, 'container');
  const isStatement = textOf(context, 'format') === 'camt.053';
  const key = statementKey({
    account: accountIn(container),
    id: textOf(container, 'id'),
    isNumber: false,
    closingDate: textOf(context, 'closingDate') ?? textOf(container, 'closingDate'),
    createdAt: textOf(container, 'createdAt') ?? textOf(context, 'messageCreatedAt'),
    sequence: sequenceOf(container),
  });
  return { ref: 'statement', type: 'bank-statement', keys: isStatement ? [key] : [] };
}

/**
 * A statement that is sent anew may have a new id, and is the same by its number, else its period. Some banks always send 1, and
 * an account may have two statements of one day: these do not begin with the same balance. What is stated before the end of the day is
 * stated anew at its end.
 */
function numberKeys(context: JsonMembers): DraftKey[] {
  const container = membersAt(context, 'container');
  const [from, to] = [textOf(container, 'from'), textOf(container, 'to')];
  const number = sequenceOf(container) ?? (from === undefined || to === undefined ? undefined : `${from}/${to}`);
  const closingDate = textOf(context, 'closingDate') ?? textOf(container, 'closingDate');
  const opening = textOf(context, 'openingBalance');
  if (container['isInterim'] === true) return [];
  const account = accountIn(container);
  if (number === undefined || closingDate === undefined || opening === undefined || account === undefined) return [];
  return [
    {
      kind: 'statement-number',
      scope: `${account.value}/${closingDate.slice(0, 4)}`,
      value: `${number} ${closingDate} ${opening}`,
    },
  ];
}

/** A statement was received; a report or notification speaks of the account. */
export function mapStatement({ context, fileId }: ReadBody): RecordRule {
  const container = membersAt(context, 'container');
  const format = textOf(context, 'format') ?? '';
  const attributes = {
    statementId: textOf(container, 'id'),
    messageId: textOf(context, 'messageId'),
    electronicSequence: textOf(container, 'electronicSequence'),
    legalSequence: textOf(container, 'legalSequence'),
    copyDuplicate: textOf(container, 'copyDuplicate'),
    page: textOf(container, 'page'),
    isLastPage: textOf(container, 'isLastPage'),
    from: textOf(container, 'from'),
    to: textOf(container, 'to'),
    createdAt: textOf(container, 'createdAt'),
    currency: textOf(container, 'currency'),
    entries: textOf(context, 'entries'),
    ...datesOf({ closingDate: textOf(context, 'closingDate') ?? textOf(container, 'closingDate') }),
  };
  const account = bankAccount(accountIn(container));
  if (format !== 'camt.053') {
    const type = `bank-account.${TYPE_OF_REPORT[format] ?? 'reported'}`;
    return {
      rule: 'account-report',
      activities: [{ type, objects: [{ ...account, qualifier: 'subject', attributes }] }],
    };
  }
  const known = isoStatement(context);
  const statement = {
    ...known,
    keys: [...known.keys, ...numberKeys(context)],
    attributes: { ...attributes, ...contentOf(context, fileId) },
  };
  return { rule: 'statement', activities: [{ type: 'bank-statement.received', objects: [statement, account] }] };
}

/** A balance of a statement or report tells of the cash position of its date; that it was refreshed is said by the treasury system. */
export function mapBalance({ context, record }: ReadBody): RecordRule {
  const balance: XmlTree = treeOf(record);
  const container = membersAt(context, 'container');
  const code = balanceCodeOf(balance);
  const kind = POSITION_OF_BALANCE[code];
  if (kind === undefined)
    return { rule: 'balance', ignored: `a balance ${code || 'without code'} is no position of its own` };
  if (isIntermediate(balance))
    return { rule: 'balance', ignored: `a balance ${code} of a page (INTM) is no position of its own` };
  const on = dateOf(balance, 'Dt');
  const dates = datesOf({ balanceDate: on });
  if (dates['balanceDate'] === undefined)
    return {
      rule: 'balance',
      unmapped: `the balance ${code} has no date that exists: ${on ?? 'none'}`,
      place: '/record/Dt',
    };
  if (!['CRDT', 'DBIT'].includes(textAt(balance, 'CdtDbtInd') ?? ''))
    return {
      rule: 'balance',
      unmapped: `the balance ${code} says neither CRDT nor DBIT`,
      place: '/record/CdtDbtInd',
    };
  const currency = attributeAt(balance, 'Ccy', 'Amt');
  const { amount, stated } = moneyOf(textAt(balance, 'Amt'), currency);
  const account = accountIn(container);
  const direction = directionOf(textAt(balance, 'CdtDbtInd') !== 'DBIT');
  const attributes = { ...stated, balanceCode: code };
  const position = cashPosition({ account, currency, on, kind, amount, direction, attributes });
  return {
    rule: 'balance',
    activities: [
      {
        type: 'cash-position.reported',
        objects: [position, isoStatement(context), bankAccount(account)],
        links: [{ from: 'statement', to: 'position', qualifier: 'gathers' }],
      },
    ],
  };
}
