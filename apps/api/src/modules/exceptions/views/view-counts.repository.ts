import { formatAmount, fromMinorUnits } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import { REPORTING_CURRENCY } from '../domain/priority.js';
import { COUNTED, countedOnceSql } from '../inbox/counted-once.js';
import { selectionStatement, type InboxSelection } from '../inbox.repository.js';
import { OPEN_STATES } from '../queue.repository.js';

/** Exceptions of one view that are looked at; of more the rest is left out, and said so. */
export const MOST_COUNTED = 10_000;

/** What is open in a view, and the money that hangs on it, each unit once. */
export type ViewCount = {
  open: number;
  /** There are more; what is told is of the first ones alone. */
  isCut: boolean;
  /** In the reporting currency. */
  inflow: string;
  outflow: string;
  /** Open exceptions whose money nobody can put a figure on. */
  withoutFigure: number;
};

type CountRow = { place: number; open: number; inflow: string; outflow: string; withoutFigure: number };

/** Counts what is open in each selection, in their order: one statement for all of them. */
export async function countSelections(
  tx: Tx,
  selections: readonly InboxSelection[],
  most = MOST_COUNTED,
): Promise<ViewCount[]> {
  if (selections.length === 0) return [];
  const parameters: unknown[] = [tx.tenantId];
  const parts = selections.map((selection, place) => {
    const states = (selection.states ?? OPEN_STATES).filter((state) => OPEN_STATES.includes(state));
    const found = selectionStatement(
      tx.tenantId,
      { ...selection, states },
      `${COUNTED}, e.direction, e.reporting_minor as amount, e.is_money_unknown as is_unknown`,
    );
    return countOf(place, numberedAfter(found, parameters), most);
  });
  const rows = await tx.query<CountRow>(parts.join('\nunion all\n'), parameters);
  const byPlace = new Map(rows.map((row) => [row.place, row]));
  return selections.map((_, place) => toCount(byPlace.get(place), most));
}

function countOf(place: number, found: string, most: number): string {
  return `(with found as materialized (${found} limit ${most + 1})
     select ${place} as place, coalesce(sum(exceptions), 0)::int as open,
       coalesce(sum(amount) filter (where direction = 'inflow'), 0)::text as inflow,
       coalesce(sum(amount) filter (where direction = 'outflow'), 0)::text as outflow,
       coalesce(sum(unknown), 0)::int as "withoutFigure"
     from (${countedOnceSql((condition) => `select * from found e where ${condition}`, ['direction'])}) once)`;
}

/** The statement with its parameters behind those of the whole; the tenant stays the first of both. */
function numberedAfter({ sql, parameters }: { sql: string; parameters: unknown[] }, all: unknown[]): string {
  const shift = all.length - 1;
  all.push(...parameters.slice(1));
  return sql.replace(/\$(\d+)/g, (_, number: string) => `$${number === '1' ? 1 : Number(number) + shift}`);
}

function toCount(row: CountRow | undefined, most: number): ViewCount {
  const { open = 0, inflow = '0', outflow = '0', withoutFigure = 0 } = row ?? {};
  return {
    open: Math.min(open, most),
    isCut: open > most,
    inflow: amountOf(inflow),
    outflow: amountOf(outflow),
    withoutFigure,
  };
}

function amountOf(minor: string): string {
  return formatAmount(fromMinorUnits(BigInt(minor), REPORTING_CURRENCY).amount, REPORTING_CURRENCY);
}
