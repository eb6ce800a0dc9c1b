import { parseMoney, type Direction, type Money } from '@throughline/canonical';
import { readAnyDate, readAnyInstant } from '../../packs/vendor-times.js';
import { accountKeyOf } from '../account-key.js';
import type { CsvLayout, CsvObject } from '../csv/csv-layout.js';
import type { CsvLayouts } from '../csv/csv-layouts.js';
import { amountTextOf } from '../csv/csv-values.js';
import { BANK_SYSTEM, type DraftKey, type DraftObject, type RecordRule } from './record-draft.js';
import { textOf, type ReadBody } from './read-body.js';

/** Occurred when the file was received. */
const RECEIVED = 'receivedAt';
/** Objects whose keys all banks and systems share. */
const BANK_TYPES: ReadonlySet<string> = new Set(['bank-entry', 'bank-account', 'bank-statement', 'cash-position']);

type Cells = (field: string | undefined) => string | undefined;

/** A row, by the layout under which its file was taken. */
export function mapCsvRow({ context, record }: ReadBody, system: string, layouts: CsvLayouts): RecordRule {
  const name = textOf(context, 'layout') ?? '';
  const version = textOf(context, 'layoutVersion') ?? '1';
  const layout = layouts.ofRow(name, Number(version));
  if (layout === undefined) {
    const reason = `there is no layout ${JSON.stringify(name)} of version ${version}`;
    return { rule: name, unmapped: reason, place: '/context/layout' };
  }
  const columnOf = new Map(layout.columns.map((column) => [column.field, column]));
  const cells: Cells = (field) => {
    const column = field === undefined ? undefined : columnOf.get(field);
    return column === undefined ? undefined : textOf(record, column.name);
  };
  for (const column of layout.columns) {
    const reason = cellProblem(layout, column, cells(column.field));
    if (reason !== undefined) return { rule: name, unmapped: reason, place: `/record/${column.name}` };
  }
  const { activity } = layout;
  const occurredAt = activity.occurredAt === RECEIVED ? undefined : instantOf(layout, cells(activity.occurredAt));
  if (activity.occurredAt !== RECEIVED && occurredAt === undefined)
    return {
      rule: name,
      unmapped: 'the row says no time of what happened',
      place: `/record/${columnOf.get(activity.occurredAt)?.name ?? ''}`,
    };
  const objects = activity.objects.map((object) => objectOf(object, layout, cells, system));
  const links = activity.links.map(({ amount, currency, ...link }) => ({
    ...link,
    amount: moneyIn(layout, cells(amount), cells(currency))?.money,
  }));
  return { rule: name, occurredAt, activities: [{ type: activity.type, objects, links }] };
}

function cellProblem(
  layout: CsvLayout,
  column: CsvLayout['columns'][number],
  cell: string | undefined,
): string | undefined {
  if (cell === undefined) return undefined;
  const shown = JSON.stringify(cell.slice(0, 40));
  if (column.form === 'amount' && amountTextOf(cell, layout.decimal) === undefined)
    return `${column.name}: ${shown} is no amount with a decimal ${layout.decimal}`;
  if (column.form === 'date' && readAnyDate(cell, formOf(layout)) === undefined)
    return `${column.name}: ${shown} is no date ${layout.date} that exists`;
  if (column.form === 'instant' && readAnyInstant(cell, layout.zone) === undefined)
    return `${column.name}: ${shown} is no time`;
  return undefined;
}

function objectOf(object: CsvObject, layout: CsvLayout, cells: Cells, system: string): DraftObject {
  const amount = moneyIn(layout, cells(object.amount), cells(object.currency));
  const isOfBank = BANK_TYPES.has(object.type);
  const direction: Direction | undefined =
    object.direction !== 'by-sign'
      ? object.direction
      : amount === undefined
        ? undefined
        : amount.isNegative
          ? 'outflow'
          : 'inflow';
  return {
    ref: object.ref ?? object.type,
    type: object.type,
    ...(object.qualifier !== undefined && { qualifier: object.qualifier }),
    keys: object.keys.map(({ kind, field, scope }): DraftKey => {
      const value = cells(field);
      const account = object.type === 'bank-account' ? accountKeyOf(value) : undefined;
      return {
        kind: account?.kind ?? kind,
        value: account?.value ?? value,
        system: isOfBank ? BANK_SYSTEM : system,
        scope: scope
          .map((name) => cells(name) ?? '')
          .map((text) => (isOfBank ? (accountKeyOf(text)?.value ?? text) : text))
          .join('/'),
      };
    }),
    amount: amount?.money,
    direction,
    legalEntity: cells(object.legalEntity),
    counterparty: cells(object.counterparty),
    attributes: Object.fromEntries(
      Object.entries(object.attributes).map(([name, field]) => [name, attributeOf(layout, field, cells)]),
    ),
  };
}

function attributeOf(layout: CsvLayout, field: string, cells: Cells): string | undefined {
  const form = layout.columns.find((column) => column.field === field)?.form;
  const cell = cells(field);
  return form === 'date' ? readAnyDate(cell, formOf(layout)) : cell;
}

function moneyIn(
  layout: CsvLayout,
  cell: string | undefined,
  currency: string | undefined,
): { money: Money; isNegative: boolean } | undefined {
  const text = amountTextOf(cell ?? '', layout.decimal);
  const parsed = parseMoney(text?.replace(/^-/, ''), currency?.toUpperCase());
  return text === undefined || !parsed.ok ? undefined : { money: parsed.value, isNegative: text.startsWith('-') };
}

function instantOf(layout: CsvLayout, cell: string | undefined): string | undefined {
  const date = readAnyDate(cell, formOf(layout));
  return date === undefined ? readAnyInstant(cell, layout.zone) : `${date}T00:00:00.000Z`;
}

/** ISO dates need no form. */
function formOf({ date }: CsvLayout): string | undefined {
  return date.startsWith('YYYY-MM') ? undefined : date;
}
