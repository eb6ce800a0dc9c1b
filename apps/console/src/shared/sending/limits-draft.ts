import type { Limits } from './sending-words.js';

/** Limits as they stand in fields: empty while somebody types. */
export type LimitsDraft = { [Name in keyof Limits]: Limits[Name] | '' };

export type NumberName = Exclude<keyof Limits, 'canaryProof'>;

export type LimitField = { name: NumberName; label: string; description: string; least: number; most: number };

/** In the order in which they are asked for. */
export const LIMIT_FIELDS: readonly LimitField[] = [
  { name: 'ratePerSecond', label: 'A second', description: 'At most so many', least: 1, most: 1_000 },
  { name: 'maxInFlight', label: 'In flight', description: 'Without an answer at once', least: 1, most: 1_000 },
  { name: 'canary', label: 'Canary', description: 'So many go first; 0 = none', least: 0, most: 1_000 },
  { name: 'ramp', label: 'Ramp', description: 'Times what is proved; 0 = all at once', least: 0, most: 1_000 },
  { name: 'stopPercent', label: 'Stop share, %', description: 'It stops when more fail…', least: 1, most: 100 },
  { name: 'stopMinimum', label: 'Of at least', description: '…of so many outcomes', least: 1, most: 10_000 },
];

/** What is never more than the target takes. */
const BOUNDED: ReadonlySet<NumberName> = new Set<NumberName>(['ratePerSecond', 'maxInFlight']);

/** The most that may stand in a field. */
export function mostOf({ name, most }: LimitField, bound: Limits | undefined): number {
  return bound !== undefined && BOUNDED.has(name) ? Math.min(most, bound[name]) : most;
}

/** What is wrong with a field; undefined = nothing. */
export function faultOf(field: LimitField, draft: LimitsDraft, bound?: Limits): string | undefined {
  const value = draft[field.name];
  const most = mostOf(field, bound);
  if (value === '' || !Number.isInteger(value) || value < field.least || value > most) {
    return most < field.most ? `${field.least} to ${most}: no faster than the target` : `${field.least} to ${most}`;
  }
  return field.name === 'ramp' && value === 1 ? '0, or 2 and more' : undefined;
}

/** The limits of fields without a fault; undefined = some have one. */
export function limitsIn(draft: LimitsDraft, bound?: Limits): Limits | undefined {
  const isWrong = LIMIT_FIELDS.some((field) => faultOf(field, draft, bound) !== undefined);
  const { ratePerSecond, canary, canaryProof, ramp, maxInFlight, stopPercent, stopMinimum } = draft;
  if (isWrong || canaryProof === '') return undefined;
  const numbers = [ratePerSecond, canary, ramp, maxInFlight, stopPercent, stopMinimum].map(Number);
  const [rate = 1, first = 0, times = 0, flight = 1, share = 1, least = 1] = numbers;
  return {
    ratePerSecond: rate,
    canary: first,
    canaryProof,
    ramp: times,
    maxInFlight: flight,
    stopPercent: share,
    stopMinimum: least,
  };
}

/** Those that differ: what a person left as it was is said by the targets. */
export function changedLimits(limits: Limits, from: Limits): Partial<Limits> {
  return Object.fromEntries(
    Object.entries(limits).filter(([name, value]) => from[name as keyof Limits] !== value),
  ) as Partial<Limits>;
}

/** The shown part of what the API tells, without its type name. */
export function onlyLimits(from: Limits): Limits {
  const { ratePerSecond, canary, canaryProof, ramp, maxInFlight, stopPercent, stopMinimum } = from;
  return { ratePerSecond, canary, canaryProof, ramp, maxInFlight, stopPercent, stopMinimum };
}

/** As a variable, only what the person changed: the rest is said by the targets. */
export function wishedLimits(limits: Limits, defaults: Limits): { limits?: Partial<Limits> } {
  const changed = changedLimits(limits, defaults);
  return Object.keys(changed).length === 0 ? {} : { limits: changed };
}
