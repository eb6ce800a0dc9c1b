import { Counter, Histogram, type Registry } from 'prom-client';
import type { MappedSignals, ProjectionRun } from '../modules/lineage/index.js';

const STAGE_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60];

export type WorkerMetrics = {
  onRun(stage: string, outcome: 'worked' | 'idle' | 'failed', ms: number): void;
  onMapped(mapped: MappedSignals): void;
  onProjected(run: ProjectionRun): void;
};

/** The worker's figures for `/metrics`. */
export function createWorkerMetrics(registry: Registry): WorkerMetrics {
  const registers = [registry];
  const seconds = new Histogram({
    name: 'throughline_stage_seconds',
    help: 'Duration of one run of a stage that found work or failed',
    labelNames: ['stage', 'outcome'],
    buckets: STAGE_SECONDS,
    registers,
  });
  const signals = new Counter({
    name: 'throughline_signals_mapped_total',
    help: 'Signals read by the mapping',
    registers,
  });
  const activities = new Counter({ name: 'throughline_activities_total', help: 'Activities stored', registers });
  const unmapped = new Counter({
    name: 'throughline_signals_unmapped_total',
    help: 'Signals that no mapping could read',
    registers,
  });
  const objects = new Counter({
    name: 'throughline_objects_projected_total',
    help: 'Objects computed anew',
    registers,
  });
  const transactions = new Counter({
    name: 'throughline_transactions_changed_total',
    help: 'Transactions that changed',
    registers,
  });
  return {
    onRun(stage, outcome, ms) {
      if (outcome !== 'idle') seconds.observe({ stage, outcome }, ms / 1_000);
    },
    onMapped(mapped) {
      signals.inc(mapped.signals);
      activities.inc(mapped.activities);
      unmapped.inc(mapped.unmapped);
    },
    onProjected(run) {
      objects.inc(run.objects);
      transactions.inc(run.transactions);
    },
  };
}
