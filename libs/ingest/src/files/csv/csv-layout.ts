import { isActivityType, isObjectType, type ObjectType } from '@throughline/canonical';
import { parse } from 'yaml';
import { z } from 'zod';

const form = z.enum(['text', 'amount', 'date', 'instant']);
const column = z.strictObject({
  /** As it stands in the header row; compared without regard to case and outer blanks. */
  name: z.string().min(1),
  /** The name by which the rest of the layout speaks of it. */
  field: z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'must be a camelCase name'),
  form: form.default('text'),
  /** The column may be missing. */
  optional: z.boolean().default(false),
});
const key = z.strictObject({
  kind: z.string().min(1),
  field: z.string(),
  /** Fields whose values together are the scope, joined by "/". */
  scope: z.array(z.string()).default([]),
});
const object = z.strictObject({
  ref: z.string().optional(),
  type: z.string().refine(isObjectType, 'is no canonical object type'),
  qualifier: z.string().optional(),
  keys: z.array(key).min(1),
  amount: z.string().optional(),
  currency: z.string().optional(),
  /** by-sign: positive amounts flow in, negative ones out. */
  direction: z.enum(['inflow', 'outflow', 'by-sign']).optional(),
  legalEntity: z.string().optional(),
  counterparty: z.string().optional(),
  attributes: z.record(z.string(), z.string()).default({}),
});
const layout = z.strictObject({
  name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  version: z.number().int().min(1),
  title: z.string(),
  delimiter: z.string().length(1).default(','),
  decimal: z.enum(['point', 'comma']).default('point'),
  /** How dates are written: YYYY-MM-DD, YYYY-MM, DD.MM.YYYY, MM/DD/YYYY, DD/MM/YYYY or YYMMDD. */
  date: z.string().default('YYYY-MM-DD'),
  /** IANA zone of instants without one. */
  zone: z.string().default('UTC'),
  header: z.boolean().default(true),
  columns: z.array(column).min(1).max(500),
  /** A last row that states totals: told by the value of one column; it states sums of columns and the number of rows. */
  totals: z
    .strictObject({
      column: z.string(),
      value: z.string(),
      sums: z.array(z.string()).default([]),
      count: z.string().optional(),
    })
    .optional(),
  activity: z.strictObject({
    type: z.string().refine(isActivityType, 'is no <object-type>.<past participle>'),
    /** A field, or receivedAt: when the file came. */
    occurredAt: z.string(),
    objects: z.array(object).min(1).max(50),
    links: z
      .array(
        z.strictObject({
          from: z.string(),
          to: z.string(),
          qualifier: z.string(),
          amount: z.string().optional(),
          currency: z.string().optional(),
        }),
      )
      .default([]),
  }),
});

/** What a column holds. */
export type CsvForm = z.infer<typeof form>;
export type CsvColumn = z.infer<typeof column>;
/** An object that a row speaks of. */
export type CsvObject = Omit<z.infer<typeof object>, 'type'> & { type: ObjectType };
/** How the rows of a CSV file are read and what they mean; declared in YAML in `csv-layouts`. */
export type CsvLayout = Omit<z.infer<typeof layout>, 'activity'> & {
  activity: Omit<z.infer<typeof layout>['activity'], 'objects'> & { objects: CsvObject[] };
};

/** A declared layout is wrong; names file and place, and everything that is wrong one by one. */
export class CsvLayoutError extends Error {
  override readonly name = 'CsvLayoutError';

  constructor(
    from: string,
    readonly problems: readonly string[],
  ) {
    super(`${from}: ${problems.join('; ')}`);
  }
}

/** Reads a layout. `from` names it in errors. Throws CsvLayoutError. */
export function readCsvLayout(yaml: string, from: string): CsvLayout {
  const parsed = layout.safeParse(parsedYaml(yaml, from));
  if (!parsed.success) {
    const { issues } = parsed.error;
    throw new CsvLayoutError(
      from,
      issues.map(({ path, message }) => `${path.join('.') || 'layout'}: ${message}`),
    );
  }
  const value = parsed.data as CsvLayout;
  const problems = layoutProblems(value);
  if (problems.length > 0) throw new CsvLayoutError(from, problems);
  return value;
}

function parsedYaml(yaml: string, from: string): unknown {
  try {
    return parse(yaml);
  } catch (error) {
    const [first = 'cannot be read'] = (error instanceof Error ? error.message : '').split('\n', 1);
    throw new CsvLayoutError(from, [`layout: is no YAML: ${first}`]);
  }
}

function layoutProblems(value: CsvLayout): string[] {
  const { columns, activity, date, zone } = value;
  const fields = new Set(columns.map(({ field }) => field));
  const unknown = namedFields(value).filter((field) => !fields.has(field));
  const refs = new Set(activity.objects.map(({ ref, type }) => ref ?? type));
  const dangling = activity.links.flatMap(({ from: a, to: b }) => [a, b]).filter((ref) => !refs.has(ref));
  return [
    ...(unknown.length > 0 ? [`activity: no column has the field ${[...new Set(unknown)].join(', ')}`] : []),
    ...(dangling.length > 0 ? [`activity.links: no object is called ${dangling.join(', ')}`] : []),
    ...repeated(columns.map(({ name }) => name.toLowerCase())).map((name) => `columns: ${name} stands there twice`),
    ...repeated(columns.map(({ field }) => field)).map((field) => `columns: two have the field ${field}`),
    ...(DATE_FORMS.has(date) ? [] : [`date: must be one of ${[...DATE_FORMS].join(', ')}`]),
    ...(isZone(zone) ? [] : ['zone: is no time zone such as Europe/Berlin']),
  ];
}

const DATE_FORMS: ReadonlySet<string> = new Set([
  'YYYY-MM-DD',
  'YYYY-MM',
  'DD.MM.YYYY',
  'MM/DD/YYYY',
  'DD/MM/YYYY',
  'YYMMDD',
]);

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function namedFields({ activity, totals }: CsvLayout): string[] {
  const ofObjects = activity.objects.flatMap((item) => [
    ...item.keys.flatMap(({ field, scope }) => [field, ...scope]),
    ...[item.amount, item.currency, item.legalEntity, item.counterparty].filter((field) => field !== undefined),
    ...Object.values(item.attributes),
  ]);
  const ofTotals = totals ? [totals.column, ...totals.sums, ...(totals.count === undefined ? [] : [totals.count])] : [];
  const ofLinks = activity.links
    .flatMap(({ amount, currency }) => [amount, currency])
    .filter((field) => field !== undefined);
  const ofTime = activity.occurredAt === 'receivedAt' ? [] : [activity.occurredAt];
  return [...ofTime, ...ofObjects, ...ofTotals, ...ofLinks];
}
