import type { TestDatabase } from '@throughline/persistence/testing';
import { HISTORY_TABLE_NAMES, type HistoryTable } from '../history-rows.js';

/** Rows of a tenant in every table of facts and lineage, in an order of their own; without where their signals are kept. */
export async function rowsByTable(test: TestDatabase, tenantId: string): Promise<Record<HistoryTable, string[]>> {
  const entries = await test.database.withTenant(tenantId, async (tx) => {
    // Whole tables are read here, as no request does: the time until this process has taken the last row counts as well.
    await tx.query('set local statement_timeout = 0');
    const found: [HistoryTable, string[]][] = [];
    for (const table of HISTORY_TABLE_NAMES) {
      // Where and when a signal was received is no part of what it says.
      const rows = await tx.query<{ row: string }>(
        `select (to_jsonb(t) - '{tenant_id,signal_id,signal_received_on}'::text[])::text as row from ${table} t
         where tenant_id = $1`,
        [tenantId],
      );
      found.push([table, rows.map(({ row }) => (table === 'business_transaction' ? ordered(row) : row)).sort()]);
    }
    return found;
  });
  return Object.fromEntries(entries) as Record<HistoryTable, string[]>;
}

/** A transaction with the digests of its parts in an order of their own: they are looked up by their keys. */
function ordered(row: string): string {
  const { digests, ...others } = JSON.parse(row) as { digests: string };
  return JSON.stringify({ ...others, digests: digests.split(' ').sort() });
}
