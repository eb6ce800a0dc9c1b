import { STATUS_CODES } from 'node:http';
import type { Refusal } from '../intake/refusal.js';
import { HTTP_STATUS, type HttpAnswer } from './http-request.js';

/** A refusal as problem details (RFC 9457), for every route that has no error format of its own. */
export function problemAnswer(refusal: Refusal): HttpAnswer {
  return problem(HTTP_STATUS[refusal.kind], refusal.message);
}

/** Problem details with a status of their own. */
export function problem(status: number, detail: string): HttpAnswer {
  const body = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail };
  return { status, contentType: 'application/problem+json', body: Buffer.from(JSON.stringify(body)) };
}
