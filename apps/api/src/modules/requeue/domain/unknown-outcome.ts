export type UnknownOutcome = {
  /** The target keeps keys: the same send may be asked for again. */
  isIdempotent: boolean;
  /** When it is; null = not again. */
  retryAt: Date | null;
  isCancelled: boolean;
  transmissions: number;
  /** The target has a status call. */
  canAsk: boolean;
  /** The target said that it took it. */
  isTaken: boolean;
};

const BY_PERSON = 'a second person who looks at the target';

/** What would tell whether the target took it; telemetry = a run that names the request, or the step seen overcome. */
export function whatSettles({
  isIdempotent,
  retryAt,
  isCancelled,
  transmissions,
  canAsk,
  isTaken,
}: UnknownOutcome): string {
  if (isTaken) return `The target took it, and nothing was seen of it in time: ${BY_PERSON}, or telemetry after all.`;
  if (canAsk) {
    return isCancelled
      ? 'The status call of the target, or telemetry.'
      : 'The status call of the target, which it is sent again after only if it was not applied; or telemetry.';
  }
  if (isCancelled) return `Telemetry, or ${BY_PERSON}: its request was cancelled, so the target is not asked again.`;
  if (!isIdempotent) return `Telemetry, or ${BY_PERSON}: the target keeps no keys, so asking again could do it twice.`;
  return retryAt === null
    ? `Telemetry, or ${BY_PERSON}: the target was asked ${transmissions} times without an answer.`
    : 'The target, asked again with the same key and bytes, or telemetry.';
}
