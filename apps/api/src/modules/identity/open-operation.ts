import { isSpanContextValid, trace } from '@opentelemetry/api';
import type { DatabaseGate } from '../../graphql/database-gate.js';
import { ClosableOperation, type Authentication } from '../../graphql/operation.js';
import { tryAuthenticate } from './authenticate.js';
import { tokenOfHeaders } from './domain/session-token.js';

export type Clock = () => Date;

/** The two headers that can carry a session. */
export type CredentialHeaders = { authorization?: string | undefined; cookie?: string | undefined };

function activeTraceId(): string | undefined {
  const context = trace.getActiveSpan()?.spanContext();
  return context !== undefined && isSpanContextValid(context) ? context.traceId : undefined;
}

/** Starts an operation for whoever the request's headers name; never rejects. */
export async function openOperation(
  gate: DatabaseGate,
  clock: Clock,
  headers: CredentialHeaders,
): Promise<ClosableOperation> {
  return new ClosableOperation(gate, await authenticateHeaders(gate, clock, headers), clock, activeTraceId());
}

/** Who the headers name; never rejects. */
export async function authenticateHeaders(
  gate: DatabaseGate,
  clock: Clock,
  headers: CredentialHeaders,
): Promise<Authentication> {
  const token = tokenOfHeaders(headers);
  return token === undefined ? null : tryAuthenticate(() => gate.get(), token, clock());
}
