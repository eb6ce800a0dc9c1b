import { problemSignature } from '@throughline/canonical';
import type { RuleSeverity } from '@throughline/lineage';
import { type Tx, uuidArray } from '@throughline/persistence';
import type { ProblemFact } from '../domain/stored-exception.js';
import { withOpenAmounts } from '../problem-facts.repository.js';

/** What violates a rule, as it is told. */
export type Violation = {
  objectId: string;
  rule: string;
  ruleVersion: number;
  severity: RuleSeverity;
  taxonomy: string;
  title: string;
  message: string;
  discriminators: Readonly<Record<string, string>>;
  amountFrom: string;
  amount: string | null;
  currency: string | null;
  at: string;
};

/**
 * Makes these the violations of the objects; what is told as before is left alone, what says something else has occurred again. A
 * new version or title of the rule alone is no occurrence.
 * Answers the objects at which something changed, and which problem came, changed or went.
 */
export async function replaceViolations(
  tx: Tx,
  objectIds: readonly string[],
  violations: readonly Violation[],
): Promise<{ objectId: string; taxonomy: string }[]> {
  return tx.query<{ objectId: string; taxonomy: string }>(
    `with given as (
       select * from jsonb_to_recordset($3::jsonb) as v("objectId" uuid, rule text, "ruleVersion" int, severity text, taxonomy text,
         title text, message text, discriminators jsonb, "amountFrom" text, amount numeric, currency text, at timestamptz)
     ), gone as (
       delete from rule_violation k where k.tenant_id = $1 and k.object_id = any($2::uuid[])
         and not exists (select from given v where v."objectId" = k.object_id and v.rule = k.rule)
       returning k.object_id, k.taxonomy
     ), put as (
       insert into rule_violation as k (tenant_id, object_id, rule, rule_version, severity, taxonomy, title, message, discriminators,
         amount_from, amount, currency, occurrences, first_occurred_at, last_occurred_at)
       select $1, v."objectId", v.rule, v."ruleVersion", v.severity, v.taxonomy, v.title, v.message, v.discriminators, v."amountFrom",
              v.amount, v.currency, 1, v.at, v.at
       from given v
       on conflict (tenant_id, object_id, rule) do update set rule_version = excluded.rule_version, severity = excluded.severity,
         taxonomy = excluded.taxonomy, title = excluded.title, message = excluded.message, discriminators = excluded.discriminators,
         amount_from = excluded.amount_from, amount = excluded.amount, currency = excluded.currency,
         occurrences = k.occurrences + case
           when (k.taxonomy, k.message, k.discriminators, k.amount, k.currency)
             is distinct from (excluded.taxonomy, excluded.message, excluded.discriminators, excluded.amount, excluded.currency)
           then 1 else 0 end,
         last_occurred_at = greatest(k.last_occurred_at, excluded.last_occurred_at)
       where (k.rule_version, k.severity, k.taxonomy, k.title, k.message, k.discriminators, k.amount_from, k.amount, k.currency)
         is distinct from (excluded.rule_version, excluded.severity, excluded.taxonomy, excluded.title, excluded.message,
                           excluded.discriminators, excluded.amount_from, excluded.amount, excluded.currency)
       returning k.object_id, k.taxonomy
     )
     select object_id as "objectId", taxonomy from gone union select object_id, taxonomy from put`,
    [tx.tenantId, uuidArray(objectIds), JSON.stringify(violations)],
  );
}

/** Hop of what violates a rule: it happened nowhere in particular, and each rule is its own. */
export function ruleHop(rule: string): string {
  return `rule/${rule}`;
}

type ViolationRow = Omit<ProblemFact, 'signature' | 'hop' | 'integration' | 'lastActivityId' | 'clearedAt'> & {
  rule: string;
  amountFrom: string;
  ownAmount: string | null;
  ownCurrency: string | null;
};

/** What violates rules at these objects, as problems; warnings are none. */
export async function loadViolations(tx: Tx, objectIds: readonly string[]): Promise<ProblemFact[]> {
  const rows = await tx.query<ViolationRow>(
    `select b.object_id as "objectId", b.type as "objectType", b.key as "objectKey", b.legal_entity as "legalEntity",
            b.counterparty, b.amount, b.currency, b.direction, v.rule, v.taxonomy, v.title as headline, v.message,
            v.discriminators, v.amount_from as "amountFrom", v.amount as "ownAmount", v.currency as "ownCurrency", v.occurrences,
            v.first_occurred_at as "firstOccurredAt", v.last_occurred_at as "lastOccurredAt"
     from rule_violation v join business_object b on b.tenant_id = $1 and b.object_id = v.object_id
     where v.tenant_id = $1 and v.object_id = any($2::uuid[]) and v.severity = 'error'`,
    [tx.tenantId, objectIds],
  );
  if (rows.length === 0) return [];
  const opened = await withOpenAmounts(tx, rows, ({ taxonomy }) => ({ asOf: null, taxonomy }));
  return opened.map(({ rule, amountFrom, ownAmount, ownCurrency, ...row }) => ({
    ...row,
    ...(amountFrom === 'difference' && { amount: ownAmount, currency: ownCurrency }),
    // nothing is held up by it, which is not the same as not known
    ...(amountFrom === 'none' && { amount: '0', currency: row.currency ?? 'EUR' }),
    hop: ruleHop(rule),
    signature: problemSignature(row.taxonomy, row.discriminators),
    integration: '',
    lastActivityId: null,
    clearedAt: null,
  }));
}

/** How many objects violate each rule. Fits Operation.loader. */
export async function countViolations(tx: Tx, rules: readonly string[]): Promise<number[]> {
  const rows = await tx.query<{ rule: string; count: number }>(
    `select v.rule, count(*)::int as count
     from rule_violation v join business_object b on b.tenant_id = $1 and b.object_id = v.object_id
     where v.tenant_id = $1 and v.rule = any($2::text[]) group by v.rule`,
    [tx.tenantId, rules],
  );
  const byRule = new Map(rows.map(({ rule, count }) => [rule, count]));
  return rules.map((rule) => byRule.get(rule) ?? 0);
}

export type ListedViolation = { objectId: string; type: string; key: string; message: string };

/** The first of what violates each rule, in no order that says anything. Fits Operation.loader. */
export async function firstViolations(tx: Tx, rules: readonly string[], limit: number): Promise<ListedViolation[][]> {
  const rows = await tx.query<ListedViolation & { rule: string }>(
    `select asked.rule, found.object_id as "objectId", b.type, b.key, found.message
     from unnest($2::text[]) as asked(rule)
     cross join lateral (
       select v.object_id, v.message from rule_violation v
       where v.tenant_id = $1 and v.rule = asked.rule collate "C" order by v.object_id limit $3
     ) found
     join business_object b on b.tenant_id = $1 and b.object_id = found.object_id`,
    [tx.tenantId, rules, limit],
  );
  return rules.map((rule) => rows.filter((row) => row.rule === rule));
}
