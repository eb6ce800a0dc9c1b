import type { DecodedCounts, PartialSuccess } from '@throughline/ingest';

const MOST_REASONS = 5;

const LOST = {
  traces: 'no span was good: is this really a trace request? Logs go to /v1/logs',
  logs: 'no record was good: is this really a logs request? Traces go to /v1/traces',
} as const;

/** What the sender hears when not everything was taken as it came; undefined when all is well. */
export function partialSuccessOf(
  decoded: DecodedCounts,
  taken: number,
  signal: 'traces' | 'logs',
): PartialSuccess | undefined {
  if (decoded.rejectedCount === 0 && decoded.warnings.length === 0) return undefined;
  const reasons = [...decoded.rejections].map(([reason, count]) => `${count} × ${reason}${placeOf(decoded, reason)}`);
  const shown = reasons.slice(0, MOST_REASONS);
  if (reasons.length > MOST_REASONS) shown.push(`and ${reasons.length - MOST_REASONS} more reasons`);
  if (decoded.rejectedCount > 0 && taken === 0) shown.push(LOST[signal]);
  return { rejected: decoded.rejectedCount, message: [...shown, ...decoded.warnings].join('; ') };
}

function placeOf({ places, rejections }: DecodedCounts, reason: string): string {
  const place = places.get(reason);
  if (place === undefined) return '';
  return rejections.get(reason) === 1 ? ` at ${place}` : `, first at ${place}`;
}

/** The honest answer to metrics. */
export const METRICS_NOT_TAKEN =
  'metrics are not taken; send traces to /v1/traces, logs to /v1/logs or CloudEvents to /v1/events';
