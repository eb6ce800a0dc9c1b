import { randomUUID } from 'node:crypto';
import { type Activity } from '@throughline/canonical';
import { type Projection, calendarsOf, loadWorkflows, projectAll } from '@throughline/lineage';
import { createLogger } from '@throughline/observability';
import type { Database, Tx } from '@throughline/persistence';
import { createTenant } from '@throughline/persistence/testing';
import { type ScenarioSignal, STORY_ENTITIES, mapSignals } from '@throughline/scenarios';
import type { Stage } from '../../../../worker/stage.js';
import { type ClaimedBatch, claimBatches, readSignals } from '../../../signals/index.js';
import { shareMapping } from '../dirty-marks.js';
import { createMapStage } from '../map-stage.js';
import { mapSignals as mapClaimed } from '../map-signals.js';
import { createProjectStage } from '../project-stage.js';
import { readProjection } from './read-projection.js';
import { storeSignals } from './store-signals.js';

const SILENT = createLogger({ service: 'test', level: 'silent' });
const RECEIVED_AT = new Date();

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
  readonly map: Stage;
  readonly project: Stage;

  constructor(
    readonly database: Database,
    readonly tenantId: string,
  ) {
    this.map = createMapStage(database, SILENT, () => undefined);
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
    for (const batchId of batchIds) claimed.push(...(await claimBatches(tx, batchId)));
    await mapClaimed(tx, await readSignals(tx, claimed));
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
    return { ...projectAll(activities, this.workflows, calendarsOf(STORY_ENTITIES)), findings: [] };
  }
}
