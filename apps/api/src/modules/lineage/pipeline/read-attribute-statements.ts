import type { Outcome } from '@throughline/canonical';
import type { AttributeStatement, SystemKindOf } from '@throughline/lineage';
import { type Tx, uuidArray } from '@throughline/persistence';

/** Latest statements of one object that its attributes are told from: a customer may be spoken of a million times. */
export const MOST_STATEMENTS = 500;
/** Latest statements of one name among which those about it as a subject are looked for. */
const MOST_LOOKED_AT = 5_000;

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

/** Which statements are read: those about the object as a subject, or also what is said of it in passing. */
export type StatementChoice = { onlySubject: boolean };

/** What activities state of objects, the latest of each object, in a bounded number of steps whatever is said of them. */
export async function readAttributeStatements(
  tx: Tx,
  objectIds: readonly string[],
  { onlySubject }: StatementChoice,
): Promise<Map<string, AttributeStatement[]>> {
  const statements = new Map<string, AttributeStatement[]>(objectIds.map((objectId) => [objectId, []]));
  if (objectIds.length === 0) return statements;
  const lines = await tx.query<StatementLine>(
    `select asked.object_id, s.activity_id, s.activity_type, s.outcome, s.position, s.occurred_at, s.is_subject,
            a.system, a.recorded_at, a.signal_received_on::text as recorded_on,
            nullif((a.objects->s.position) - '{type,qualifier,aliases}'::text[], '{}'::jsonb) as stated
     from unnest($2::uuid[]) as asked(object_id)
     cross join lateral (
       select distinct on (occurred_at, activity_id, position)
              activity_id, activity_type, outcome, position, occurred_at, is_subject
       from (
         select alias_id from object_alias where tenant_id = $1 and object_id = asked.object_id offset 0
       ) o
       cross join lateral (
         select activity_id, activity_type, outcome, position, occurred_at, is_subject from alias_statement
         where tenant_id = $1 and alias_id = o.alias_id
         order by occurred_at desc, activity_id desc limit ${MOST_LOOKED_AT}
       ) own
       where is_subject or not $3
       order by occurred_at desc, activity_id desc, position limit ${MOST_STATEMENTS}
     ) s
     cross join lateral (
       select system, signal_received_on, recorded_at, objects from activity
       where tenant_id = $1 and activity_id = s.activity_id limit 1
     ) a`,
    [tx.tenantId, uuidArray(objectIds), onlySubject],
  );
  for (const line of lines) statements.get(line.object_id)?.push(statementOf(line));
  return statements;
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
