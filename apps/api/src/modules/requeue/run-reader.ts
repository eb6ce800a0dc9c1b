import type { Operation } from '../../graphql/operation.js';
import { findBreakers } from './breaker.repository.js';
import { possibleSteps } from './domain/request-life.js';
import { canaryState, onlyLimits } from './domain/run.js';
import type { RequeueRunType, RequeueTargetType } from './graphql/requeue-run.types.js';
import { toHours } from './sending-settings/settings-reader.js';
import { findProgress } from './run-lists.repository.js';
import { sendingTime } from './domain/sending-hours.js';
import { countRuns, findRuns } from './run.repository.js';
import { findSettings } from './sending-settings/sending-settings.repository.js';

const STEERING: readonly string[] = ['pause', 'resume', 'cancel'];

/** How a request is sent and how far it is; batched over the requests of an operation. */
export async function readRun(operation: Operation, requestId: string): Promise<RequeueRunType> {
  const now = operation.now();
  const [run, counts, progress] = await Promise.all([
    operation.loader('requeue runs', findRuns).load(requestId),
    operation.loader<string, RunCountsOf>('requeue run counts', (tx, ids) => countRuns(tx, ids, now)).load(requestId),
    operation.loader<string, ProgressOf>('requeue progress', (tx, ids) => findProgress(tx, ids, now)).load(requestId),
  ]);
  const state = progress?.state ?? 'FINISHED';
  const targets = await Promise.all((progress?.integrations ?? []).map((name) => readTarget(operation, name)));
  return {
    state,
    changedAt: progress?.changedAt ?? null,
    note: run?.note ?? null,
    acts: possibleSteps(state).filter((step) => STEERING.includes(step)),
    limits: run,
    outcomes: progress?.outcomes ?? [],
    waiting: counts?.left ?? 0,
    inFlight: counts?.inFlight ?? 0,
    ratePerSecond: progress?.ratePerSecond ?? 0,
    canaryState: run === null || counts === null ? 'none' : canaryState(run, counts),
    proved: counts?.proved ?? 0,
    verified: progress?.outcomes.find((one) => one.state === 'VERIFIED')?.count ?? 0,
    unproved: progress?.unproved ?? 0,
    targets,
  };
}

type RunCountsOf = NonNullable<Awaited<ReturnType<typeof countRuns>>[number]>;
type ProgressOf = NonNullable<Awaited<ReturnType<typeof findProgress>>[number]>;

/** The way to the target of an integration. */
export async function readTarget(operation: Operation, integration: string): Promise<RequeueTargetType> {
  const [breaker, settings] = await Promise.all([
    operation.loader('requeue breakers', findBreakers).load(integration),
    operation.loader('requeue settings', findSettings).load(integration),
  ]);
  if (settings === null) throw new Error(`nothing says how ${integration} is sent to`);
  const { verifyWithinMinutes, hours } = settings;
  const time = sendingTime(hours, operation.now());
  return {
    integration,
    failures: breaker?.failures ?? 0,
    pausedUntil: breaker?.pausedUntil ?? null,
    reason: breaker !== null && breaker.failures > 0 ? breaker.reason : null,
    limits: onlyLimits(settings),
    verifyWithinMinutes,
    hours: hours && toHours(hours),
    opensAt: time.isOpen ? null : time.opensAt,
  };
}
