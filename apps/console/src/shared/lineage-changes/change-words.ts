import { dateTime } from '../format/time.js';
import { count, countNumber, plainWords, titleWords } from '../format/words.js';

type Counts = { added: number; changed: number; removed: number };

/** In the order in which people read them. */
const TABLES: Readonly<Record<string, string>> = {
  business_object: 'Objects',
  object_alias: 'Names of objects',
  object_link: 'Links',
  business_transaction: 'Transactions',
  transaction_object: 'Members of transactions',
  milestone: 'Milestones',
  problem: 'Problems',
  finding: 'Findings',
};

/** Objects first, then what is made of them; a table of which nothing is known here last. */
export function inReadingOrder<T extends { table: string }>(differences: readonly T[]): T[] {
  const order = Object.keys(TABLES);
  const place = ({ table }: T) => (order.includes(table) ? order.indexOf(table) : order.length);
  return differences.toSorted((left, right) => place(left) - place(right));
}

export function tableName(table: string): string {
  return TABLES[table] ?? titleWords(table);
}

/** How many rows of a table differ. */
export function differing({ added, changed, removed }: Counts): number {
  return added + changed + removed;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

/** One value of a row, as text. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return INSTANT.test(value) ? dateTime(value) : value;
  return JSON.stringify(value);
}

/** What the label of a row says already. */
const IN_LABEL: readonly string[] = [
  'from_type',
  'to_type',
  'is_context',
  'qualifier',
  'type',
  'key',
  'workflow',
  'title',
];

/** The columns of a difference that people read: ids say nothing to them, the label names the objects. */
export function shownFields(
  before: Record<string, unknown> | null,
  after: Record<string, unknown> | null,
): { name: string; before: string; after: string }[] {
  const isWhole = before === null || after === null;
  const names = Object.keys(after ?? before ?? {}).filter(
    (name) => !/(^|_)(id|by)$/.test(name) && !(isWhole && IN_LABEL.includes(name)),
  );
  return names.flatMap((name) => {
    const pair = { before: valueText(before?.[name]), after: valueText(after?.[name]) };
    return pair.before === '–' && pair.after === '–' ? [] : [{ name: plainWords(name), ...pair }];
  });
}

type MoneyOf = { documents: number };

/** "2 new, 3 changed, 1 gone"; "none" */
export function countsWords({ added, changed, removed }: Counts): string {
  const parts = [
    ...(added > 0 ? [`${countNumber(added)} new`] : []),
    ...(changed > 0 ? [`${countNumber(changed)} changed`] : []),
    ...(removed > 0 ? [`${countNumber(removed)} gone`] : []),
  ];
  return parts.length === 0 ? 'none' : parts.join(', ');
}

/** "4 exceptions open, 1 closes"; "no exception" */
export function exceptionsWords({
  opens,
  closes,
  changes,
}: {
  opens: number;
  closes: number;
  changes: number;
}): string {
  const parts = [
    ...(opens > 0 ? [`${countNumber(opens)} ${opens === 1 ? 'opens' : 'open'}`] : []),
    ...(closes > 0 ? [`${countNumber(closes)} ${closes === 1 ? 'closes' : 'close'}`] : []),
    ...(changes > 0 ? [`${countNumber(changes)} ${changes === 1 ? 'changes' : 'change'}`] : []),
  ];
  return parts.length === 0 ? 'no exception changes' : `of exceptions ${parts.join(', ')}`;
}

/** What an approval lets happen, in one sentence. */
export function changeSentence(
  kind: string,
  report: {
    activities?: Counts | null;
    money: readonly MoneyOf[] | null;
    exceptions: { opens: number; closes: number; changes: number };
  },
): string {
  const documents = (report.money ?? []).reduce((sum, one) => sum + one.documents, 0);
  const what =
    kind === 'rebuild' || !report.activities
      ? 'What everybody sees is switched to the rebuild'
      : `Mapping again changes activities (${countsWords(report.activities)})`;
  const money =
    report.money === null
      ? ''
      : documents === 0
        ? ', no document’s money'
        : `, and the money of ${count(documents, 'document')}`;
  return `${what}${money}; ${exceptionsWords(report.exceptions)}.`;
}
