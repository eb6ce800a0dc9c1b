import type { DecodedTraces, PartialSuccess } from '@throughline/ingest';

const MOST_REASONS = 5;

/** What the sender of traces hears when not everything was taken as it came; undefined when all is well. */
export function partialSuccessOf(decoded: DecodedTraces): PartialSuccess | undefined {
  if (decoded.rejectedCount === 0 && decoded.warnings.length === 0) return undefined;
  const reasons = [...decoded.rejections].map(([reason, count]) => `${count} × ${reason}`);
  const shown = reasons.slice(0, MOST_REASONS);
  if (reasons.length > MOST_REASONS) shown.push(`and ${reasons.length - MOST_REASONS} more reasons`);
  if (decoded.rejectedCount > 0 && decoded.spans.length === 0) {
    shown.push('no span was good: is this really a trace request? Logs go to /v1/logs');
  }
  return { rejected: decoded.rejectedCount, message: [...shown, ...decoded.warnings].join('; ') };
}

/** The honest answer to logs: they are read and counted, none is kept. */
export function logsNotTaken(count: number): PartialSuccess | undefined {
  if (count === 0) return undefined;
  return {
    rejected: count,
    message: 'logs are not taken yet and none of these were kept; send traces to /v1/traces or events to /v1/events',
  };
}

/** The honest answer to metrics. */
export const METRICS_NOT_TAKEN = 'metrics are not taken; send traces to /v1/traces or CloudEvents to /v1/events';
