import {
  type LineageFinding,
  contradictionFindings,
  crowdedFinding,
  cycleFindings,
  dutyFindings,
  masterDataFindings,
  notedFindings,
  outOfSequenceFinding,
  overfullFinding,
  selfLinkFindings,
  truncatedFinding,
} from '@throughline/lineage';
import type { Alias, ObjectType } from '@throughline/canonical';
import { type Tx, uuidArray } from '@throughline/persistence';
import { MASTER_DATA_RULES } from './master-data-rules.js';
import type { Noticed } from './noticed.js';
import type { ProjectedObjects } from './project-objects.js';
import type { ProjectedTransactions } from './project-transactions.js';
import { FINDING, toRow } from './projection-tables.js';
import { readDuties } from './read-duties.js';
import { readAttributeStatements, readSystemKinds } from './read-attribute-statements.js';
import { readAliases } from './read-objects.js';
import { type DiffScope, writeDiff, writeRows } from './row-diff.js';

const OF_OBJECTS = ['contradictory-alias', 'too-many-aliases', 'self-link'];
/** Kinds of findings whose subject is a transaction. */
export const FINDINGS_OF_TRANSACTIONS = ['transaction-truncated', 'more-than-expected', 'out-of-sequence'];
const OF_DUTIES = ['segregation-of-duties'];
const OF_STATEMENTS = [
  'ownership-conflict',
  'master-data-drift',
  'unusable-amount',
  'differing-content',
  'implausible-time',
];

/** Whose findings came, changed or went. */
export type FoundSubjects = { objectIds: string[]; transactionIds: string[] };

/** Rows of these kinds and subjects are made equal to what is found; what they say no longer holds. */
type Part = { kinds: readonly string[]; subjectIds: readonly string[]; found: readonly LineageFinding[] };

/**
 * Writes what is wrong with what was projected, and removes what no longer is. New facts that are added to what is known can
 * make findings and end none but those that are told from the statements of a suspect, so where nothing was noticed there is
 * nothing to do. What was computed whole may have ended some: whether there are any is asked once. Answers whose findings
 * differ from before, so that exceptions can follow.
 */
export async function projectFindings(
  tx: Tx,
  changed: ProjectedObjects,
  projected: ProjectedTransactions,
): Promise<FoundSubjects> {
  const { noticed } = changed;
  const present = noticed.wholeIds.length === 0 ? null : await readKinds(tx);
  const isWhole = new Set(noticed.wholeIds);
  // What is no longer said of somebody may have ended a finding of what it was passed on to.
  const mayEndDuties = present?.has('segregation-of-duties') === true ? noticed.wholeIds : [];
  const duties = await readDuties(tx, [...new Set([...noticed.dutyIds, ...mayEndDuties])]);
  const isDutySubject = new Set(duties.subjectIds);
  const parts: Part[] = [
    {
      kinds: OF_OBJECTS,
      subjectIds: noticed.wholeIds,
      found: [
        ...(await contradictionsOf(tx, noticed)),
        ...changed.tooManyAliases.map(crowdedFinding),
        ...selfLinkFindings(noticed.selfLinks),
      ].filter(({ subjectId }) => isWhole.has(subjectId)),
    },
    {
      kinds: OF_STATEMENTS,
      subjectIds: [...noticed.wholeIds, ...noticed.suspectIds],
      found: await statementFindings(tx, noticed, changed.touched),
    },
    {
      kinds: ['link-cycle'],
      // of what was computed whole and not walked nothing is known: its circle may stand
      subjectIds: [...projected.walkedIds, ...changed.vanished],
      found: cycleFindings(projected.cycles),
    },
    {
      kinds: OF_DUTIES,
      subjectIds: duties.subjectIds,
      found: dutyFindings(duties.links, (id) => duties.technicalIds.has(id)).filter(({ subjectId }) =>
        isDutySubject.has(subjectId),
      ),
    },
    {
      kinds: ['transaction-truncated'],
      subjectIds: projected.transactionIds,
      found: projected.truncatedIds.map(truncatedFinding),
    },
    {
      kinds: ['more-than-expected'],
      subjectIds: projected.transactionIds,
      found: [...projected.overfull].map(([id, milestones]) => overfullFinding(id, milestones)),
    },
    {
      kinds: ['out-of-sequence'],
      subjectIds: projected.transactionIds,
      found: [...projected.outOfSequence].map(([id, milestones]) => outOfSequenceFinding(id, milestones)),
    },
  ];
  const differing: Record<string, string>[] = [];
  for (const part of parts) differing.push(...(await writePart(tx, part, present, noticed)));
  // Of what was not computed whole, only that there is something is known: other findings of the subject stay.
  const added = addedTo(changed);
  await writeRows(tx, FINDING, added.map(toRow.finding));
  return subjectsOf([...differing, ...added.map(({ kind, subjectId }) => ({ kind, subject_id: subjectId }))]);
}

function subjectsOf(keys: readonly Readonly<Record<string, string>>[]): FoundSubjects {
  const ids = (isOfTransaction: boolean) => [
    ...new Set(
      keys
        .filter(({ kind = '' }) => FINDINGS_OF_TRANSACTIONS.includes(kind) === isOfTransaction)
        .flatMap(({ subject_id: id }) => id ?? []),
    ),
  ];
  return { objectIds: ids(false), transactionIds: ids(true) };
}

function addedTo({ noticed, tooManyAliases }: ProjectedObjects): LineageFinding[] {
  const isWhole = new Set(noticed.wholeIds);
  return [...tooManyAliases.map(crowdedFinding), ...selfLinkFindings(noticed.selfLinks)].filter(
    ({ subjectId }) => !isWhole.has(subjectId),
  );
}

async function writePart(
  tx: Tx,
  part: Part,
  present: ReadonlySet<string> | null,
  noticed: Noticed,
): Promise<Record<string, string>[]> {
  // A suspect's findings of earlier facts may have ended by the new ones.
  const isSuspected =
    (part.kinds === OF_STATEMENTS && noticed.suspectIds.length > 0) ||
    (part.kinds === OF_DUTIES && part.subjectIds.length > 0);
  const mayHaveEnded = isSuspected || part.kinds.some((kind) => present?.has(kind) === true);
  if (part.found.length === 0 && !mayHaveEnded) return [];
  const subjectIds = new Set(part.subjectIds);
  const scope: DiffScope = {
    condition: 't.kind = any($2::text[]) and t.subject_id = any($3::uuid[])',
    params: [part.kinds, uuidArray([...subjectIds])],
  };
  const { written, deleted } = await writeDiff(tx, FINDING, scope, part.found.map(toRow.finding));
  return [...written, ...deleted];
}

async function readKinds(tx: Tx): Promise<Set<string>> {
  // Kind by kind along the index, whatever number of rows there is of each.
  const rows = await tx.query<{ kind: string }>(
    `select kind from unnest($2::text[]) as asked(kind)
     where exists (select 1 from finding f where f.tenant_id = $1 and f.kind = asked.kind collate "C")`,
    [tx.tenantId, [...OF_OBJECTS, ...OF_STATEMENTS, ...OF_DUTIES, ...FINDINGS_OF_TRANSACTIONS, 'link-cycle']],
  );
  return new Set(rows.map(({ kind }) => kind));
}

async function contradictionsOf(tx: Tx, { contradictions, objectIdOf }: Noticed): Promise<LineageFinding[]> {
  if (contradictions.length === 0) return [];
  const objectIds = new Set(
    contradictions.flatMap(({ aliasIds }) => aliasIds.flatMap((id) => objectIdOf.get(id) ?? [])),
  );
  const aliases = new Map<string, Alias>(
    [...(await readAliases(tx, [...objectIds])).values()].flatMap((names) => [...names]),
  );
  return contradictionFindings(contradictions, objectIdOf, (aliasId) => aliases.get(aliasId));
}

async function statementFindings(
  tx: Tx,
  { suspectIds }: Noticed,
  touched: ReadonlyMap<string, { type: ObjectType }>,
): Promise<LineageFinding[]> {
  const objectIds = [...new Set(suspectIds)].filter((objectId) => touched.has(objectId));
  if (objectIds.length === 0) return [];
  const statements = await readAttributeStatements(tx, objectIds, { onlySubject: false });
  const kindOf = await readSystemKinds(tx);
  return objectIds.flatMap((objectId) => {
    const type = touched.get(objectId)?.type;
    const stated = statements.get(objectId) ?? [];
    if (type === undefined) return [];
    return [
      ...notedFindings(objectId, stated),
      ...masterDataFindings({ objectId, type }, stated, MASTER_DATA_RULES, kindOf),
    ];
  });
}
