import type { FastifyRequest } from 'fastify';
import { toStorableText } from '@throughline/canonical';
import type { CloudEventAttribute, HttpHeaders } from '@throughline/ingest';

/** Facts of a request that a mapping may need. Never what proves who sends: no Authorization, no signature, no cookie. */
const KEPT_HEADERS: readonly RegExp[] = [
  /^(?:webhook|svix)-(?:id|timestamp)$/,
  /^x-(?:request|correlation|message|event|delivery|webhook|transaction|trace|execution|tenant|api)-(?:id|type|name|topic|time|timestamp|version)$/,
  /^x-(?:github|shopify|zuora|recurly|chargebee|netsuite|salesforce|sap|ms|sfdc|boomi|celigo|workato|oracle|kyriba|anaplan|avalara|vanta|drata|snow|servicenow|mule)[a-z-]*-(?:id|event|topic|type|name|version|time|attempt|delivery|resource)$/,
  /^(?:x-death|x-(?:first|last)-death-(?:queue|exchange|reason))$/,
  /^(?:aeg-[a-z-]+|idempotency-key|zuora-track-id|sap_mplcorrelationid|sap-passport|x-correlationid|x-requestid|tracestate|user-agent)$/,
];
/** Parameters that are secrets by their name. */
const SECRET_NAME = /(?:token|secret|passw|signature|sig$|^key$|api[-_]?key|auth|credential|^code$)/i;
const LONGEST_VALUE = 1_000;
const MOST_PARAMETERS = 50;

/** The parameters of the query that may be kept. */
export function queryOf(request: FastifyRequest): URLSearchParams {
  const kept = new URLSearchParams();
  const [, query = ''] = request.url.split(/\?(.*)/s, 2);
  for (const [name, value] of new URLSearchParams(query)) {
    if (!SECRET_NAME.test(name)) kept.append(name, value);
  }
  return kept;
}

/** What of a request is kept beside its body, as attributes of the signal. */
export function requestAttributes(request: FastifyRequest): Record<string, CloudEventAttribute> {
  const attributes: Record<string, CloudEventAttribute> = { method: request.method };
  const keep = (name: string, value: string): void => {
    attributes[name.slice(0, 100)] = toStorableText(value).slice(0, LONGEST_VALUE);
  };
  for (const [name, value] of [...queryOf(request)].slice(0, MOST_PARAMETERS)) keep(toStorableText(name), value);
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === 'string' && KEPT_HEADERS.some((kept) => kept.test(name))) keep(name, value);
  }
  const contentType = request.headers['content-type'];
  if (contentType !== undefined) keep('contenttype', contentType);
  return attributes;
}

/** Headers for the reading of events: one that is sent twice stays a list, which makes no id. */
export function eventHeaders({ raw }: FastifyRequest): HttpHeaders {
  const headers = Object.entries(raw.headersDistinct);
  return Object.fromEntries(headers.map(([name, values]) => [name, values?.length === 1 ? values[0] : values]));
}
