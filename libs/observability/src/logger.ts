import { isSpanContextValid, trace } from '@opentelemetry/api';
import { pino, stdSerializers, type DestinationStream, type Logger as PinoLogger } from 'pino';

/** Writes JSON facts: `log.info({ batchId, items }, 'batch stored')`. Ids and counts, never payloads or amounts. */
export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'child'>;

/** The levels that LOG_LEVEL may name. */
export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;

/** One of LOG_LEVELS. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A JSON logger on standard output; lines written within a span carry its trace and span id. */
export function createLogger(options: { service: string; level?: LogLevel }, destination?: DestinationStream): Logger {
  const settings = {
    level: options.level ?? 'info',
    base: { service: options.service, pid: process.pid },
    messageKey: 'message',
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    mixin: activeTraceIds,
    serializers: { err: withoutRows },
  };
  // Written at once: what waits to be written when the process ends is tried for ever once nobody reads the output any more.
  return pino(settings, destination ?? pino.destination({ dest: 1, sync: true }));
}

/** What a database error carries beside its message: statement parameters and whole rows, which are payloads and amounts. */
const ROW_PARTS = new Set(['detail', 'where', 'parameters', 'driverError', 'internalQuery']);

function withoutRows(error: Error): object {
  return dropRowParts(stdSerializers.err(error)) as object;
}

function dropRowParts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dropRowParts);
  if (value === null || typeof value !== 'object') return value;
  const parts = Object.entries(value).filter(([name]) => !ROW_PARTS.has(name));
  return Object.fromEntries(parts.map(([name, part]) => [name, dropRowParts(part)]));
}

function activeTraceIds(): object {
  const context = trace.getActiveSpan()?.spanContext();
  return context && isSpanContextValid(context) ? { traceId: context.traceId, spanId: context.spanId } : {};
}
