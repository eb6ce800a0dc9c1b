import type { Workflow } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import {
  type StoredSignals,
  markOutcomes,
  readAllSignals,
  readAllSpans,
  readSignalDay,
  readSpanDay,
} from '../../signals/index.js';
import { lockMapping, lockProjection } from './dirty-marks.js';
import { writeActivities, markDirty } from './fact-writer.js';
import { distrustFreshFacts } from './fresh-facts.js';
import type { TenantMappings } from './mappings-in-force.js';
import { projectLineage } from './project-lineage.js';
import { PROJECTION_TABLES } from './projection-tables.js';
import { failRebuilds } from './rebuild/rebuild.repository.js';
import { SEQUENCE_GAP_MAPPING } from './sequences/gap-activity.js';
import { namesOf } from './stated-activity.js';
import { interpretStored, retellOvertaken } from './statements/interpret-stored.js';
import { forgetStatements } from './statements/statement.repository.js';

/** What a rebuild did. */
export type RebuildResult = { signals: number; activities: number; keptActivities: number; unmapped: number };

const SIGNALS_AT_ONCE = 1_000;

/**
 * Makes facts and projection of the tenant again from its stored signals, in the caller's transaction, and tells nobody.
 * Live mappers and projectors wait until it ends. Facts whose signals have left their retention are kept. What was waiting to
 * be mapped or projected still waits afterwards: it is news, and the live workers tell of it.
 */
export async function rebuildLineage(
  tx: Tx,
  workflows: readonly Workflow[],
  mappings: TenantMappings,
): Promise<RebuildResult> {
  // Mappers first: one that runs holds no projection lock, so the two can never wait for one another.
  await lockMapping(tx);
  await lockProjection(tx);
  await distrustFreshFacts(tx);
  await failRebuilds(tx, 'lineage was rebuilt as a whole meanwhile');
  await deleteFacts(tx);
  await setMarksAside(tx);
  for (const table of PROJECTION_TABLES)
    await tx.query(`delete from ${table.name} where tenant_id = $1`, [tx.tenantId]);
  const keptActivities = await markKeptFacts(tx);

  const result: RebuildResult = { signals: 0, activities: 0, keptActivities, unmapped: 0 };
  const map = async (signals: StoredSignals) => {
    const told = await interpretStored(tx, signals, mappings);
    const { activities, outcomes, mapped } = told;
    const { added, replaced } = await writeActivities(tx, activities);
    await markDirty(tx, [...namesOf(added), ...replaced], { isSilent: true });
    await retellOvertaken(tx, told, mappings, { isSilent: true });
    await markOutcomes(tx, outcomes, mapped);
    result.signals += signals.spans.length + signals.signals.length;
    result.activities += added.length;
    result.unmapped += outcomes.filter((one) => one.outcome === 'unmapped').length;
  };
  for await (const spans of readAllSpans(tx, SIGNALS_AT_ONCE, { isEverySpan: mappings.hasAttributeNames }))
    await map({ spans, signals: [] });
  for await (const signals of readAllSignals(tx, SIGNALS_AT_ONCE)) await map({ spans: [], signals });
  // Bounded by the marks taken at once, so memory does not grow with the history.
  while ((await projectLineage(tx, workflows, 'untold')) !== null);
  await putMarksBack(tx);
  return result;
}

async function setMarksAside(tx: Tx): Promise<void> {
  await tx.query(
    `create temporary table waiting_mark on commit drop as
     select set_id, alias_id, occurred_at, is_silent from dirty_alias where tenant_id = $1 order by mark_id`,
    [tx.tenantId],
  );
  await tx.query('delete from dirty_alias where tenant_id = $1', [tx.tenantId]);
}

async function putMarksBack(tx: Tx): Promise<void> {
  await tx.query(
    `insert into dirty_alias (tenant_id, set_id, alias_id, occurred_at, is_silent)
     select $1, set_id, alias_id, occurred_at, is_silent from waiting_mark`,
    [tx.tenantId],
  );
  await tx.query('drop table waiting_mark');
  await tx.notify('throughline_dirty', tx.tenantId);
}

async function deleteFacts(tx: Tx): Promise<void> {
  const [spanDay, signalDay] = [await readSpanDay(tx), await readSignalDay(tx)];
  // What no signal tells by itself, such as a gap in a sequence, is not made again by mapping: it stays.
  const isStored = `mapping_name <> '${SEQUENCE_GAP_MAPPING.name}' and ((signal_kind = 'span' and signal_received_on >= $2::date) or (signal_kind <> 'span' and signal_received_on >= $3::date))`;
  const params = [tx.tenantId, spanDay ?? 'infinity', signalDay ?? 'infinity'];
  await tx.query(
    `delete from alias_statement using activity a
     where alias_statement.tenant_id = $1 and a.tenant_id = $1 and a.activity_id = alias_statement.activity_id and ${isStored}`,
    params,
  );
  await tx.query(`delete from activity where tenant_id = $1 and ${isStored}`, params);
  if (signalDay !== null) await forgetStatements(tx, signalDay);
}

async function markKeptFacts(tx: Tx): Promise<number> {
  await tx.query(
    `insert into dirty_alias (tenant_id, set_id, alias_id, occurred_at)
     select $1, set_id, alias_id, min(occurred_at)
     from (select alias_id, occurred_at, activity_id as set_id from alias_statement where tenant_id = $1) kept
     group by set_id, alias_id`,
    [tx.tenantId],
  );
  const [row] = await tx.query<{ count: string }>('select count(*) as count from activity where tenant_id = $1', [
    tx.tenantId,
  ]);
  return Number(row?.count ?? 0);
}
