import { isDeepStrictEqual } from 'node:util';
import type { Activity } from '@throughline/canonical';
import {
  gatherRun,
  GATHERED_RUN,
  GATHERED_RUN_MAPPING,
  OPEN_LINEAGE_MAPPING,
  RUN_EVENT_ACTIVITY_TYPES,
  type RunEventActivity,
} from '@throughline/ingest';
import { type Tx, uuidArray } from '@throughline/persistence';
import type { DirtyMark } from '../dirty-marks.js';
import { deleteActivities, markDirty, storeActivities, writeActivities } from '../fact-writer.js';
import type { FreshFacts } from '../fresh-facts.js';
import { earliestOf, namesOf } from '../stated-activity.js';

/** Of a run that reports for ever the last events are gathered. */
const MOST_EVENTS = 500;
const RUNS_AT_ONCE = 200;

type RunLine = Omit<RunEventActivity, 'occurredAt'> & { aliasId: string; occurredAt: Date; mappingName: string };

/**
 * Writes what the events of OpenLineage runs say together, of the runs that the changes speak of, as facts for the next
 * projection. Under the lock of the projection: of two events that are mapped side by side the one that is taken later finds the other.
 */
export async function gatherRuns(
  tx: Tx,
  { marks, facts }: { marks: readonly DirtyMark[]; facts: FreshFacts },
  { isSilent }: { isSilent: boolean },
): Promise<void> {
  const aliasIds = new Set([
    ...marks.map(({ aliasId }) => aliasId),
    ...facts.names.flatMap(({ aliasId, objectType, isSubject, activityType }) =>
      objectType === 'run' && isSubject && RUN_EVENT_ACTIVITY_TYPES.has(activityType) ? [aliasId] : [],
    ),
  ]);
  const all = [...aliasIds];
  // each may come with hundreds of events, whole
  for (let first = 0; first < all.length; first += RUNS_AT_ONCE)
    await gatherSome(tx, all.slice(first, first + RUNS_AT_ONCE), isSilent);
}

async function gatherSome(tx: Tx, aliasIds: readonly string[], isSilent: boolean): Promise<void> {
  const runs = await readRuns(tx, aliasIds);
  const gone: string[] = [];
  const changed: Activity[] = [];
  const added: Activity[] = [];
  for (const lines of runs.values()) {
    const known = lines.find(({ mappingName }) => mappingName === GATHERED_RUN_MAPPING.name);
    const gathered = gatherRun(lines.filter((line) => line !== known).map(eventOf));
    if (known === undefined && gathered !== null) added.push(gathered);
    if (known === undefined || (gathered !== null && saysTheSame(known, gathered))) continue;
    gone.push(known.activityId);
    if (gathered !== null) changed.push(gathered);
  }
  const unsaid = await deleteActivities(tx, gone);
  const said = await writeActivities(tx, isSilent ? [...changed, ...added] : changed);
  await markDirty(tx, earliestOf([...unsaid, ...namesOf(said.added)]), { isSilent });
  if (!isSilent) await storeActivities(tx, added);
}

/** The events of these runs and what was gathered of them, by run; names of anything else are of no run. */
async function readRuns(tx: Tx, aliasIds: readonly string[]): Promise<Map<string, RunLine[]>> {
  const runs = new Map<string, RunLine[]>();
  if (aliasIds.length === 0) return runs;
  // What is projected beside has the facts in common with what is shown, where they are gathered.
  const lines = await tx.query<RunLine>(
    `select asked.alias_id as "aliasId", a.*
     from unnest($2::uuid[]) as asked(alias_id)
     cross join lateral (
       (select activity_id from alias_statement
        where tenant_id = $1 and alias_id = asked.alias_id and object_type = 'run' and is_subject and activity_type <> $6
        order by occurred_at desc, activity_id desc limit ${MOST_EVENTS})
       union all
       -- what was gathered of them stands at the time of the event that was the last then, however many came since
       (select activity_id from alias_statement
        where tenant_id = $1 and alias_id = asked.alias_id and object_type = 'run' and is_subject and activity_type = $6 limit 1)
     ) s
     cross join lateral (
       select activity_id as "activityId", type, occurred_at as "occurredAt", outcome, system, integration, objects, links,
              run_key as "runKey", mapping_name as "mappingName",
              json_build_object('kind', signal_kind, 'receivedOn', signal_received_on, 'signalId', signal_id) as signal
       from activity
       where tenant_id = $1 and activity_id = s.activity_id
         and (mapping_name = $3 and type = any($4::text[]) or mapping_name = $5) limit 1
     ) a
     where current_schema() <> 'rebuild'`,
    [
      tx.tenantId,
      uuidArray(aliasIds),
      OPEN_LINEAGE_MAPPING.name,
      [...RUN_EVENT_ACTIVITY_TYPES],
      GATHERED_RUN_MAPPING.name,
      GATHERED_RUN,
    ],
  );
  for (const line of lines) {
    const known = runs.get(line.aliasId);
    if (known === undefined) runs.set(line.aliasId, [line]);
    else known.push(line);
  }
  return runs;
}

function eventOf({ aliasId: _alias, mappingName: _name, occurredAt, ...event }: RunLine): RunEventActivity {
  return { ...event, occurredAt: occurredAt.toISOString() };
}

function saysTheSame(known: RunLine, gathered: Activity): boolean {
  const { occurredAt, integration, objects, links, signal } = gathered;
  return (
    known.occurredAt.toISOString() === occurredAt &&
    isDeepStrictEqual(
      [known.integration, known.objects, known.links, known.signal],
      [integration, objects, links, signal],
    )
  );
}
