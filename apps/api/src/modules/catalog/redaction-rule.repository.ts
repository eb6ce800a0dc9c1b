import type { Tx } from '@throughline/persistence';
import { instantCursorSql, type Page } from '../../graphql/connection.js';

export type RedactionRuleRow = {
  id: string;
  sourceSystem: string;
  signalKind: string;
  path: string;
  action: string;
  note: string;
  createdAt: Date;
  createdAtText: string;
};

const COLUMNS = `rule_id as id, source_system as "sourceSystem", signal_kind as "signalKind", path, action, note,
  created_at as "createdAt", ${instantCursorSql('created_at')} as "createdAtText"`;

export const COUNT_REDACTION_RULES = 'select 1 from redaction_rule where tenant_id = $1';

/** Rules, latest first, one more than asked. */
export async function listRedactionRules(tx: Tx, page: Page): Promise<RedactionRuleRow[]> {
  return tx.query<RedactionRuleRow>(
    `select ${COLUMNS} from redaction_rule
     where tenant_id = $1 and ($2::timestamptz is null or (created_at, rule_id) < ($2::timestamptz, $3::uuid))
     order by created_at desc, rule_id desc limit $4`,
    [tx.tenantId, page.after?.[0] ?? null, page.after?.[1] ?? null, page.first + 1],
  );
}

export async function findRedactionRule(tx: Tx, id: string): Promise<RedactionRuleRow | null> {
  const [row] = await tx.query<RedactionRuleRow>(
    `select ${COLUMNS} from redaction_rule where tenant_id = $1 and rule_id = $2`,
    [tx.tenantId, id],
  );
  return row ?? null;
}

/** A rule as it is stated. */
export type RedactionStatement = Pick<RedactionRuleRow, 'sourceSystem' | 'signalKind' | 'path' | 'action' | 'note'>;

/** The rule for the same place, if there is one, and how many there are in all. */
export async function findSamePlace(
  tx: Tx,
  { sourceSystem, signalKind, path }: RedactionStatement,
): Promise<{ same: RedactionRuleRow | null; rules: number }> {
  // one act at a time: two that state the same place must see each other
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('redaction ' || $1, 0))`, [tx.tenantId]);
  const [same] = await tx.query<RedactionRuleRow>(
    `select ${COLUMNS} from redaction_rule
     where tenant_id = $1 and source_system = $2 and signal_kind = $3 and path = $4`,
    [tx.tenantId, sourceSystem, signalKind, path],
  );
  const [count] = await tx.query<{ rules: number }>(
    `select count(*)::int as rules from redaction_rule where tenant_id = $1`,
    [tx.tenantId],
  );
  return { same: same ?? null, rules: count?.rules ?? 0 };
}

/** Adds the rule, or changes the one of that id. */
export async function putRedactionRule(
  tx: Tx,
  rule: RedactionStatement & { id: string; createdBy: string; at: Date },
): Promise<void> {
  await tx.query(
    `insert into redaction_rule (tenant_id, rule_id, source_system, signal_kind, path, action, note, created_by, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (tenant_id, rule_id) do update set action = excluded.action, note = excluded.note`,
    [
      tx.tenantId,
      rule.id,
      rule.sourceSystem,
      rule.signalKind,
      rule.path,
      rule.action,
      rule.note,
      rule.createdBy,
      rule.at,
    ],
  );
}

/** Takes a rule away and answers what it was; null = there is none. */
export async function removeRedactionRule(tx: Tx, id: string): Promise<RedactionRuleRow | null> {
  const [row] = await tx.query<RedactionRuleRow>(
    `delete from redaction_rule where tenant_id = $1 and rule_id = $2 returning ${COLUMNS}`,
    [tx.tenantId, id],
  );
  return row ?? null;
}
