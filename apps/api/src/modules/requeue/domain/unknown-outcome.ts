export type UnknownOutcome = {
  /** The target keeps keys: the same send may be asked for again. */
  isIdempotent: boolean;
  /** When it is; null = not again. */
  retryAt: Date | null;
  isCancelled: boolean;
  transmissions: number;
};

/** What would tell whether the target took it. */
export function whatSettles({ isIdempotent, retryAt, isCancelled, transmissions }: UnknownOutcome): string {
  const telemetry = 'a run that names this request, or the step seen overcome';
  if (isCancelled) return `Only telemetry: ${telemetry}. Its request was cancelled, so the target is not asked again.`;
  if (!isIdempotent) {
    return `Only telemetry: ${telemetry}. The target keeps no keys, so sending again could do it twice.`;
  }
  return retryAt === null
    ? `Only telemetry: ${telemetry}. The target was asked ${transmissions} times without an answer.`
    : `The target is asked again with the same key and bytes; else ${telemetry}.`;
}
