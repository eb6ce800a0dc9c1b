import type { ExportTable } from '@throughline/lineage';
import type { FilterWord } from '../domain/filter-words.js';
import { REPORTING_CURRENCY } from '../domain/priority.js';
import type { MoneyTotal } from '../inbox.repository.js';

/** What an export says about itself. */
export type StatedExport = {
  exportId: string;
  view: string | null;
  filter: readonly FilterWord[];
  orderedBy: string;
  asOf: Date;
  exportedBy: string;
  rows: number;
  totals: readonly MoneyTotal[];
  /** In the reporting currency; null = nothing is known in it. */
  reporting: { inflow: string; outflow: string; withoutFigure: number };
  /** SHA-256 in lower-case hex. */
  rowsHash: string;
};

export type StatementLine = { what: string; value: string };

/** The lines of the statement, in order. */
export function statementLines(stated: StatedExport): StatementLine[] {
  const { view, filter, totals, reporting } = stated;
  const line = (what: string, value: string): StatementLine => ({ what, value });
  return [
    line('Export', stated.exportId),
    ...(view === null ? [] : [line('View', view)]),
    ...(filter.length === 0 ? [line('Filter', 'none: all exceptions')] : []),
    ...filter.map(({ what, values }) => line(`Filter: ${what}`, values)),
    line('Order', stated.orderedBy),
    line('As of (UTC)', stated.asOf.toISOString()),
    line('Exported by', stated.exportedBy),
    line('Rows', String(stated.rows)),
    ...totals.flatMap(({ currency, inflow, outflow, count }) => [
      line(`Inflow at risk in ${currency}`, inflow),
      line(`Outflow at risk in ${currency}`, outflow),
      line(`Rows with an amount in ${currency}`, String(count)),
    ]),
    line(`All inflow at risk in ${REPORTING_CURRENCY}`, reporting.inflow),
    line(`All outflow at risk in ${REPORTING_CURRENCY}`, reporting.outflow),
    line(`Rows whose money is not known in ${REPORTING_CURRENCY}`, String(reporting.withoutFigure)),
    line('Totals', 'Each unit of money counts once: they are not the sum of the rows'),
    line('SHA-256 of the rows', stated.rowsHash),
    line(
      'What is hashed',
      'Heading and rows as CSV (RFC 4180, UTF-8, lines end with CR LF), without byte order mark and without this statement',
    ),
  ];
}

/** The statement as a sheet of its own. */
export const STATEMENT_SHEET: ExportTable<StatementLine> = {
  name: 'about',
  title: 'About this export',
  columns: [
    { name: 'What', kind: 'text', value: ({ what }) => what },
    { name: 'Value', kind: 'text', value: ({ value }) => value },
  ],
};

/** The sign that every line of the statement begins with in a CSV; no row does, as rows begin with an id. */
export const STATEMENT_SIGN = '# ';

/** The statement below the rows of a CSV: as many fields as they have, as RFC 4180 asks. */
export function statementTable(fields: number): ExportTable<StatementLine> {
  const empty = Array.from({ length: fields - 2 }, () => ({ name: '', kind: 'text' as const, value: () => null }));
  return {
    name: 'about',
    title: 'About this export',
    columns: [
      { name: '', kind: 'text', value: ({ what }) => `${STATEMENT_SIGN}${what}` },
      { name: '', kind: 'text', value: ({ value }) => value },
      ...empty,
    ],
  };
}
