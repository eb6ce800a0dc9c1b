import type { CombinedError } from 'urql';

export type Failure = {
  kind: 'unreachable' | 'not-allowed' | 'not-found' | 'refused' | 'broken';
  message: string;
  traceId: string | undefined;
};

function extension(error: CombinedError | undefined, name: string): string | undefined {
  const value = error?.graphQLErrors[0]?.extensions[name];
  return typeof value === 'string' ? value : undefined;
}

export function failureCode(error: CombinedError | undefined): string | undefined {
  return extension(error, 'code');
}

/** What a person needs to know of an error: what failed, and the trace id for those who look after it. */
export function describeFailure(error: CombinedError): Failure {
  const traceId = extension(error, 'traceId');
  const message = error.graphQLErrors[0]?.message ?? error.message;
  if (error.networkError) {
    return { kind: 'unreachable', message: 'Throughline cannot be reached.', traceId };
  }
  const code = failureCode(error);
  if (code === 'FORBIDDEN') return { kind: 'not-allowed', message, traceId };
  if (code === 'NOT_FOUND') return { kind: 'not-found', message, traceId };
  if (code === undefined || code === 'INTERNAL' || code === 'INTERNAL_SERVER_ERROR') {
    return { kind: 'broken', message: 'The server could not answer.', traceId };
  }
  return { kind: 'refused', message, traceId };
}
