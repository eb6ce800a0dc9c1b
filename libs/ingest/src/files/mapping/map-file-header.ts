import { parseMoney, subtractMoney, type ActivityProblem, type Money } from '@throughline/canonical';
import type { Json, JsonMembers } from '../file-record.js';
import { bankAccount } from './bank-objects.js';
import { isMembers, membersAt, textOf, type ReadBody } from './read-body.js';
import type { DraftActivity, DraftObject, RecordRule } from './record-draft.js';
import { accountKeyOf } from '../account-key.js';

const PROBLEM_OF_KIND: Readonly<Record<string, string>> = {
  balance: 'cash-and-payment.balance-mismatch',
  amount: 'reconciliation.amount-break',
  count: 'reconciliation.count-break',
};

/** Each broken control is an exception of its own; beyond this the first ones tell what is wrong with the file. */
const MOST_BREAKS = 100;

/** The file itself: received, and with every control total that is not met a failure. */
export function mapFileHeader({ context }: ReadBody): RecordRule {
  const controls = (Array.isArray(context['controls']) ? context['controls'] : []).filter(isMembers);
  const broken = controls.filter((control) => control['isMet'] === false).slice(0, MOST_BREAKS);
  const file = fileObject(context);
  const rule = 'file-received';
  if (broken.length === 0) return { rule, activities: [{ type: 'file.received', objects: [file] }] };
  return { rule: 'file-with-control-break', activities: broken.map((control) => ofBreak(file, control)) };
}

function fileObject(context: JsonMembers): DraftObject {
  const header = membersAt(context, 'header');
  const text = (value: Json | undefined): string | undefined =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  return {
    ref: 'file',
    type: 'file',
    keys: [{ kind: 'file-id', value: textOf(context, 'fileId'), system: 'throughline' }],
    attributes: {
      format: textOf(context, 'format'),
      name: textOf(context, 'name'),
      layout: textOf(context, 'layout'),
      records: text(context['records']),
      bytes: text(context['bytes']),
      contentHash: textOf(context, 'contentHash'),
      controlsChecked: text(context['controlsChecked']),
      controlsBroken: text(context['controlsBroken']),
      messageId: Array.isArray(header['messageIds']) ? text(header['messageIds'][0]) : undefined,
      version: textOf(header, 'version'),
    },
  };
}

function ofBreak(file: DraftObject, control: JsonMembers): DraftActivity {
  const [name, scope, kind] = [
    textOf(control, 'name') ?? '',
    textOf(control, 'scope') ?? '',
    textOf(control, 'kind') ?? 'amount',
  ];
  const [expected, actual] = [textOf(control, 'expected') ?? '', textOf(control, 'actual') ?? ''];
  const account = textOf(control, 'account');
  // A number of records has no currency, and is no money.
  const currency = kind === 'count' ? undefined : textOf(control, 'currency');
  const unit = currency === undefined ? '' : ` ${currency}`;
  const problem: ActivityProblem = {
    taxonomy: PROBLEM_OF_KIND[kind] ?? 'reconciliation.amount-break',
    // Never the scope: it names a message or a day, and the same break in tomorrow's file belongs beside it.
    discriminators: { control: name, ...(account !== undefined && { account }) },
    message: `${name} of ${scope}: the file states ${expected}${unit}, its records come to ${actual}${unit}`,
  };
  const amount = differenceOf(expected, actual, currency);
  return {
    type: 'file.received',
    objects: [
      { ...file, ...(amount !== undefined && { amount }) },
      { ...bankAccount(accountKeyOf(account)), qualifier: 'account' },
    ],
    problem,
  };
}

/** What a break is about: the difference of the two figures. */
function differenceOf(expected: string, actual: string, currency: string | undefined): Money | undefined {
  const [left, right] = [parseMoney(expected, currency), parseMoney(actual, currency)];
  if (!left.ok || !right.ok) return undefined;
  const difference = subtractMoney(left.value, right.value);
  return { ...difference, amount: difference.amount.replace('-', '') };
}
