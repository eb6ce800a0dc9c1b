/** When the first ones count as proved: the target took them, or their outcome was seen downstream. */
export const CANARY_PROOFS = ['ACKNOWLEDGED', 'VERIFIED'] as const;

export type CanaryProof = (typeof CANARY_PROOFS)[number];

/** How a request is sent; frozen with it. */
export type RunLimits = {
  ratePerSecond: number;
  /** So many go first, and the rest only when each of them is proved; 0 = no canary. */
  canary: number;
  canaryProof: CanaryProof;
  /** After the canary at most so many times what is proved is under way or proved; 0 = the rest at once. */
  ramp: number;
  /** Released and not answered by the target. */
  maxInFlight: number;
  /** It stops by itself when more than this share of what has an outcome failed… */
  stopPercent: number;
  /** …of at least so many outcomes. */
  stopMinimum: number;
};

/** What is sent with where neither the integration nor the person says otherwise. */
export const SHIPPED_LIMITS: RunLimits = {
  ratePerSecond: 50,
  canary: 5,
  canaryProof: 'VERIFIED',
  ramp: 10,
  maxInFlight: 50,
  stopPercent: 20,
  stopMinimum: 10,
};

/** Least and most of each limit. */
const RANGES = {
  ratePerSecond: [1, 1_000],
  canary: [0, 1_000],
  ramp: [0, 1_000],
  maxInFlight: [1, 1_000],
  stopPercent: [1, 100],
  stopMinimum: [1, 10_000],
} as const satisfies Record<Exclude<keyof RunLimits, 'canaryProof'>, readonly [number, number]>;

/** What is wrong with limits, each in a sentence; empty = nothing. */
export function faultsOfLimits(limits: RunLimits): string[] {
  const faults = Object.entries(RANGES).flatMap(([name, [least, most]]) => {
    const value = limits[name as keyof typeof RANGES];
    return Number.isInteger(value) && value >= least && value <= most
      ? []
      : [`${name} must be a whole number from ${least} to ${most}`];
  });
  return limits.ramp === 1 ? [...faults, 'ramp must be 0 or more than 1: at 1 nothing follows the canary'] : faults;
}

/** The most careful of several, each limit for itself: a request may go to several targets. */
export function mostCareful(all: readonly RunLimits[]): RunLimits {
  const [first = SHIPPED_LIMITS, ...others] = all.map(onlyLimits);
  return others.reduce<RunLimits>(
    (a, b) => ({
      ratePerSecond: Math.min(a.ratePerSecond, b.ratePerSecond),
      canary: Math.max(a.canary, b.canary),
      canaryProof: a.canaryProof === 'VERIFIED' ? a.canaryProof : b.canaryProof,
      ramp: slowerRamp(a.ramp, b.ramp),
      maxInFlight: Math.min(a.maxInFlight, b.maxInFlight),
      stopPercent: Math.min(a.stopPercent, b.stopPercent),
      stopMinimum: Math.min(a.stopMinimum, b.stopMinimum),
    }),
    first,
  );
}

/** Without what else may be said of how something is sent. */
export function onlyLimits(from: RunLimits): RunLimits {
  const { ratePerSecond, canary, canaryProof, ramp, maxInFlight, stopPercent, stopMinimum } = from;
  return { ratePerSecond, canary, canaryProof, ramp, maxInFlight, stopPercent, stopMinimum };
}

/** 0 is no ramp at all. */
function slowerRamp(a: number, b: number): number {
  return a === 0 || b === 0 ? Math.max(a, b) : Math.min(a, b);
}

/** The limits of a request as a person wishes them: never faster than its targets take it. */
export function limitsOf(defaults: RunLimits, wish: Partial<RunLimits>): RunLimits {
  const wished = { ...defaults, ...wish };
  return {
    ...wished,
    ratePerSecond: Math.min(wished.ratePerSecond, defaults.ratePerSecond),
    maxInFlight: Math.min(wished.maxInFlight, defaults.maxInFlight),
  };
}

/** Where a run is. All but `left` and `inFlight` are of what was released since it began, or began anew after it had stopped. */
export type RunCounts = {
  /** Not released yet. */
  left: number;
  /** Released and without an answer of the target. */
  inFlight: number;
  /** Taken by the target, or seen downstream: as the proof demands. */
  proved: number;
  /** Released, neither proved nor failed nor ended otherwise. */
  pending: number;
  /** Refused, failed again, or not seen downstream in time. */
  failed: number;
  /** Within the second before now. */
  releasedLastSecond: number;
  /** The earliest of those; null = none. */
  firstOfLastSecond: Date | null;
};

export type CanaryState = 'none' | 'sending' | 'passed' | 'failed';

export type Release =
  | { kind: 'stop'; why: string }
  /** Nothing is left to release. */
  | { kind: 'done' }
  /** How many may go out now (also none), and when to look again. */
  | { kind: 'release'; count: number; lookAgainAt: Date };

const SECOND_MS = 1_000;
/** A rate is kept smooth: no more than this part of a second's share goes out at a time. */
const SLICES_PER_SECOND = 5;
/** So often is looked at it: the slices of a second then come to all of its share. */
const LOOK_AGAIN_MS = SECOND_MS / SLICES_PER_SECOND;

/** Where the first ones stand. */
export function canaryState(limits: RunLimits, counts: Pick<RunCounts, 'proved' | 'failed'>): CanaryState {
  if (limits.canary === 0) return 'none';
  if (counts.proved >= limits.canary) return 'passed';
  return counts.failed > 0 ? 'failed' : 'sending';
}

/**
 * How many more may go out now.
 *
 *     canary ──all proved──► ramp: at most (ramp − 1) × proved unproved ──► … within rate and in flight
 *        └──one failed──► stop            └──share of failures──► stop
 */
export function releaseNow(limits: RunLimits, counts: RunCounts, now: Date): Release {
  if (counts.left === 0) return { kind: 'done' };
  const why = whyStop(limits, counts);
  if (why !== null) return { kind: 'stop', why };
  const ofRate = limits.ratePerSecond - counts.releasedLastSecond;
  const slice = Math.ceil(limits.ratePerSecond / SLICES_PER_SECOND);
  const room = Math.min(ofProof(limits, counts), limits.maxInFlight - counts.inFlight, ofRate, slice, counts.left);
  const count = Math.max(0, room);
  return { kind: 'release', count, lookAgainAt: lookAgainAt(counts, ofRate - count, now) };
}

/** As many are left as a decision has to know of: more of them change nothing. */
export function leftThatMatters({ ratePerSecond, canary }: RunLimits): number {
  return Math.max(Math.ceil(ratePerSecond / SLICES_PER_SECOND), canary) + 1;
}

/** As many are proved as a decision has to know of: more of them change nothing. */
export function provedThatMatter(
  limits: RunLimits,
  { pending, failed }: Pick<RunCounts, 'pending' | 'failed'>,
): number {
  const { canary, ramp, maxInFlight, stopPercent, stopMinimum } = limits;
  const ofRamp = ramp > 1 ? Math.ceil((maxInFlight + pending) / (ramp - 1)) : 0;
  const ofShare =
    failed === 0 ? 0 : Math.max(stopMinimum, stopPercent > 0 ? Math.ceil((failed * 100) / stopPercent) : 0);
  return Math.max(1, canary, ofRamp, ofShare);
}

function whyStop(limits: RunLimits, { proved, failed }: RunCounts): string | null {
  if (canaryState(limits, { proved, failed }) === 'failed') {
    return `Of the first ${limits.canary} ${failed} failed: the rest was not sent.`;
  }
  const ended = proved + failed;
  if (ended < limits.stopMinimum || failed * 100 <= limits.stopPercent * ended) return null;
  return `${failed} of ${ended} failed, which is more than ${limits.stopPercent} %.`;
}

/** What may be under way without being proved, less what is. */
function ofProof(limits: RunLimits, { proved, pending }: RunCounts): number {
  if (limits.canary > 0 && proved < limits.canary) return limits.canary - proved - pending;
  if (limits.ramp === 0) return Infinity;
  return (limits.ramp - 1) * Math.max(proved, 1) - pending;
}

function lookAgainAt({ firstOfLastSecond }: RunCounts, rateLeft: number, now: Date): Date {
  if (rateLeft > 0 || firstOfLastSecond === null) return new Date(now.getTime() + LOOK_AGAIN_MS);
  // a used-up second begins anew slice by slice, just when each is over: waiting longer would lose that from the rate
  return new Date(Math.max(now.getTime() + 1, firstOfLastSecond.getTime() + SECOND_MS));
}
