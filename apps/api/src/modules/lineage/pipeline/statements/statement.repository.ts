import { aliasId, type Uuid } from '@throughline/canonical';
import type { OwnStatement, OwnStatementEvent } from '@throughline/ingest';
import { type StatementEvent, statementId } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';

/** A statement or its withdrawal as a signal tells it. */
export type RecordedStatement = OwnStatementEvent & { signalId: Uuid; signalReceivedOn: string };

/** Identity of what is stated, by the names that it is stated with. */
export function idOfStatement(statement: OwnStatement): Uuid {
  const [first, second] = aliasIdsOf(statement);
  return statement.act === 'link'
    ? statementId({ act: 'link', fromAliasId: first, toAliasId: second, qualifier: statement.qualifier ?? '' })
    : statementId({ act: 'identity', aliasIds: [first, second] });
}

/** Whoever decides which of several statements counts does so alone, until the end of its transaction. */
export async function lockStatements(tx: Tx): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('throughline.statement.' || $1::text, 0))`, [
    tx.tenantId,
  ]);
}

/** Keeps what signals tell; telling it again changes nothing. */
export async function recordStatements(tx: Tx, events: readonly RecordedStatement[]): Promise<void> {
  await tx.query(
    `insert into lineage_statement (tenant_id, signal_id, signal_received_on, statement_id, act, is_withdrawal, stated_at,
                                    stated_by, reason, first_alias_id, second_alias_id, statement)
     select $1, s.* from jsonb_to_recordset($2::jsonb) as s("signalId" uuid, "signalReceivedOn" date, "statementId" uuid,
       act text, "isWithdrawal" boolean, "statedAt" timestamptz, "statedBy" uuid, reason text, "first" uuid, "second" uuid,
       statement jsonb)
     on conflict (tenant_id, signal_id) do nothing`,
    [
      tx.tenantId,
      JSON.stringify(
        events.map((event) => {
          const [first, second] = aliasIdsOf(event.statement);
          const { act } = event.statement;
          return { ...event, statementId: idOfStatement(event.statement), act, first, second };
        }),
      ),
    ],
  );
}

/** Forgets what signals of this day or later told: mapping them again tells it again. */
export async function forgetStatements(tx: Tx, sinceDay: string): Promise<void> {
  await tx.query('delete from lineage_statement where tenant_id = $1 and signal_received_on >= $2::date', [
    tx.tenantId,
    sinceDay,
  ]);
}

/** Everything that was ever said of the statements. */
export async function readStatementEvents(tx: Tx, statementIds: readonly string[]): Promise<StatementEvent[]> {
  const rows = await tx.query<Omit<StatementEvent, 'statedAt'> & { statedAt: Date }>(
    `select statement_id as "statementId", signal_id as "signalId", stated_at as "statedAt",
            is_withdrawal as "isWithdrawal"
     from lineage_statement where tenant_id = $1 and statement_id = any($2::uuid[])`,
    [tx.tenantId, statementIds],
  );
  return rows.map((row) => ({ ...row, statedAt: row.statedAt.toISOString() }));
}

function aliasIdsOf({ objects: [first, second] }: OwnStatement): [Uuid, Uuid] {
  return [aliasId(first.type, first), aliasId(second.type, second)];
}
