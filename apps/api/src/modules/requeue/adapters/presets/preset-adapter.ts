import type { OutboundClient, OutboundResult } from '../../../../outbound/index.js';
import type { Delivery, ProbeResult, RequeueAdapter } from '../adapter.js';
import { AccessTokens, basic } from './access-tokens.js';
import { azureLogicApps } from './azure-logic-apps.js';
import { boomi } from './boomi.js';
import { mulesoft } from './mulesoft.js';
import { resendOf, type Authentication, type Preset, type PresetCall, type Reading } from './preset.js';
import { sapCloudIntegration } from './sap-cloud-integration.js';

const PRESETS = {
  'sap-cloud-integration': sapCloudIntegration,
  mulesoft,
  boomi,
  'azure-logic-apps': azureLogicApps,
} as const satisfies Record<string, Preset>;

/** Longest time after which a call may still begin: with its time-out it has to end before another worker takes the attempt over. */
const LATEST_START_MS = 12_000;

const UNAUTHORIZED = 401;

/** To the webhook contract 409 says "processed already"; of these products none says so. */
const CONFLICT = 409;

/** The adapters of all presets; they share their tokens. */
export function createPresetAdapters(client: OutboundClient): Record<keyof typeof PRESETS, RequeueAdapter> {
  const tokens = new AccessTokens(client);
  const adapterOf = (preset: Preset) => createPresetAdapter(preset, client, tokens);
  return {
    'sap-cloud-integration': adapterOf(PRESETS['sap-cloud-integration']),
    mulesoft: adapterOf(PRESETS.mulesoft),
    boomi: adapterOf(PRESETS.boomi),
    'azure-logic-apps': adapterOf(PRESETS['azure-logic-apps']),
  };
}

function createPresetAdapter(preset: Preset, client: OutboundClient, tokens: AccessTokens): RequeueAdapter {
  const authorize = (authentication: Authentication, at: Date) => authorizationOf(authentication, tokens, at);

  /** A token that is not taken any more is asked for once more; a call that was not let in has done nothing. */
  async function authorized(
    authentication: Authentication,
    at: Date,
    call: (authorization: string) => Promise<OutboundResult>,
  ): Promise<OutboundResult> {
    const started = performance.now();
    const first = await authorize(authentication, at);
    if (first.kind === 'notSent') return first;
    if (performance.now() - started > LATEST_START_MS) return TOO_LATE;
    const result = await call(first.header);
    if (result.kind !== 'rejected' || result.status !== UNAUTHORIZED) return result;
    if (authentication.kind !== 'client-credentials') return result;
    tokens.forget(authentication, first.token);
    const second = await authorize(authentication, at);
    if (second.kind === 'notSent') return second;
    return performance.now() - started > LATEST_START_MS ? TOO_LATE : call(second.header);
  }

  const adapter: RequeueAdapter = {
    async send(delivery) {
      const { target, at } = delivery;
      const call = callFor(preset, delivery);
      if ('refusal' in call) return { kind: 'notSent', reason: call.refusal, isPermanent: true };
      const result = await authorized(preset.authenticationOf(target), at, (authorization) =>
        client.post({ ...call, headers: { ...call.headers, authorization } }),
      );
      return readBy(preset, result);
    },
  };
  const { statusUrlOf, readStatus } = preset;
  if (statusUrlOf === undefined || readStatus === undefined) return adapter;
  return {
    ...adapter,
    async probe({ target, idempotencyKey, at }): Promise<ProbeResult> {
      const url = statusUrlOf(target, idempotencyKey);
      if (url === null) return { kind: 'unknown', words: 'the target has no address to ask' };
      const result = await authorized(preset.authenticationOf(target), at, (authorization) =>
        client.get({ url, headers: { accept: 'application/json', authorization } }),
      );
      return result.kind === 'success'
        ? readStatus(result.body)
        : { kind: 'unknown', words: `it could not be asked: ${'reason' in result ? result.reason : result.status}` };
    },
  };
}

const TOO_LATE: OutboundResult = { kind: 'notSent', reason: 'the token came too late', isPermanent: false };

type Authorization = { kind: 'header'; header: string; token: string } | Extract<OutboundResult, { kind: 'notSent' }>;

async function authorizationOf(authentication: Authentication, tokens: AccessTokens, at: Date): Promise<Authorization> {
  if (authentication.kind === 'basic') {
    return { kind: 'header', header: basic(authentication.user, authentication.password), token: '' };
  }
  const answer = await tokens.tokenFor(authentication, at);
  return answer.kind === 'notSent' ? answer : { kind: 'header', header: `Bearer ${answer.token}`, token: answer.token };
}

function callFor(preset: Preset, delivery: Delivery): PresetCall | { refusal: string } {
  try {
    return preset.callOf(delivery.target, resendOf(delivery));
  } catch (error) {
    if (error instanceof SyntaxError) return { refusal: `what was frozen cannot be read: ${error.message}` };
    throw error;
  }
}

/** What the product means by its answer. Without an answer nothing is to be read. */
function readBy(preset: Preset, result: OutboundResult): OutboundResult {
  if (!('status' in result) || result.status === null) return result;
  const { status, body } = result;
  const reading = preset.readAnswer({ status, body });
  const told = toldOf(reading, body);
  switch (reading.kind) {
    case 'acknowledged':
      return { kind: 'success', status, body: told };
    case 'refused':
      return { kind: 'rejected', status: status === CONFLICT ? null : status, body: told };
    case 'try-later':
      return { kind: 'retryable', status, body: told, afterMs: result.kind === 'retryable' ? result.afterMs : null };
    case 'unknown':
      return { kind: 'unknown', reason: `answer ${status}: ${told}` };
  }
}

function toldOf({ words }: Reading, body: string): string {
  if (words === null) return body;
  return body === '' ? words : `${words}: ${body}`;
}
