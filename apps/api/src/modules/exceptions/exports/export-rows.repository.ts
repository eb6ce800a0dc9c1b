import { formatAmount, fromMinorUnits } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import { listLegalEntities } from '../../catalog/index.js';
import { findPeople } from '../../identity/index.js';
import { regionOf } from '../../lineage/index.js';
import { REPORTING_CURRENCY } from '../domain/priority.js';
import {
  listExceptions,
  selectionStatement,
  totalExceptions,
  type InboxOrder,
  type InboxSelection,
  type MoneyTotal,
} from '../inbox.repository.js';
import { COUNTED, countedOnceSql } from '../inbox/counted-once.js';
import type { ExportedException } from './exception-table.js';

/** Rows that are read at once. */
const ROWS_OF_PAGE = 1000;

/** What a selection comes to, over all its rows. */
export type Measured = {
  /** Exact; null = more than were allowed. */
  rows: number | null;
  totals: MoneyTotal[];
  /** In the reporting currency, each unit of money once. */
  reporting: { inflow: string; outflow: string; withoutFigure: number };
};

/** Counts and totals a selection; nothing is totalled of what is more than `most`. */
export async function measureSelection(tx: Tx, selection: InboxSelection, most: number): Promise<Measured> {
  const found = selectionStatement(
    tx.tenantId,
    selection,
    `${COUNTED}, e.direction, e.reporting_minor as amount,
     e.is_money_unknown or (e.currency is not null and e.reporting_minor is null) as is_unknown`,
  );
  const [row] = await tx.query<{ rows: number; inflow: string; outflow: string; withoutFigure: number }>(
    `with found as materialized (${found.sql} limit ${most + 1})
     select coalesce(sum(exceptions), 0)::int as rows,
            coalesce(sum(amount) filter (where direction = 'inflow'), 0)::text as inflow,
            coalesce(sum(amount) filter (where direction = 'outflow'), 0)::text as outflow,
            coalesce(sum(unknown), 0)::int as "withoutFigure"
     from (${countedOnceSql((condition) => `select * from found e where ${condition}`, ['direction'])}) once`,
    found.parameters,
  );
  const { rows, inflow, outflow, withoutFigure } = row ?? { rows: 0, inflow: '0', outflow: '0', withoutFigure: 0 };
  const reporting = { inflow: amountOf(inflow), outflow: amountOf(outflow), withoutFigure };
  if (rows > most) return { rows: null, totals: [], reporting };
  return { rows, totals: await totalExceptions(tx, selection), reporting };
}

function amountOf(minor: string): string {
  return formatAmount(fromMinorUnits(BigInt(minor), REPORTING_CURRENCY).amount, REPORTING_CURRENCY);
}

/** All rows of a selection in its order, page by page, each going on by the key where the one before ended. */
export async function* exportPages(
  tx: Tx,
  selection: InboxSelection,
  order: InboxOrder,
  rowsOfPage = ROWS_OF_PAGE,
): AsyncGenerator<ExportedException[]> {
  const regions = new Map((await listLegalEntities(tx)).map(({ code, country }) => [code, regionOf(country)]));
  let after: string[] | null = null;
  for (;;) {
    const rows = await listExceptions(tx, selection, order, { first: rowsOfPage, after });
    const page = rows.slice(0, rowsOfPage);
    if (page.length > 0) {
      const owners = [...new Set(page.flatMap(({ ownerId }) => ownerId ?? []))];
      const people = owners.length === 0 ? [] : await findPeople(tx, owners);
      const names = new Map(people.flatMap((person) => (person === null ? [] : [[person.id, person.displayName]])));
      yield page.map((row) => ({
        ...row,
        ownerName: row.ownerId && (names.get(row.ownerId) ?? row.ownerId),
        region: row.legalEntity && (regions.get(row.legalEntity) ?? null),
      }));
    }
    const last = page.at(-1);
    if (rows.length <= rowsOfPage || last === undefined) return;
    after = [last.orderText, last.exceptionId];
  }
}
