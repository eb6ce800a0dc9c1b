import { type ActivityObject, type Alias, type ObjectType, type Outcome, aliasId } from '@throughline/canonical';
import type { AliasStatement, ObjectStatement } from '@throughline/lineage';
import { type Tx, uuidArray } from '@throughline/persistence';

/** A stored statement of a name, with what its activity says of the object there. */
export type StatementLine = {
  activity_id: string;
  activity_type: string;
  outcome: Outcome;
  position: number;
  alias_id: string;
  is_subject: boolean;
  is_alone: boolean;
  occurred_at: Date;
  recorded_at: Date | null;
  object_type: ObjectType;
  object: ActivityObject;
};

/**
 * Looked up one by one, here and in the other reads of the projection (`lateral` with a limit or an offset keeps it so): a
 * join would be planned by how many rows the server believes to be there, which in a young or fast growing store is wrong by
 * orders of magnitude.
 */
export function readStatements(tx: Tx, aliasIds: readonly string[]): Promise<StatementLine[]> {
  return tx.query<StatementLine>(
    `select s.activity_id, s.activity_type, s.outcome, s.position, s.alias_id, s.is_subject, s.beside is null as is_alone,
            s.occurred_at, a.recorded_at, s.object_type, a.objects -> s.position::int as object
     from unnest($2::uuid[]) as asked(alias_id)
     cross join lateral (
       select * from alias_statement where tenant_id = $1 and alias_id = asked.alias_id offset 0
     ) s
     cross join lateral (
       select objects, recorded_at from activity where tenant_id = $1 and activity_id = s.activity_id limit 1
     ) a`,
    [tx.tenantId, uuidArray(aliasIds)],
  );
}

export function aliasStatementOf(line: StatementLine): AliasStatement {
  return {
    activityId: line.activity_id,
    position: line.position,
    aliasId: line.alias_id,
    objectType: line.object_type,
    alias: nameOf(line),
    isSubject: line.is_subject,
    isAlone: line.is_alone,
  };
}

/** A name's words, which stand in the activity alone: that which has its id. */
function nameOf({ activity_id, alias_id, object_type, object }: StatementLine): Alias {
  const { aliases } = object;
  const found = aliases.length === 1 ? aliases[0] : aliases.find((alias) => aliasId(object_type, alias) === alias_id);
  if (found === undefined) throw new Error(`activity ${activity_id} does not say the name ${alias_id} that it states`);
  return found;
}

/** One statement per place of an activity, whatever number of names the object has there. */
export function statementsByObject(
  lines: readonly StatementLine[],
  objectIdOf: ReadonlyMap<string, string>,
): Map<string, ObjectStatement[]> {
  const places = new Map<string, Map<string, ObjectStatement>>();
  for (const line of lines) {
    const objectId = objectIdOf.get(line.alias_id);
    if (objectId === undefined) continue;
    const known = places.get(objectId) ?? new Map<string, ObjectStatement>();
    places.set(objectId, known);
    known.set(`${line.activity_id}/${line.position}`, {
      activityId: line.activity_id,
      activityType: line.activity_type,
      outcome: line.outcome,
      position: line.position,
      occurredAt: line.occurred_at.toISOString(),
      recordedAt: line.recorded_at?.toISOString(),
      isSubject: line.is_subject,
      stated: statedOf(line.object),
    });
  }
  return new Map([...places].map(([objectId, statements]) => [objectId, [...statements.values()]]));
}

function statedOf({
  type: _type,
  qualifier: _qualifier,
  aliases: _aliases,
  ...stated
}: ActivityObject): ObjectStatement['stated'] {
  return stated;
}
