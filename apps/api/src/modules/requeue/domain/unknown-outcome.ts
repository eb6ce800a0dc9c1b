export type UnknownOutcome = {
  /** The target keeps keys: the same send may be asked for again. */
  isIdempotent: boolean;
  /** When it is; null = not again. */
  retryAt: Date | null;
  isCancelled: boolean;
  transmissions: number;
  /** The target has a status call. */
  canAsk: boolean;
};

/** What would tell whether the target took it; telemetry = a run that names the request, or the step seen overcome. */
export function whatSettles({ isIdempotent, retryAt, isCancelled, transmissions, canAsk }: UnknownOutcome): string {
  if (canAsk) {
    return isCancelled || !isIdempotent || retryAt === null
      ? 'The status call of the target, or telemetry.'
      : 'The status call of the target, the target asked again with the same key and bytes, or telemetry.';
  }
  if (isCancelled) return 'Telemetry alone: its request was cancelled, so the target is not asked again.';
  if (!isIdempotent) return 'Telemetry alone: the target keeps no keys, so asking again could do it twice.';
  return retryAt === null
    ? `Telemetry alone: the target was asked ${transmissions} times without an answer.`
    : 'The target, asked again with the same key and bytes, or telemetry.';
}
