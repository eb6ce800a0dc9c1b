import { afterStep, proveLife, type Life, type LifeStep } from '@throughline/canonical';

export const REQUEST_STATES = [
  'PLANNING',
  'PLANNED',
  'FREEZING',
  'PENDING_APPROVAL',
  'APPROVING',
  'CLOSING',
  'REJECTED',
  'EXPIRED',
  'WITHDRAWN',
  'SENDING',
  'PAUSED',
  'STOPPED',
  'CANCELLED',
  'FINISHED',
] as const;

export type RequestState = (typeof REQUEST_STATES)[number];

/** States in which nothing of it goes out any more. What became of each item is told by its attempt. */
export const ENDED_REQUEST_STATES: readonly RequestState[] = [
  'REJECTED',
  'EXPIRED',
  'WITHDRAWN',
  'CANCELLED',
  'FINISHED',
];

export type RequestStep = LifeStep<RequestState> & { by: 'maker' | 'checker' | 'person' | 'system' };

/**
 * The whole life of a decision to send again. Where no second person is needed it begins as SENDING; a large selection begins as PLANNING,
 * and is frozen in slices once its plan was seen and asked for.
 */
export const REQUEST_LIFE_CYCLE = [
  { step: 'plan', from: ['PLANNING'], to: 'PLANNED', by: 'system' },
  { step: 'go-on', from: ['PLANNED'], to: 'FREEZING', by: 'maker' },
  { step: 'ask', from: ['FREEZING'], to: 'PENDING_APPROVAL', by: 'system' },
  { step: 'send', from: ['FREEZING'], to: 'SENDING', by: 'system' },
  // nothing is left of it, or its maker may not ask for it any more
  { step: 'drop', from: ['PLANNING', 'FREEZING', 'APPROVING'], to: 'CANCELLED', by: 'system' },
  { step: 'approve', from: ['PENDING_APPROVAL'], to: 'SENDING', by: 'checker' },
  { step: 'reject', from: ['PENDING_APPROVAL'], to: 'REJECTED', by: 'checker' },
  { step: 'withdraw', from: ['PENDING_APPROVAL'], to: 'WITHDRAWN', by: 'maker' },
  // a large one is decided at once and carried out slice by slice; nothing goes out before all of it is let go
  { step: 'begin-approving', from: ['PENDING_APPROVAL'], to: 'APPROVING', by: 'system' },
  { step: 'let-go', from: ['APPROVING'], to: 'SENDING', by: 'system' },
  { step: 'begin-closing', from: ['PENDING_APPROVAL'], to: 'CLOSING', by: 'system' },
  { step: 'end-reject', from: ['CLOSING'], to: 'REJECTED', by: 'system' },
  { step: 'end-withdraw', from: ['CLOSING'], to: 'WITHDRAWN', by: 'system' },
  { step: 'end-expire', from: ['CLOSING'], to: 'EXPIRED', by: 'system' },
  // nobody decided or went on in time, or nothing of what was to be approved is left
  { step: 'expire', from: ['PENDING_APPROVAL', 'PLANNED'], to: 'EXPIRED', by: 'system' },
  { step: 'pause', from: ['SENDING'], to: 'PAUSED', by: 'person' },
  // too much of it failed
  { step: 'stop', from: ['SENDING'], to: 'STOPPED', by: 'system' },
  { step: 'resume', from: ['PAUSED', 'STOPPED'], to: 'SENDING', by: 'person' },
  {
    step: 'cancel',
    from: ['PLANNING', 'PLANNED', 'FREEZING', 'APPROVING', 'SENDING', 'PAUSED', 'STOPPED'],
    to: 'CANCELLED',
    by: 'person',
  },
  // nothing is left to send: the last ones may have ended while it was held
  { step: 'finish', from: ['SENDING', 'PAUSED', 'STOPPED'], to: 'FINISHED', by: 'system' },
] as const satisfies readonly RequestStep[];

export type RequestStepName = (typeof REQUEST_LIFE_CYCLE)[number]['step'];

const REQUEST_LIFE: Life<RequestState> = {
  states: REQUEST_STATES,
  starts: ['PENDING_APPROVAL', 'SENDING', 'PLANNING'],
  ends: ENDED_REQUEST_STATES,
  steps: REQUEST_LIFE_CYCLE,
};

/** The state after the step; null when it is not possible now. */
export function afterRequestStep(state: RequestState, step: RequestStepName): RequestState | null {
  return afterStep(REQUEST_LIFE_CYCLE, state, step);
}

/** What people can do with a request now. */
export function possibleSteps(state: RequestState): RequestStepName[] {
  return REQUEST_LIFE_CYCLE.filter((one) => one.by !== 'system' && afterRequestStep(state, one.step) !== null).map(
    ({ step }) => step,
  );
}

/** Proves the declared life cycle; called when the program starts. */
export function proveRequestLife(): void {
  proveLife('requeue requests', REQUEST_LIFE);
}
