import { isUsableAliasValue } from '@throughline/canonical';
import { decimalOfMinorUnits, kindOfTypeCode } from '../bai2/bai2-fields.js';
import type { JsonMembers } from '../file-record.js';
import { readShortDate } from '../swift/mt-fields.js';
import { bankAccount, cashPosition, contentOf, statementKey, type PositionKind } from './bank-objects.js';
import { accountIn, countOf, isMembers, membersAt, textOf, type ReadBody } from './read-body.js';
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

/** Closing ledger and available of a day that is over; current ones of the same day. */
const CLOSING_POSITION: Readonly<Record<string, PositionKind>> = { '015': 'booked', '045': 'available' };
const CURRENT_POSITION: Readonly<Record<string, PositionKind>> = {
  '030': 'intraday',
  '060': 'intraday-available',
};
/** Deposited or ACH items that came back. */
const RETURN_TYPES = new Set(['255', '257', '555', '557']);
const TEST_ONLY = '4';
const DELETION = '2';
/** By a group of these the bank itself says what holds of what it sent before. */
const CORRECTIONS: Readonly<Record<string, string>> = { '2': 'deletion', '3': 'correction' };
const INTERIM_PREVIOUS_DAY = '1';

/** As-of date modifier 3 and 4 tell of the same day; the others of a day that is over. */
function isIntraday(context: JsonMembers): boolean {
  return ['3', '4'].includes(textOf(context, 'asOfModifier') ?? '');
}

function bai2Statement(context: JsonMembers): DraftObject {
  const asOf = textOf(context, 'asOf');
  const key = statementKey({ account: accountIn(context), id: undefined, isNumber: true, closingDate: asOf });
  return { ref: 'statement', type: 'bank-statement', keys: isIntraday(context) ? [] : [key] };
}

/** A group has no meaning beyond its accounts; what it says of them is in their context. */
export function mapBai2Group(): RecordRule {
  return { rule: 'group', ignored: 'the header of a group is told with its accounts' };
}

/** An account with its balances. */
export function mapBai2Account({ context, record, fileId }: ReadBody): RecordRule {
  if (textOf(context, 'groupStatus') === TEST_ONLY)
    return { rule: 'account', ignored: 'the group is sent as a test (status 4)' };
  const account = accountIn(context);
  const currency = textOf(context, 'currency');
  const summaries = (Array.isArray(record['summaries']) ? record['summaries'] : []).filter(isMembers);
  const attributes = {
    originator: textOf(context, 'originator'),
    asOf: textOf(context, 'asOfText'),
    asOfModifier: textOf(context, 'asOfModifier'),
    groupStatus: textOf(context, 'groupStatus'),
    entries: textOf(context, 'entries'),
    currency,
  };
  const statement = bai2Statement(context);
  const accountObject = bankAccount(account);
  const isDeletion = textOf(context, 'groupStatus') === DELETION;
  const received: DraftActivity = isIntraday(context)
    ? { type: 'bank-account.reported', objects: [{ ...accountObject, qualifier: 'subject', attributes }] }
    : {
        type: isDeletion ? 'bank-statement.cancelled' : 'bank-statement.received',
        objects: [
          { ...statement, attributes: { ...attributes, ...statedContent(context, fileId, summaries.length > 0) } },
          accountObject,
        ],
      };
  const on = textOf(context, 'asOf');
  const positions = summaries.flatMap((summary): DraftActivity[] => {
    const [typeCode = '', written = ''] = [textOf(summary, 'typeCode'), textOf(summary, 'amount')];
    const kind = (isIntraday(context) ? CURRENT_POSITION : CLOSING_POSITION)[typeCode];
    if (kind === undefined || written === '' || on === undefined || isDeletion) return [];
    const { amount, stated } = moneyOf(decimalOfMinorUnits(written, currency ?? ''), currency);
    const direction = directionOf(!written.startsWith('-'));
    const position = cashPosition({
      account,
      currency,
      on,
      kind,
      amount,
      direction,
      attributes: { ...stated, typeCode },
    });
    return [
      {
        type: 'cash-position.reported',
        objects: [position, statement, accountObject],
        links: [{ from: 'statement', to: 'position', qualifier: 'gathers' }],
      },
    ];
  });
  return { rule: 'account', activities: [received, ...positions] };
}

/**
 * An interim report of the day is another part than the final one, which says more; and many banks send the balances of a day in one
 * file and its entries in another.
 */
function statedContent(
  context: JsonMembers,
  fileId: string | undefined,
  hasBalances: boolean,
): DraftObject['attributes'] {
  const said = textOf(context, 'entries') === '0' ? 'report of balances' : hasBalances ? 'report' : 'report of entries';
  const part = textOf(context, 'asOfModifier') === INTERIM_PREVIOUS_DAY ? `interim ${said}` : said;
  const correction = CORRECTIONS[textOf(context, 'groupStatus') ?? ''];
  return correction === undefined ? { part, ...contentOf(context, fileId) } : { part, correction };
}

/** A transaction; its direction is that of its type code, turned by a minus. */
export function mapBai2Transaction({ context, record }: ReadBody): RecordRule {
  if (textOf(context, 'groupStatus') === TEST_ONLY)
    return { rule: 'transaction', ignored: 'the group is sent as a test (status 4)' };
  const fields = membersAt(record, 'fields');
  const typeCode = textOf(fields, 'typeCode') ?? '';
  const kind = kindOfTypeCode(typeCode);
  if (kind !== 'credit' && kind !== 'debit')
    return { rule: 'transaction', ignored: `the type code ${typeCode} is neither a credit nor a debit` };
  const currency = textOf(context, 'currency');
  const { amount, stated } = moneyOf(decimalOfMinorUnits(textOf(fields, 'amount') ?? '', currency ?? ''), currency);
  const funds = membersAt(fields, 'funds');
  const valueText = textOf(funds, 'valueDate');
  const valueOn = valueText === undefined ? undefined : (readShortDate(valueText).date ?? valueText);
  // Amounts are unsigned; a bank that takes a posting back writes it with a minus.
  const direction = directionOf((kind === 'credit') !== (textOf(fields, 'amount') ?? '').startsWith('-'));
  const isBooked = !isIntraday(context);
  const isReturn = RETURN_TYPES.has(typeCode) && isBooked;
  // Without a value date an item has that of the day which is reported.
  const valueDate = localDateOf(valueOn ?? textOf(context, 'asOf'));
  const returningKeys = returningEntryKey({
    account: accountIn(context),
    reference: textOf(fields, 'bankReference'),
    isCredit: direction === 'inflow',
    amount,
    valueOn: valueDate,
    occurrence: countOf(context, 'occurrence'),
  });
  const entry: DraftObject = {
    ref: 'entry',
    type: 'bank-entry',
    keys: [entryKey(context, fields), ...(isReturn ? returningKeys : [])],
    amount,
    direction,
    attributes: {
      ...stated,
      ...datesOf({ bookingDate: textOf(context, 'asOf'), valueDate: valueOn }),
      typeCode,
      fundsType: textOf(funds, 'type'),
      bankReference: textOf(fields, 'bankReference'),
      customerReference: textOf(fields, 'customerReference'),
      remittance: textOf(fields, 'text')?.replace(/\s+/g, ' '),
    },
  };
  const type = textOf(context, 'groupStatus') === DELETION ? 'cancelled' : isBooked ? 'booked' : 'reported';
  const activity: DraftActivity = {
    type: `bank-entry.${type}`,
    objects: [entry, bai2Statement(context), bankAccount(accountIn(context))],
    links: [{ from: 'entry', to: 'statement', qualifier: 'gathers', amount }],
  };
  return {
    rule: `entry-${type}`,
    activities: isReturn ? [activity, ...returnsOf(entry, typeCode, fields, valueDate)] : [activity],
  };
}

function entryKey(context: JsonMembers, fields: JsonMembers): DraftKey {
  const [account, asOf] = [accountIn(context)?.value ?? '', textOf(context, 'asOf') ?? ''];
  const reference = textOf(fields, 'bankReference');
  const section = countOf(context, 'section') > 1 ? `/section ${countOf(context, 'section')}` : '';
  const occurrence = countOf(context, 'occurrence');
  if (reference !== undefined && isUsableAliasValue(reference)) {
    const again = occurrence > 1 || section !== '' ? `${section}#${occurrence}` : '';
    const scope = `${account}/${asOf}/${textOf(fields, 'typeCode') ?? ''}/${textOf(fields, 'amount') ?? ''}${again}`;
    return { kind: 'bank-reference', scope, value: reference };
  }
  // Positions of an interim report and of the final one do not agree.
  const modifier = textOf(context, 'asOfModifier') ?? '';
  const scope = `${account}/${asOf}/${modifier}${isIntraday(context) ? `/${textOf(context, 'asOfText') ?? ''}` : ''}${section}`;
  return { kind: 'entry-position', scope, value: `entry ${countOf(context, 'position')}` };
}

/** What came back is known by its entry alone. */
function returnsOf(
  entry: DraftObject,
  typeCode: string,
  fields: JsonMembers,
  valueOn: string | undefined,
): DraftActivity[] {
  const text = textOf(fields, 'text')?.replace(/\s+/g, ' ') ?? 'no reason is given';
  const reason = { code: typeCode, said: `returned (type code ${typeCode}): ${text}` };
  return returned(reason, undefined, { keys: entry.keys, direction: entry.direction!, valueOn }, entry);
}
