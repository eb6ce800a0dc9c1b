import type { TestDatabase } from '@throughline/persistence/testing';
import { HISTORY_TABLE_NAMES, type HistoryTable } from '../history-rows.js';

/** Rows of a tenant in every table of facts and lineage, in an order of their own; without where their signals are kept. */
export async function rowsByTable(test: TestDatabase, tenantId: string): Promise<Record<HistoryTable, unknown[]>> {
  const entries = await test.database.withTenant(tenantId, async (tx) => {
    const found: [HistoryTable, unknown[]][] = [];
    for (const table of HISTORY_TABLE_NAMES) {
      // Where and when a signal was received is no part of what it says.
      const rows = await tx.query<{ row: Record<string, unknown> }>(
        `select to_jsonb(t) - '{tenant_id,signal_id,signal_received_on}'::text[] as row from ${table} t where tenant_id = $1`,
        [tenantId],
      );
      found.push([table, rows.map(({ row }) => JSON.stringify(ordered(row))).sort()]);
    }
    return found;
  });
  return Object.fromEntries(entries) as Record<HistoryTable, unknown[]>;
}

/** A row with the digests of its parts in an order of their own: they are looked up by their keys. */
function ordered(row: Record<string, unknown>): Record<string, unknown> {
  const { digests } = row;
  return typeof digests === 'string' ? { ...row, digests: digests.split(' ').sort() } : row;
}
