export const BULK_ACT_STATES = ['FROZEN', 'RUNNING', 'PAUSED', 'CANCELLED', 'DONE', 'DONE_WITH_FAILURES'] as const;

export type BulkActState = (typeof BULK_ACT_STATES)[number];

/** States in which nothing more happens to it. */
export const ENDED_BULK_STATES: readonly BulkActState[] = ['CANCELLED', 'DONE', 'DONE_WITH_FAILURES'];

export type BulkStep = {
  step: string;
  from: readonly BulkActState[];
  to: BulkActState;
  by: 'person' | 'system';
};

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
  const found = BULK_LIFE_CYCLE.find((one) => one.step === step);
  return found !== undefined && (found.from as readonly BulkActState[]).includes(state) ? found.to : null;
}

/** What a person can do with it now. */
export function possibleSteering(state: BulkActState): Steering[] {
  return STEERING.filter((step) => afterBulkStep(state, step) !== null);
}

/** What is wrong with a life cycle; empty = every state can be reached and left, until it is ended. */
export function faultsOfBulkLife(
  steps: readonly BulkStep[],
  states: readonly BulkActState[],
  start: BulkActState,
): string[] {
  const names = steps.map(({ step }) => step);
  const faults = names
    .filter((name, index) => names.indexOf(name) !== index)
    .map((name) => `step ${name} is declared twice`);
  const leading = (ends: ReadonlySet<BulkActState>) =>
    new Set(steps.filter(({ to }) => ends.has(to)).flatMap(({ from }) => from));
  const reached = closure(
    new Set([start]),
    (from) => new Set(steps.filter((one) => one.from.some((state) => from.has(state))).map(({ to }) => to)),
  );
  const ending = closure(new Set(ENDED_BULK_STATES), leading);
  for (const state of states) {
    if (!reached.has(state)) faults.push(`state ${state} cannot be reached from ${start}`);
    if (!ending.has(state)) faults.push(`from state ${state} there is no way to an end`);
    if (ENDED_BULK_STATES.includes(state) && steps.some(({ from }) => from.includes(state))) {
      faults.push(`state ${state} is an end and goes on`);
    }
  }
  return faults;
}

function closure(
  from: ReadonlySet<BulkActState>,
  next: (states: ReadonlySet<BulkActState>) => ReadonlySet<BulkActState>,
): ReadonlySet<BulkActState> {
  const grown = new Set([...from, ...next(from)]);
  return grown.size === from.size ? from : closure(grown, next);
}

/** Proves the declared life cycle; called when the program starts. */
export function proveBulkLifeCycle(): void {
  const faults = faultsOfBulkLife(BULK_LIFE_CYCLE, BULK_ACT_STATES, 'FROZEN');
  if (faults.length > 0) throw new Error(`the life cycle of bulk acts is broken: ${faults.join('; ')}`);
}
