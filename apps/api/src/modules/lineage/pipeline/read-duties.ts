import type { ObjectType } from '@throughline/canonical';
import {
  DUTY_HOLDING_QUALIFIERS,
  DUTY_PASSING_QUALIFIERS,
  DUTY_QUALIFIERS,
  type DutyLink,
  isTechnicalUser,
} from '@throughline/lineage';
import { type Tx, uuidArray } from '@throughline/persistence';
import { MASTER_DATA_RULES } from './master-data-rules.js';
import { readAliases } from './read-objects.js';

type DutyLine = {
  from_object_id: string;
  to_object_id: string;
  qualifier: string;
  from_type: ObjectType;
  first_occurred_at: Date;
};

/** Who did what at some objects and at what they pass it on to, all links that tell it, and who of these are technical users. */
export type Duties = { subjectIds: readonly string[]; links: DutyLink[]; technicalIds: ReadonlySet<string> };

/**
 * The links that say who did what at these objects, at those that they pass it on to, at what passes it on to any of them, and at what
 * holds any of them. A batch may hold thousands of payments: of these, those are looked at to which something is passed on.
 * Without objects nothing is asked.
 */
export async function readDuties(tx: Tx, objectIds: readonly string[]): Promise<Duties> {
  if (objectIds.length === 0) return { subjectIds: [], links: [], technicalIds: new Set() };
  const passing = await tx.query<{ id: string }>(
    `select distinct l.to_object_id as id from unnest($2::uuid[]) as asked(id)
     join object_link l on l.tenant_id = $1 and l.from_object_id = asked.id and l.qualifier = any($3::text[])
     union
     select l.from_object_id from unnest($2::uuid[]) as asked(id)
     join object_link l on l.tenant_id = $1 and l.to_object_id = asked.id and l.qualifier = any($4::text[])
     where exists (
       select from object_link p
       join object_link d on d.tenant_id = $1 and d.to_object_id = p.from_object_id and d.qualifier = any($5::text[])
       where p.tenant_id = $1 and p.to_object_id = l.from_object_id and p.qualifier = any($3::text[]))`,
    [tx.tenantId, uuidArray(objectIds), DUTY_PASSING_QUALIFIERS, DUTY_HOLDING_QUALIFIERS, DUTY_QUALIFIERS],
  );
  const subjectIds = [...new Set([...objectIds, ...passing.map(({ id }) => id)])];
  const lines = await tx.query<DutyLine>(
    `with into_subject as (
       select l.from_object_id, l.to_object_id, l.qualifier, l.from_type, l.first_occurred_at
       from unnest($2::uuid[]) as subject(id)
       join object_link l on l.tenant_id = $1 and l.to_object_id = subject.id and l.qualifier = any($3::text[])
     ), held as (
       select l.from_object_id, l.to_object_id, l.qualifier, l.from_type, l.first_occurred_at
       from unnest($2::uuid[]) as subject(id)
       join object_link l on l.tenant_id = $1 and l.from_object_id = subject.id and l.qualifier = any($6::text[])
     )
     select * from into_subject
     union
     select * from held
     union
     select l.from_object_id, l.to_object_id, l.qualifier, l.from_type, l.first_occurred_at
     from (
       select from_object_id as id from into_subject where qualifier = any($4::text[])
       union
       select to_object_id from held
     ) before
     join object_link l on l.tenant_id = $1 and l.to_object_id = before.id and l.qualifier = any($5::text[])`,
    [
      tx.tenantId,
      uuidArray(subjectIds),
      [...new Set([...DUTY_QUALIFIERS, ...DUTY_PASSING_QUALIFIERS])],
      DUTY_PASSING_QUALIFIERS,
      DUTY_QUALIFIERS,
      DUTY_HOLDING_QUALIFIERS,
    ],
  );
  return { subjectIds, links: lines.map(linkOf), technicalIds: await readTechnical(tx, lines) };
}

async function readTechnical(tx: Tx, lines: readonly DutyLine[]): Promise<Set<string>> {
  const people = lines.flatMap((line) => (line.from_type === 'person' ? [line.from_object_id] : []));
  if (people.length === 0) return new Set();
  const aliases = await readAliases(tx, [...new Set(people)]);
  const { technicalUsers } = MASTER_DATA_RULES;
  return new Set(
    [...aliases].flatMap(([id, names]) =>
      isTechnicalUser(
        [...names.values()].map(({ value }) => value),
        technicalUsers,
      )
        ? [id]
        : [],
    ),
  );
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
