import { NIL_UUID } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import { findingProblems, type FindingFact } from './domain/finding-problems.js';
import type { ProblemFact, SubjectFacts } from './domain/stored-exception.js';

/** The period that a system names, where that is a month; else the month of the posting date. */
const POSTING_PERIOD = `left(case when b.attributes ->> 'postingPeriod' ~ '^\\d{4}-(0[1-9]|1[0-2])$' then b.attributes ->> 'postingPeriod'
                                  else b.posted_on end, 7)`;

/** Select list of the subject of a problem from `business_object b`. */
export const SUBJECT = `b.object_id as "objectId", b.type as "objectType", b.key as "objectKey", b.legal_entity as "legalEntity",
                        b.counterparty, b.amount, b.currency, b.direction, b.due_on as "dueOn",
                        ${POSTING_PERIOD} as "postingPeriod"`;

/** Kinds whose subject is a transaction and whose details name its steps. */
const OF_STEPS = ['more-than-expected', 'out-of-sequence'];

/** Findings whose `since` is the doubtful time itself: when it was received is what can be believed. */
const OF_TIMES = 'implausible-time';

type OwnFinding = SubjectFacts & Omit<FindingFact, keyof SubjectFacts | 'step' | 'people' | 'others'>;
type StepFinding = OwnFinding & { workflow: string; name: string; title: string };

/**
 * What findings of these objects, and of the steps of their transactions, are as problems. One that the system itself has told,
 * as an open problem of the same kind at the same object, is not told twice.
 */
export async function loadFindingProblems(
  tx: Tx,
  objectIds: readonly string[],
  told: readonly Pick<ProblemFact, 'objectId' | 'taxonomy' | 'clearedAt'>[],
): Promise<ProblemFact[]> {
  if (objectIds.length === 0) return [];
  const [own, steps] = [await findOwn(tx, objectIds), await findSteps(tx, objectIds)];
  const names = await findNames(tx, own);
  const problems = findingProblems([
    ...own.map((finding) => ({ ...finding, step: null, ...names(finding) })),
    ...steps.map(({ workflow, name, title, ...finding }) => ({
      ...finding,
      step: { workflow, name, title },
      people: [],
      others: [],
    })),
  ]);
  const known = new Set(told.filter(({ clearedAt }) => clearedAt === null).map(matterOf));
  return problems.filter((problem) => !known.has(matterOf(problem)));
}

function matterOf({ objectId, taxonomy }: Pick<ProblemFact, 'objectId' | 'taxonomy'>): string {
  return `${objectId}/${taxonomy}`;
}

function findOwn(tx: Tx, objectIds: readonly string[]): Promise<OwnFinding[]> {
  return tx.query<OwnFinding>(
    `select ${SUBJECT}, f.kind, f.about, f.details,
            case when a.activity_id is not null then a.signal_received_on::timestamp at time zone 'utc'
                 when f.since is not null and f.kind <> '${OF_TIMES}' then f.since
                 else b.first_occurred_at end as since
     from finding f
     join business_object b on b.tenant_id = $1 and b.object_id = f.subject_id
     -- offset 0: row-level security lets no condition that reads text as an id into an index, and all activities would be read
     cross join lateral (
       select case when f.kind = '${OF_TIMES}' then (f.details -> 'activityIds' ->> 0)::uuid end as activity_id offset 0
     ) named
     left join activity a on a.tenant_id = $1 and a.activity_id = named.activity_id
     where f.tenant_id = $1 and f.subject_id = any($2::uuid[])
     order by f.subject_id, f.kind, f.about`,
    [tx.tenantId, objectIds],
  );
}

/**
 * Steps that were reached out of order, at the anchors of their transactions, and steps that were reached too often, at every
 * object but the first that reached them: a duplicate is what came second.
 */
async function findSteps(tx: Tx, objectIds: readonly string[]): Promise<StepFinding[]> {
  return tx.query<StepFinding>(
    `with found as materialized (
       select distinct f.kind, f.details, t.transaction_id, t.workflow, t.anchor_object_id
       from transaction_object o
       join finding f on f.tenant_id = $1 and f.subject_id = o.transaction_id and f.kind = any($3::text[])
       join business_transaction t on t.tenant_id = $1 and t.transaction_id = o.transaction_id
       where o.tenant_id = $1 and o.object_id = any($2::uuid[]) and not o.is_hub
     ), reached as (
       select f.kind, f.details, f.workflow, f.anchor_object_id, m.name, m.title, m.object_id, m.reached_at,
              row_number() over (partition by f.transaction_id, f.kind, m.name order by m.reached_at, m.object_id) as place,
              max(m.reached_at) over (partition by f.transaction_id, f.kind, m.name) as last_reached_at
       from found f
       join milestone m on m.tenant_id = $1 and m.transaction_id = f.transaction_id and m.reached_at is not null
         and m.name in (select jsonb_array_elements_text(f.details -> 'milestones'))
     ), told as (
       select kind, details, workflow, name, title, object_id, reached_at as since from reached
       where kind = 'more-than-expected' and place > 1 and object_id <> '${NIL_UUID}'
       union all
       select kind, details, workflow, name, title, anchor_object_id, last_reached_at from reached
       where kind = 'out-of-sequence' and place = 1
     )
     select distinct on (t.object_id, t.kind, t.workflow, t.name)
            ${SUBJECT}, t.kind, '' as about, t.details, t.since, t.workflow, t.name, t.title
     from told t join business_object b on b.tenant_id = $1 and b.object_id = t.object_id
     where t.object_id = any($2::uuid[])
     order by t.object_id, t.kind, t.workflow, t.name, t.since desc`,
    [tx.tenantId, objectIds, OF_STEPS],
  );
}

type Names = Pick<FindingFact, 'people' | 'others'>;

async function findNames(tx: Tx, findings: readonly OwnFinding[]): Promise<(finding: OwnFinding) => Names> {
  const ids = [...new Set(findings.flatMap(namedIn))];
  const rows =
    ids.length === 0
      ? []
      : await tx.query<{ objectId: string; type: string; key: string }>(
          `select object_id as "objectId", type, key from business_object where tenant_id = $1 and object_id = any($2::uuid[])`,
          [tx.tenantId, ids],
        );
  const byId = new Map(rows.map((row) => [row.objectId, row]));
  return (finding) => {
    const named = namedIn(finding).flatMap((id) => byId.get(id) ?? []);
    return {
      people: named.filter(({ type }) => type === 'person').map(({ key }) => key),
      others: named
        .filter(({ type }) => type !== 'person')
        .map(({ type, key }) => `${type.replaceAll('-', ' ')} ${key}`),
    };
  };
}

/** A circle may name hundreds. */
const MOST_NAMED = 10;

function namedIn({ details }: OwnFinding): string[] {
  const ids = details['objectIds'];
  return Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string').slice(0, MOST_NAMED) : [];
}
