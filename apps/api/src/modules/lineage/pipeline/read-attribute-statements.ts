import type { Outcome } from '@throughline/canonical';
import type { AttributeStatement, KnownUntil, SystemKindOf } from '@throughline/lineage';
import { type Tx, uuidArray } from '@throughline/persistence';

/** Latest statements about one object as a subject that its attributes are told from. */
export const MOST_STATEMENTS = 500;
/** Latest statements of one name among which those said in passing are looked for: a customer may be named a million times. */
const MOST_MENTIONS = 200;
/** Latest statements of a document's name among which those about it as a subject are looked for; it has tens of them. */
const MOST_LOOKED_AT = 5_000;

/** What thousands of others name: its statements as a subject have an index of their own, alias_statement_subject, of these types. */
const MUCH_NAMED_TYPES = `'customer', 'supplier', 'legal-entity', 'product', 'cost-center', 'bank-account', 'price-agreement',
  'credit-limit', 'credit-exposure', 'fx-exposure', 'accounting-period', 'person', 'bank-statement', 'cash-position', 'cash-forecast',
  'payment-batch', 'actuals-batch', 'forecast-version', 'report'`;

type StatementLine = {
  object_id: string;
  activity_id: string;
  activity_type: string;
  outcome: Outcome;
  position: number;
  occurred_at: Date;
  recorded_at: Date | null;
  is_subject: boolean;
  system: string;
  recorded_on: string;
  stated: AttributeStatement['stated'] | null;
};

/**
 * Which statements are read: those about the object as a subject, or also what is said of it in passing; what happened, or can have
 * been received, until then.
 */
export type StatementChoice = KnownUntil & { onlySubject: boolean };

/**
 * What activities state of objects, the latest of each object, in a bounded number of steps whatever is said of them: what is said
 * of an object as a subject is never displaced by what is said in passing.
 */
export async function readAttributeStatements(
  tx: Tx,
  objectIds: readonly string[],
  { onlySubject, ...until }: StatementChoice,
): Promise<Map<string, AttributeStatement[]>> {
  const statements = new Map<string, AttributeStatement[]>(objectIds.map((objectId) => [objectId, []]));
  if (objectIds.length === 0) return statements;
  const lines = await tx.query<StatementLine>(
    `select asked.object_id, s.activity_id, s.activity_type, s.outcome, s.position, s.occurred_at, s.is_subject,
            a.system, a.recorded_at, a.signal_received_on::text as recorded_on,
            nullif((a.objects->s.position) - '{type,qualifier,aliases}'::text[], '{}'::jsonb) as stated
     from unnest($2::uuid[]) as asked(object_id)
     cross join lateral (
       select type in (${MUCH_NAMED_TYPES}) as is_much_named from business_object
       where tenant_id = $1 and object_id = asked.object_id limit 1
     ) b
     cross join lateral (
       ${latest(`b.is_much_named and is_subject and object_type in (${MUCH_NAMED_TYPES})`, MOST_STATEMENTS)}
       union all
       ${latest('not b.is_much_named', MOST_LOOKED_AT, 'is_subject', MOST_STATEMENTS)}
       union all
       ${latest('not $3', MOST_MENTIONS, 'not is_subject')}
     ) s
     cross join lateral (
       select system, signal_received_on, recorded_at, objects from activity
       where tenant_id = $1 and activity_id = s.activity_id limit 1
     ) a`,
    [tx.tenantId, uuidArray(objectIds), onlySubject, happenedUntil(until)],
  );
  for (const line of lines) statements.get(line.object_id)?.push(statementOf(line));
  return statements;
}

/** Latest statements of any name of an object, each place once: so many are looked at of a name, and so many kept. */
function latest(condition: string, looked: number, kept = 'true', most = looked): string {
  return `(
       select distinct on (occurred_at, activity_id, position)
              activity_id, activity_type, outcome, position, occurred_at, is_subject
       from (
         select alias_id from object_alias where tenant_id = $1 and object_id = asked.object_id offset 0
       ) o
       cross join lateral (
         select activity_id, activity_type, outcome, position, occurred_at, is_subject from alias_statement
         where tenant_id = $1 and alias_id = o.alias_id and occurred_at <= $4::timestamptz and ${condition}
         order by occurred_at desc, activity_id desc limit ${looked}
       ) own
       where ${kept}
       order by occurred_at desc, activity_id desc, position limit ${most})`;
}

/** Nothing that is believed was received days before it happened. */
const MOST_DAYS_BEFORE = 4;
const MS_PER_DAY = 86_400_000;

function happenedUntil({ asOf, knownOn }: KnownUntil): string {
  const known =
    knownOn === undefined ? [] : [new Date(Date.parse(knownOn) + MOST_DAYS_BEFORE * MS_PER_DAY).toISOString()];
  return [...known, ...(asOf === undefined ? [] : [asOf])].sort()[0] ?? 'infinity';
}

/** The kinds of the tenant's source systems; one that is not configured is its own kind. */
export async function readSystemKinds(tx: Tx): Promise<SystemKindOf> {
  const rows = await tx.query<{ name: string; kind: string }>(
    'select name, kind from source_system where tenant_id = $1',
    [tx.tenantId],
  );
  const kinds = new Map(rows.map(({ name, kind }) => [name, kind]));
  return (system) => kinds.get(system) ?? system;
}

function statementOf(line: StatementLine): AttributeStatement {
  return {
    activityId: line.activity_id,
    activityType: line.activity_type,
    outcome: line.outcome,
    position: line.position,
    occurredAt: line.occurred_at.toISOString(),
    recordedAt: line.recorded_at?.toISOString(),
    isSubject: line.is_subject,
    system: line.system,
    recordedOn: line.recorded_on,
    stated: line.stated ?? {},
  };
}
