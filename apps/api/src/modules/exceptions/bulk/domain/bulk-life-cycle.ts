import { afterStep, proveLife, type Life, type LifeStep } from '@throughline/canonical';

export const BULK_ACT_STATES = ['FROZEN', 'RUNNING', 'PAUSED', 'CANCELLED', 'DONE', 'DONE_WITH_FAILURES'] as const;

export type BulkActState = (typeof BULK_ACT_STATES)[number];

/** States in which nothing more happens to it. */
export const ENDED_BULK_STATES: readonly BulkActState[] = ['CANCELLED', 'DONE', 'DONE_WITH_FAILURES'];

export type BulkStep = LifeStep<BulkActState> & { by: 'person' | 'system' };

/** The whole life of a bulk act. What people say holds from the next batch on: the one under way is finished first. */
export const BULK_LIFE_CYCLE = [
  { step: 'start', from: ['FROZEN'], to: 'RUNNING', by: 'system' },
  { step: 'pause', from: ['FROZEN', 'RUNNING'], to: 'PAUSED', by: 'person' },
  { step: 'resume', from: ['PAUSED'], to: 'RUNNING', by: 'person' },
  { step: 'cancel', from: ['FROZEN', 'RUNNING', 'PAUSED'], to: 'CANCELLED', by: 'person' },
  // whoever asked for it may not do it any more
  { step: 'stop', from: ['FROZEN', 'RUNNING'], to: 'CANCELLED', by: 'system' },
  { step: 'finish', from: ['RUNNING'], to: 'DONE', by: 'system' },
  { step: 'finish-with-failures', from: ['RUNNING'], to: 'DONE_WITH_FAILURES', by: 'system' },
] as const satisfies readonly BulkStep[];

export type BulkStepName = (typeof BULK_LIFE_CYCLE)[number]['step'];

/** What a person can do with a bulk act. */
export const STEERING = ['pause', 'resume', 'cancel'] as const satisfies readonly BulkStepName[];

export type Steering = (typeof STEERING)[number];

/** The state after the step; null when it is not possible now. */
export function afterBulkStep(state: BulkActState, step: BulkStepName): BulkActState | null {
  return afterStep(BULK_LIFE_CYCLE, state, step);
}

/** What a person can do with it now. */
export function possibleSteering(state: BulkActState): Steering[] {
  return STEERING.filter((step) => afterBulkStep(state, step) !== null);
}

/** The life with its ends, to be proved when the program starts. */
export const BULK_LIFE: Life<BulkActState> = {
  states: BULK_ACT_STATES,
  starts: ['FROZEN'],
  ends: ENDED_BULK_STATES,
  steps: BULK_LIFE_CYCLE,
};

export function proveBulkLifeCycle(): void {
  proveLife('bulk acts', BULK_LIFE);
}
