import { loadShippedPacks } from '@throughline/ingest';
import type { Logger } from '@throughline/observability';
import { type Database, PostgresSignalLog, ensurePartitions } from '@throughline/persistence';
import type { ApiConfig } from '../config.js';
import { createAlertsConsumer, createNotificationTask } from '../modules/alerts/index.js';
import { createAuditSealStage } from '../modules/audit/index.js';
import {
  createBulkActStage,
  createExceptionDeadlinesStage,
  createExceptionRetentionStage,
  createExceptionsConsumer,
  createEscalationStage,
  createFacetCountsStage,
  createMaintenanceStage,
  createValidationConsumer,
  createValidationStage,
} from '../modules/exceptions/index.js';
import {
  IntegrationSightings,
  type MappedSignals,
  MappingsInForce,
  createMapStage,
  createProjectStage,
  createRebuildStage,
  createRemapStage,
  createSequenceStage,
  createSightingsStage,
} from '../modules/lineage/index.js';
import { createResidualConsumer } from '../modules/reconciliation/index.js';
import {
  createRequeueConsumer,
  createLineageApprovalExpiryStage,
  createRequeueDecisionStage,
  createRequeueExpiryStage,
  createRequeueForgottenStage,
  createRequeueFreedStage,
  createRequeueProbeStage,
  createRequeueProofStage,
  createRequeuePlanStage,
  createRequeueRunStage,
  createReviewOverdueStage,
  createRequeueSendTask,
  guardChange,
} from '../modules/requeue/index.js';
import { createOverdueStage } from '../modules/timeliness/index.js';
import { createOutboundClient, type OutboundClient } from '../outbound/index.js';
import { type OutboxConsumer, createOutboxStage, proveRoutes } from '../outbox/index.js';
import { workflowsInForce } from '../workflows-in-force.js';
import { startJobRunner } from './job-runner.js';
import { keepLocks } from './lock-keeper.js';
import { OutageWatch } from './outage-watch.js';
import { keepPartitions } from './partition-upkeep.js';
import { createSpanCompactionStage } from './span-compaction.js';
import { startStages } from './stage-runner.js';
import type { Stage, Task } from './stage.js';
import type { WorkerMetrics } from './worker-metrics.js';

/** What a worker is made of; tests give a clock. */
export type WorkerParts = {
  config: ApiConfig;
  ownerUrl: string;
  database: Database;
  metrics: WorkerMetrics;
  log: Logger;
  clock?: () => Date;
};

const JOBS_AT_ONCE = 4;

/** Starts everything a worker does; answers how to stop it, with the work under way finished. */
export async function runWorker(parts: WorkerParts): Promise<{ stop(): Promise<void> }> {
  const { database, ownerUrl, log, metrics } = parts;
  const clock = parts.clock ?? (() => new Date());
  const outage = new OutageWatch(log);
  // What can fail comes first: a worker that is half started would have nobody to stop it.
  const { outboundAllowedHosts: allowedHosts, outboundTimeoutMs: timeoutMs } = parts.config;
  const client = createOutboundClient({ allowedHosts, timeoutMs, clock });
  const tasks = composeTasks(parts, client, clock);
  const stages = await startStages(database, composeStages(parts, client, clock), {
    outage,
    log,
    onRun: metrics.onRun,
  });
  const partitions = keepPartitions((from, days) => ensurePartitions(ownerUrl, from, days), clock, log);
  const locks = keepLocks(database, outage, log);
  const onLockHolder = (id: string, isAlive: boolean) => locks.follow(id, isAlive);
  const jobs = startJobRunner({ ownerUrl, tasks, log, concurrency: JOBS_AT_ONCE, onLockHolder });
  return {
    async stop() {
      await Promise.all([stages.stop(), jobs.stop(), partitions.stop()]);
      await locks.stop();
    },
  };
}

function composeStages(
  { database, config, log, metrics }: WorkerParts,
  client: OutboundClient,
  clock: () => Date,
): Stage[] {
  const consumers: OutboxConsumer[] = [
    createExceptionsConsumer({ clock }),
    createResidualConsumer({ clock }),
    createValidationConsumer({ clock }),
    createRequeueConsumer({ clock }),
    createAlertsConsumer({ clock, publicUrl: config.publicUrl }),
  ];
  proveRoutes(consumers);
  const mappings = new MappingsInForce(loadShippedPacks(), log);
  const sightings = new IntegrationSightings();
  const onMapped = (tenantId: string, mapped: MappedSignals) => {
    metrics.onMapped(mapped);
    sightings.note(tenantId, mapped.integrations, clock());
  };
  const { workflows, wrong } = workflowsInForce(log);
  return [
    createMapStage({ database, signalLog: new PostgresSignalLog(), mappings, log, onMapped }),
    createRemapStage({ database, mappings, workflows, guard: guardChange, clock, log }),
    createSequenceStage({ database, clock, log }),
    createSightingsStage(database, sightings),
    createProjectStage(database, workflows, log, metrics.onProjected),
    createRebuildStage({ database, workflows, wrong, guard: guardChange, clock, log }),
    ...consumers.map((consumer) => createOutboxStage(database, consumer, log)),
    createOverdueStage(database, clock),
    createExceptionDeadlinesStage(database, clock),
    createBulkActStage({ database, clock, log }),
    createRequeueRunStage({ database, clock }),
    createRequeuePlanStage({ database, secretKey: config.secretKey, clock, log }),
    createRequeueProofStage({ database, clock }),
    createRequeueForgottenStage({ database, clock }),
    createRequeueProbeStage({ database, client, secretKey: config.secretKey, clock, random: Math.random }),
    createValidationStage(database, clock),
    createMaintenanceStage(database, clock),
    createEscalationStage(database, clock),
    createExceptionRetentionStage(database, clock),
    createFacetCountsStage(database),
    createRequeueDecisionStage({ database, clock, log }),
    createRequeueExpiryStage(database, clock, log),
    createRequeueFreedStage({ database, clock, log }),
    createLineageApprovalExpiryStage(database, clock),
    createReviewOverdueStage(database, clock),
    createSpanCompactionStage(database, clock, (tenantId, compacted) =>
      log.debug({ tenantId, ...compacted }, 'spans compacted'),
    ),
    createAuditSealStage(database, clock, (facts) => log.error(facts, 'audit records wait too long for their seal')),
  ];
}

function composeTasks({ database, config }: WorkerParts, client: OutboundClient, clock: () => Date): Task[] {
  const deps = { database, client, secretKey: config.secretKey, clock, random: Math.random };
  return [createRequeueSendTask(deps), createNotificationTask(deps)];
}
