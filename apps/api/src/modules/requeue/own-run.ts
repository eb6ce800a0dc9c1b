/** The trace that an attempt a carries to its target. */
export const TRACE_OF_ATTEMPT = `decode(split_part(a.traceparent, '-', 2), 'hex')`;

/** Whether an activity is of the run that an attempt caused: it names the request, or is of the attempt's trace and names none. */
export const isOwnRun = (activity: string, requestId: string, traceId: string): string =>
  `(${activity}.requeue_id = ${requestId} or ${activity}.requeue_id is null and ${activity}.trace_id = ${traceId})`;
