import { isUsableAliasValue } from '@throughline/canonical';
import { commaAmount, sideOfMark, type MtEntryFields } from '../swift/mt-fields.js';
import type { JsonMembers } from '../file-record.js';
import { GERMAN_RETURN_CODES } from './bank-reasons.js';
import { bankAccount, cashPosition, contentOf, statementKey, type PositionKind } from './bank-objects.js';
import { accountIn, countOf, membersAt, textOf, type ReadBody } from './read-body.js';
import {
  datesOf,
  directionOf,
  localDateOf,
  moneyOf,
  type DraftActivity,
  type DraftKey,
  type DraftObject,
  type RecordRule,
} from './record-draft.js';
import { returned, returningEntryKey } from './returned-payment.js';

const POSITION_OF_TAG: Readonly<Record<string, PositionKind>> = {
  '62F': 'booked',
  '64': 'available',
  '65': 'forward-available',
};

function mtStatement(context: JsonMembers): DraftObject {
  const key = statementKey({
    account: accountIn(context),
    id: textOf(context, 'number'),
    isNumber: true,
    closingDate: textOf(context, 'closingDate'),
  });
  return { ref: 'statement', type: 'bank-statement', keys: textOf(context, 'format') === 'mt940' ? [key] : [] };
}

/** A statement (MT940), or a report on the account (MT942). */
export function mapMtStatement({ context, fileId }: ReadBody): RecordRule {
  const attributes = {
    reference: textOf(context, 'reference'),
    number: textOf(context, 'number'),
    page: textOf(context, 'page'),
    currency: textOf(context, 'currency'),
    entries: textOf(context, 'entries'),
    isContinued: context['isContinued'] === true ? 'true' : undefined,
    createdAt: textOf(context, 'createdAt'),
    ...datesOf({ closingDate: textOf(context, 'closingDate') }),
  };
  const account = bankAccount(accountIn(context));
  if (textOf(context, 'format') === 'mt942')
    return {
      rule: 'account-report',
      activities: [{ type: 'bank-account.reported', objects: [{ ...account, qualifier: 'subject', attributes }] }],
    };
  return {
    rule: 'statement',
    activities: [
      {
        type: 'bank-statement.received',
        objects: [{ ...mtStatement(context), attributes: { ...attributes, ...contentOf(context, fileId) } }, account],
      },
    ],
  };
}

/** A closing, available or forward balance; the opening and the intermediate ones are no positions. */
export function mapMtBalance({ context, record }: ReadBody): RecordRule {
  const fields = membersAt(record, 'fields');
  const tag = textOf(fields, 'tag') ?? '';
  const kind = POSITION_OF_TAG[tag];
  if (kind === undefined) return { rule: 'balance', ignored: `the balance :${tag}: is no position of its own` };
  const on = textOf(membersAt(fields, 'on'), 'date');
  if (on === undefined)
    return {
      rule: 'balance',
      unmapped: `the balance :${tag}: has no date that exists: ${textOf(membersAt(fields, 'on'), 'text') ?? 'none'}`,
      place: '/record/fields/on',
    };
  const currency = textOf(fields, 'currency') ?? textOf(context, 'currency');
  const { amount, stated } = moneyOf(textOf(fields, 'amount'), currency);
  const account = accountIn(context);
  const direction = directionOf(textOf(fields, 'side') !== 'D');
  const position = cashPosition({
    account,
    currency,
    on,
    kind,
    amount,
    direction,
    attributes: { ...stated, field: tag },
  });
  return {
    rule: 'balance',
    activities: [
      {
        type: 'cash-position.reported',
        objects: [position, mtStatement(context), bankAccount(account)],
        links: [{ from: 'statement', to: 'position', qualifier: 'gathers' }],
      },
    ],
  };
}

/** A statement line with what field 86 says of it. */
export function mapMtEntry({ context, record }: ReadBody): RecordRule {
  const fields = membersAt(record, 'fields');
  const information = membersAt(record, 'information');
  const mark = textOf(fields, 'mark') as MtEntryFields['mark'];
  const isCredit = sideOfMark(mark) === 'C';
  const account = accountIn(context);
  const { amount, stated } = moneyOf(commaAmount(textOf(fields, 'amount') ?? ''), textOf(context, 'currency'));
  const [valueOn, bookedOn] = [membersAt(fields, 'valueOn'), membersAt(fields, 'bookedOn')];
  const typeCode = textOf(fields, 'typeCode');
  const isReturn =
    GERMAN_RETURN_CODES.has(textOf(information, 'transactionCode') ?? '') ||
    typeCode === 'NRTI' ||
    information['isReturned'] === true;
  const valueDate = localDateOf(textOf(valueOn, 'date'));
  const returningKeys = returningEntryKey({
    account,
    reference: textOf(fields, 'bankReference'),
    isCredit,
    amount,
    valueOn: valueDate,
    occurrence: countOf(context, 'occurrence'),
  });
  const entry: DraftObject = {
    ref: 'entry',
    type: 'bank-entry',
    keys: [entryKey(context, fields, isCredit), ...(isReturn ? returningKeys : [])],
    amount,
    direction: directionOf(isCredit),
    counterparty: textOf(information, 'name'),
    attributes: {
      ...stated,
      ...datesOf({
        valueDate: textOf(valueOn, 'date') ?? textOf(valueOn, 'text'),
        bookingDate: textOf(bookedOn, 'date') ?? textOf(bookedOn, 'text'),
      }),
      isReversal: mark === 'RC' || mark === 'RD' ? 'true' : undefined,
      typeCode,
      transactionCode: textOf(information, 'transactionCode'),
      bookingText: textOf(information, 'bookingText'),
      customerReference: textOf(fields, 'customerReference'),
      bankReference: textOf(fields, 'bankReference'),
      supplementary: textOf(fields, 'supplementary'),
      endToEndId: textOf(information, 'endToEndId'),
      instructionReference: textOf(information, 'customerReference'),
      mandateId: textOf(information, 'mandateId'),
      creditorId: textOf(information, 'creditorId'),
      counterpartyAccount: textOf(information, 'account'),
      counterpartyBank: textOf(information, 'bank'),
      remittance: textOf(information, 'remittance'),
    },
  };
  const isBooked = textOf(context, 'format') === 'mt940' && !mark.startsWith('E');
  const activity: DraftActivity = {
    type: isBooked ? 'bank-entry.booked' : 'bank-entry.reported',
    objects: [entry, mtStatement(context), bankAccount(account)],
    links: [{ from: 'entry', to: 'statement', qualifier: 'gathers', amount }],
  };
  return {
    rule: isBooked ? 'entry-booked' : 'entry-reported',
    activities: isReturn ? [activity, ...returnsOf(entry, information, valueDate)] : [activity],
  };
}

/**
 * A bank's reference in field 61 is not unique: some repeat it within a statement or every month. It counts together with
 * value date, side and amount, so that an interim report (MT942) and the statement still meet; without one, by position.
 */
function entryKey(context: JsonMembers, fields: JsonMembers, isCredit: boolean): DraftKey {
  const account = accountIn(context)?.value ?? '';
  const reference = textOf(fields, 'bankReference');
  const occurrence = countOf(context, 'occurrence');
  if (reference !== undefined && isUsableAliasValue(reference)) {
    const on = textOf(membersAt(fields, 'valueOn'), 'text') ?? '';
    const again = occurrence > 1 ? `#${occurrence}` : '';
    const scope = `${account}/${on}/${isCredit ? 'C' : 'D'}${textOf(fields, 'amount') ?? ''}${again}`;
    return { kind: 'bank-reference', scope, value: reference };
  }
  const statement =
    mtStatement(context).keys[0]?.value ?? [textOf(context, 'reference'), textOf(context, 'createdAt')].join(' ');
  const section = countOf(context, 'section');
  const scope = [account, statement, textOf(context, 'page'), section > 1 ? `#${section}` : undefined]
    .filter((part) => part !== undefined)
    .join('/');
  return { kind: 'entry-position', scope, value: `entry ${countOf(context, 'position')}` };
}

/** What came back is known by its entry alone. */
function returnsOf(entry: DraftObject, information: JsonMembers, valueOn: string | undefined): DraftActivity[] {
  const code = textOf(information, 'returnReason') ?? textOf(information, 'transactionCode');
  const said =
    textOf(information, 'remittance') ?? textOf(information, 'endToEndId') ?? textOf(information, 'bookingText');
  const message = `returned${code === undefined ? '' : ` (${code})`}: ${said ?? 'no reason is given'}`;
  const returning = { keys: entry.keys, direction: entry.direction!, valueOn };
  const attributes = { endToEndId: textOf(information, 'endToEndId') };
  return returned({ code, said: message }, undefined, returning, entry, attributes);
}
