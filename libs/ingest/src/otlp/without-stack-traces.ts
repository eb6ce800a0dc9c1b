/**
 * Runs work that may fail a million times, for damaged items of one request: taking down where the decoder was costs far
 * more than the failure, and nobody asks.
 */
export function withoutStackTraces<T>(work: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
