import type { RequeueMode } from '@throughline/contracts';
import type { RequeueTarget } from '../../../catalog/index.js';
import { isList, isObject, readJson, writeJson, type JsonTree } from '../../corrections/domain/json-tree.js';
import type { Delivery } from '../adapter.js';

/** What a preset makes its call of: the frozen body taken apart, no number rounded. */
export type Resend = Pick<Delivery, 'requestId' | 'idempotencyKey' | 'traceparent'> & {
  mode: RequeueMode;
  objectType: string;
  objectKey: string;
  /** Names of runs that the middleware told of it; which of several failed is not known. */
  runIds: readonly string[];
  payload: JsonTree;
};

/** How a preset proves who it is. */
export type Authentication =
  | { kind: 'basic'; user: string; password: string }
  | {
      kind: 'client-credentials';
      tokenUrl: string;
      clientId: string;
      clientSecret: string;
      /** Where the credentials go: the header `Authorization` or the form (RFC 6749, 2.3.1). */
      place: 'header' | 'form';
      scope: string | null;
    };

/** One call. The same attempt makes the same call each time, but for the credentials. */
export type PresetCall = { url: string; headers: Readonly<Record<string, string>>; body: string };

/** What an answer says of the call. `unknown` = it may have been done. */
export type Reading = { kind: 'acknowledged' | 'refused' | 'try-later' | 'unknown'; words: string | null };

export type PresetAnswer = { status: number; body: string };

/** What the message log of the middleware says of a call that was not answered. */
export type StatusReading = { kind: 'applied' | 'unknown'; words: string };

/** The call by which one product runs something again, as it documents it. Pure: it sends nothing. */
export type Preset = {
  authenticationOf(target: RequeueTarget): Authentication;
  /** The call, or in words why there is none. */
  callOf(target: RequeueTarget, resend: Resend): PresetCall | { refusal: string };
  readAnswer(answer: PresetAnswer): Reading;
  /** Where to ask what became of a call; null = nowhere. Absent = the product cannot be asked by our key. */
  statusUrlOf?(target: RequeueTarget, idempotencyKey: string): string | null;
  readStatus?(body: string): StatusReading;
};

/** The parts of a delivery that a call is made of. Throws SyntaxError for what is no body of ours. */
export function resendOf({ requestId, idempotencyKey, traceparent, body }: Delivery): Resend {
  const tree = readJson(body);
  const member = (of: JsonTree | undefined, name: string) => (isObject(of) ? of.get(name) : undefined);
  const object = member(tree, 'object');
  const mode = member(tree, 'mode');
  return {
    requestId,
    idempotencyKey,
    traceparent,
    mode: mode === 'corrected' || mode === 'extract-anew' ? mode : 'as-is',
    objectType: textOf(member(object, 'type')),
    objectKey: textOf(member(object, 'key')),
    runIds: runIdsOf(member(object, 'aliases')),
    payload: member(tree, 'payload') ?? null,
  };
}

function runIdsOf(aliases: JsonTree | undefined): string[] {
  if (!isList(aliases)) return [];
  const values = aliases.map((alias) =>
    isObject(alias) && alias.get('kind') === 'run-id' ? alias.get('value') : null,
  );
  return [...new Set(values.filter((value): value is string => typeof value === 'string'))];
}

function textOf(value: JsonTree | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** The payload as its own text: JSON, or what a text says that is of another content type. */
export function payloadText(payload: JsonTree, contentType: string): string {
  return typeof payload === 'string' && !/\bjson\b/i.test(contentType) ? payload : writeJson(payload);
}

/** Headers by which the run can be recognised wherever it goes. */
export function tracingHeaders({ requestId, idempotencyKey, traceparent }: Resend): Record<string, string> {
  return {
    'user-agent': 'throughline-requeue/1',
    'idempotency-key': idempotencyKey,
    'throughline-requeue-id': requestId,
    traceparent,
  };
}

const TRY_LATER: readonly number[] = [429, 503];

/** Waiting for the rest of a request ended, says the server; whether it had begun, it does not. */
const TIMED_OUT = 408;

/**
 * By status: what is documented as taken is acknowledged, 429 and 503 say "later", other 3xx and 4xx refuse. Any other answer may come
 * after something was done: none of these products says that it is not, so it is unknown.
 */
export function readStatusCode(
  { status }: PresetAnswer,
  documented: { taken: readonly number[]; words?: Readonly<Record<number, string>> },
): Reading {
  const words = documented.words?.[status] ?? null;
  if (documented.taken.includes(status)) return { kind: 'acknowledged', words };
  if (TRY_LATER.includes(status)) return { kind: 'try-later', words };
  const isRefused = status >= 300 && status < 500 && status !== TIMED_OUT;
  return { kind: isRefused ? 'refused' : 'unknown', words };
}
