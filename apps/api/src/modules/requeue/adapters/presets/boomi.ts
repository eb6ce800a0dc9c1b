import { isObject, readJson, writeJson } from '../../corrections/domain/json-tree.js';
import { readStatusCode, tracingHeaders, type Preset, type PresetAnswer, type Reading, type Resend } from './preset.js';

/**
 * Boomi Platform API, `POST /api/rest/v1/{account}/ExecutionRequest` (developer.boomi.com, "ExecutionRequest"): executes a process
 * asynchronously and answers with a `requestId`, by which `GET …/ExecutionRecord/async/{requestId}` tells the outcome. What failed is
 * named in dynamic process properties. (`RerunDocument` takes ids of documents that only Boomi knows, and its own stored data.)
 *
 * - Basic authentication with `BOOMI_TOKEN.` before the user name.
 * - At most 10 requests per second, answered with 503 ("API licensing", developer.boomi.com).
 * - Each request is an execution of its own: the same one twice executes twice.
 */
export const boomi: Preset = {
  authenticationOf: ({ settings, secrets }) => ({
    kind: 'basic',
    user: `BOOMI_TOKEN.${settings.userName ?? ''}`,
    password: secrets.apiToken ?? '',
  }),
  callOf({ url, settings }, resend) {
    const { payloadProperty } = settings;
    if (resend.mode === 'corrected' && payloadProperty === undefined)
      return { refusal: 'the process is given no payload, so a corrected one cannot be sent' };
    const body = {
      '@type': 'ExecutionRequest',
      processId: settings.processId,
      atomId: settings.runtimeId,
      DynamicProcessProperties: { DynamicProcessProperty: propertiesOf(resend, payloadProperty) },
    };
    const headers = {
      ...tracingHeaders(resend),
      'content-type': 'application/json',
      accept: 'application/json',
    };
    return { url: `${url.replace(/\/$/, '')}/ExecutionRequest`, headers, body: JSON.stringify(body) };
  },
  readAnswer,
};

function propertiesOf(resend: Resend, payloadProperty: string | undefined): { name: string; value: string }[] {
  const { requestId, idempotencyKey, mode, objectType, objectKey, traceparent, payload } = resend;
  const properties = [
    { name: 'THROUGHLINE_REQUEUE_ID', value: requestId },
    { name: 'THROUGHLINE_IDEMPOTENCY_KEY', value: idempotencyKey },
    { name: 'THROUGHLINE_MODE', value: mode },
    { name: 'THROUGHLINE_OBJECT_TYPE', value: objectType },
    { name: 'THROUGHLINE_OBJECT_KEY', value: objectKey },
    { name: 'THROUGHLINE_TRACEPARENT', value: traceparent },
  ];
  return payloadProperty === undefined || payload === null
    ? properties
    : [...properties, { name: payloadProperty, value: writeJson(payload) }];
}

function readAnswer(answer: PresetAnswer): Reading {
  const reading = readStatusCode(answer, {
    taken: [200, 201],
    words: {
      400: 'Boomi does not take the process or the runtime',
      401: 'Boomi does not take the API token',
      403: 'the user may not execute processes there',
      404: 'the account is not known',
      503: 'more requests per second than the account may make',
    },
  });
  return reading.kind === 'acknowledged' && !hasRequestId(answer.body)
    ? { kind: 'unknown', words: 'the answer names no execution' }
    : reading;
}

function hasRequestId(body: string): boolean {
  try {
    const tree = readJson(body);
    const id = isObject(tree) ? tree.get('requestId') : undefined;
    return typeof id === 'string' && id !== '';
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
