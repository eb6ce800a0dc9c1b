import { randomUUID } from 'node:crypto';
import { type Activity } from '@throughline/canonical';
import { type Projection, calendarsOf, loadWorkflows, projectAll } from '@throughline/lineage';
import { createLogger } from '@throughline/observability';
import { loadShippedPacks } from '@throughline/ingest';
import { type ClaimedBatch, type Database, PostgresSignalLog, type Tx } from '@throughline/persistence';
import { createTenant } from '@throughline/persistence/testing';
import { type ScenarioSignal, STORY_ENTITIES, mapSignals } from '@throughline/scenarios';
import { type OutboxConsumer, createOutboxStage } from '../../../../outbox/index.js';
import type { Stage } from '../../../../worker/stage.js';
import { readSignals } from '../../../signals/index.js';
import { shareMapping } from '../dirty-marks.js';
import type { ChangeGuard } from '../changes/change-guard.js';
import { createMapStage } from '../map-stage.js';
import { MASTER_DATA_RULES } from '../master-data-rules.js';
import { MappingsInForce } from '../mappings-in-force.js';
import { mapSignals as mapClaimed } from '../map-signals.js';
import { createRemapStage } from '../remapping/remap-stage.js';
import { type RebuildResult, rebuildLineage } from '../rebuild-lineage.js';
import { createProjectStage } from '../project-stage.js';
import { readProjection } from './read-projection.js';
import { storeSignals } from './store-signals.js';

const SILENT = createLogger({ service: 'test', level: 'silent' });
const RECEIVED_AT = new Date();
const LOG = new PostgresSignalLog();
/** One for all benches: compiling every pack takes longer than most tests. */
const MAPPINGS = new MappingsInForce(loadShippedPacks(), SILENT);

/** Nobody has to approve anything. */
export const FREE: ChangeGuard = () => Promise.resolve('free');

/** A tenant of its own in a test's database, with the legal entities of the stories. */
export async function newPipelineBench(db: { database: Database; ownerUrl: string }): Promise<PipelineBench> {
  const tenantId = randomUUID();
  await createTenant(db.ownerUrl, tenantId);
  const bench = new PipelineBench(db.database, tenantId);
  await bench.addEntities();
  return bench;
}

/** Map and project stages over a test database, run by hand. */
export class PipelineBench {
  readonly workflows = loadWorkflows();
  readonly mappings = MAPPINGS;
  readonly map: Stage;
  readonly project: Stage;

  constructor(
    readonly database: Database,
    readonly tenantId: string,
  ) {
    this.map = createMapStage({
      database,
      signalLog: LOG,
      mappings: this.mappings,
      log: SILENT,
      onMapped: () => undefined,
    });
    this.project = createProjectStage(database, this.workflows, SILENT, () => undefined);
  }

  inTenant<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.withTenant(this.tenantId, work);
  }

  /** Makes the legal entities of the stories known. */
  async addEntities(): Promise<void> {
    await this.inTenant((tx) =>
      tx.query(
        `insert into legal_entity (tenant_id, code, name, country, currency, calendar, time_zone)
         select $1, code, code, left(code, 2), 'EUR', calendar, "timeZone"
         from jsonb_to_recordset($2::jsonb) as e(code text, calendar text, "timeZone" text) on conflict do nothing`,
        [this.tenantId, JSON.stringify(STORY_ENTITIES)],
      ),
    );
  }

  store(signals: readonly ScenarioSignal[], receivedAt = RECEIVED_AT): Promise<string[]> {
    return this.inTenant((tx) => storeSignals(tx, signals, receivedAt));
  }

  /** The same tenant seen by another worker, with its own way to the database. */
  seenBy(database: Database): PipelineBench {
    return new PipelineBench(database, this.tenantId);
  }

  /** Maps certain batches in one transaction, as the map stage does with those that it happens to claim. */
  mapBatches(batchIds: readonly string[]): Promise<void> {
    return this.inTenant((tx) => this.mapWithin(tx, batchIds));
  }

  /** The same in a transaction of the caller. */
  async mapWithin(tx: Tx, batchIds: readonly string[]): Promise<void> {
    await shareMapping(tx);
    const claimed: ClaimedBatch[] = [];
    for (const batchId of batchIds)
      claimed.push(...(await LOG.claim(tx, { mostBatches: 1, mostItems: 1, only: batchId })));
    await mapClaimed(tx, await readSignals(tx, claimed), await this.mappings.of(tx));
    await LOG.acknowledge(tx, claimed);
  }

  /** Makes everything again from the stored signals, through the given transaction. */
  async rebuildWithin(tx: Tx): Promise<RebuildResult> {
    return rebuildLineage(tx, this.workflows, await this.mappings.of(tx));
  }

  /** Hands what was projected to a consumer until nothing is left for it. */
  async tell(consumer: OutboxConsumer): Promise<void> {
    const stage = createOutboxStage(this.database, consumer, SILENT);
    while (await stage.run(this.tenantId));
  }

  /** Maps again what was asked for, so many signals in a transaction, until nothing is left to do. */
  async remapWith(signalsAtOnce: number): Promise<void> {
    await this.remapUntil(signalsAtOnce, Number.POSITIVE_INFINITY);
  }

  /** The same for at most so many steps, as a worker that is killed then; answers how many it made. */
  async remapUntil(signalsAtOnce: number, mostSteps: number): Promise<number> {
    const { database, mappings, workflows } = this;
    const stage = createRemapStage({
      database,
      mappings,
      workflows,
      guard: FREE,
      clock: () => new Date(),
      log: SILENT,
      signalsAtOnce,
    });
    let steps = 0;
    while (steps < mostSteps && (await stage.run(this.tenantId))) steps += 1;
    return steps;
  }

  /** Runs both stages until neither finds work. */
  async settle(): Promise<void> {
    while ((await this.map.run(this.tenantId)) || (await this.project.run(this.tenantId)));
  }

  read(): Promise<Projection> {
    return this.inTenant(readProjection);
  }

  /** The projection of the same signals without a database. */
  inMemory(signals: readonly ScenarioSignal[]): Projection {
    return this.inMemoryOf(mapSignals(signals));
  }

  inMemoryOf(activities: readonly Activity[]): Projection {
    return projectAll(activities, this.workflows, calendarsOf(STORY_ENTITIES), MASTER_DATA_RULES);
  }
}
