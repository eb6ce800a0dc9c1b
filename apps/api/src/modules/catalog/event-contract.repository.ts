import type { Tx } from '@throughline/persistence';
import type { Page } from '../../graphql/connection.js';

export type EventContractRow = {
  eventType: string;
  version: number;
  schema: unknown;
  compatibility: string;
  createdAt: Date;
  retiredAt: Date | null;
};

const COLUMNS = `event_type as "eventType", version, schema, compatibility, created_at as "createdAt",
  retired_at as "retiredAt"`;

export const COUNT_EVENT_CONTRACTS = 'select 1 from event_contract where tenant_id = $1';

/** Contracts by event type and version, one more than asked. */
export async function listEventContracts(tx: Tx, page: Page): Promise<EventContractRow[]> {
  return tx.query<EventContractRow>(
    `select ${COLUMNS} from event_contract
     where tenant_id = $1 and ($2::text is null or (event_type, version) > ($2, $3::integer))
     order by event_type, version limit $4`,
    [tx.tenantId, page.after?.[0] ?? null, page.after?.[1] ?? null, page.first + 1],
  );
}

/** One version of a contract; null = there is none. */
export async function findEventContract(tx: Tx, eventType: string, version: number): Promise<EventContractRow | null> {
  const [row] = await tx.query<EventContractRow>(
    `select ${COLUMNS} from event_contract where tenant_id = $1 and event_type = $2 and version = $3`,
    [tx.tenantId, eventType, version],
  );
  return row ?? null;
}

/** The latest version that is not retired per event type; null = there is none. */
export async function findContractsInForce(
  tx: Tx,
  eventTypes: readonly string[],
): Promise<(EventContractRow | null)[]> {
  const rows = await tx.query<EventContractRow>(
    `select distinct on (event_type) ${COLUMNS} from event_contract
     where tenant_id = $1 and event_type = any($2::text[]) and retired_at is null order by event_type, version desc`,
    [tx.tenantId, eventTypes],
  );
  const byType = new Map(rows.map((row) => [row.eventType, row]));
  return eventTypes.map((type) => byType.get(type) ?? null);
}

/** Lets one act at a time add to a type, and gives its latest version. */
export async function lockLatestContract(tx: Tx, eventType: string): Promise<EventContractRow | null> {
  // a type without any contract has no row to lock
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('event contract ' || $1 || ' ' || $2, 0))`, [
    tx.tenantId,
    eventType,
  ]);
  const [row] = await tx.query<EventContractRow>(
    `select ${COLUMNS} from event_contract where tenant_id = $1 and event_type = $2 order by version desc limit 1`,
    [tx.tenantId, eventType],
  );
  return row ?? null;
}

/** Adds a version. The one before it stays in force for what says that it follows it. */
export async function addEventContract(
  tx: Tx,
  contract: Omit<EventContractRow, 'retiredAt'> & { createdBy: string },
): Promise<void> {
  await tx.query(
    `insert into event_contract (tenant_id, event_type, version, schema, compatibility, created_by, created_at)
     values ($1, $2, $3, $4::jsonb, $5, $6, $7)`,
    [
      tx.tenantId,
      contract.eventType,
      contract.version,
      JSON.stringify(contract.schema),
      contract.compatibility,
      contract.createdBy,
      contract.createdAt,
    ],
  );
}
