import type { ObjectType } from '@throughline/canonical';
import { DUTY_PASSING_QUALIFIERS, DUTY_QUALIFIERS, type DutyLink } from '@throughline/lineage';
import { type Tx, uuidArray } from '@throughline/persistence';

type DutyLine = {
  from_object_id: string;
  to_object_id: string;
  qualifier: string;
  from_type: ObjectType;
  first_occurred_at: Date;
};

/** Who did what at some objects and at what they pass it on to, and all links that tell it. */
export type Duties = { subjectIds: readonly string[]; links: DutyLink[] };

/**
 * The links that say who did what at these objects, at those that they pass it on to, and at what passes it on to any of them.
 * Without objects nothing is asked.
 */
export async function readDuties(tx: Tx, objectIds: readonly string[]): Promise<Duties> {
  if (objectIds.length === 0) return { subjectIds: [], links: [] };
  const passing = await tx.query<{ id: string }>(
    `select distinct l.to_object_id as id from unnest($2::uuid[]) as asked(id)
     join object_link l on l.tenant_id = $1 and l.from_object_id = asked.id and l.qualifier = any($3::text[])`,
    [tx.tenantId, uuidArray(objectIds), DUTY_PASSING_QUALIFIERS],
  );
  const subjectIds = [...new Set([...objectIds, ...passing.map(({ id }) => id)])];
  const lines = await tx.query<DutyLine>(
    `with into_subject as (
       select l.from_object_id, l.to_object_id, l.qualifier, l.from_type, l.first_occurred_at
       from unnest($2::uuid[]) as subject(id)
       join object_link l on l.tenant_id = $1 and l.to_object_id = subject.id and l.qualifier = any($3::text[])
     )
     select * from into_subject
     union
     select l.from_object_id, l.to_object_id, l.qualifier, l.from_type, l.first_occurred_at
     from (select distinct from_object_id as id from into_subject where qualifier = any($4::text[])) before
     join object_link l on l.tenant_id = $1 and l.to_object_id = before.id and l.qualifier = any($5::text[])`,
    [
      tx.tenantId,
      uuidArray(subjectIds),
      [...new Set([...DUTY_QUALIFIERS, ...DUTY_PASSING_QUALIFIERS])],
      DUTY_PASSING_QUALIFIERS,
      DUTY_QUALIFIERS,
    ],
  );
  return { subjectIds, links: lines.map(linkOf) };
}

function linkOf(line: DutyLine): DutyLink {
  return {
    fromObjectId: line.from_object_id,
    toObjectId: line.to_object_id,
    qualifier: line.qualifier,
    fromType: line.from_type,
    firstOccurredAt: line.first_occurred_at.toISOString(),
  };
}
