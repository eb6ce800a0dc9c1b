import { isList, isObject, readJson, type JsonTree } from '../../corrections/domain/json-tree.js';
import { payloadText, readStatusCode, tracingHeaders, type Preset, type StatusReading } from './preset.js';

const TAKEN = [200, 201, 202, 204];

/**
 * SAP Cloud Integration has no call that runs a failed message again from its log: the flow is called once more at its own HTTPS
 * endpoint. (Its JMS retry, `POST /api/v1/RetryMessagingMessages`, moves what lies in a queue of the tenant and takes no payload.)
 *
 * - Token: OAuth 2.0 client credentials of a service key of plan integration-flow ("Cloud Integration: inbound HTTP connections using
 *   OAuth client credentials", SAP Community 13424181).
 * - `SAP_ApplicationID` becomes the ApplicationMessageId of the message processing log, by which it is found again ("Headers and
 *   Exchange Properties", SAP Help; the log as in the OData API `MessageProcessingLogs`).
 * - 403: the client lacks the role ESBMessaging.send. 500: the flow ran and failed, with the id of its log in the answer; what it did
 *   before is not known, so the answer is unknown and telemetry decides.
 */
export const sapCloudIntegration: Preset = {
  authenticationOf: ({ settings, secrets }) => ({
    kind: 'client-credentials',
    tokenUrl: settings.tokenUrl ?? '',
    clientId: settings.clientId ?? '',
    clientSecret: secrets.clientSecret ?? '',
    place: 'header',
    scope: null,
  }),
  callOf({ url, settings }, resend) {
    if (resend.mode === 'extract-anew') return { refusal: 'an integration flow cannot be asked to extract anew' };
    if (resend.payload === null) return { refusal: 'no payload is known that the integration flow could take' };
    const contentType = settings.contentType ?? 'application/json';
    const headers = {
      ...tracingHeaders(resend),
      'content-type': contentType,
      sap_applicationid: resend.idempotencyKey,
    };
    return { url, headers, body: payloadText(resend.payload, contentType) };
  },
  readAnswer: (answer) =>
    readStatusCode(answer, {
      taken: TAKEN,
      words: {
        401: 'the endpoint does not take the token',
        403: 'the client lacks the role ESBMessaging.send, or the flow asks for a CSRF token',
        404: 'no integration flow is deployed at this endpoint',
        500: 'the integration flow ran and failed',
        503: 'the tenant is not available',
      },
    }),
  statusUrlOf({ statusUrl }, idempotencyKey) {
    if (statusUrl === null) return null;
    const filter = encodeURIComponent(`ApplicationMessageId eq '${idempotencyKey}'`);
    return `${statusUrl.replace(/\/$/, '')}/MessageProcessingLogs?$filter=${filter}&$format=json`;
  },
  readStatus: readLogs,
};

const UNTOLD: StatusReading = { kind: 'unknown', words: 'the message log does not know it' };

/**
 * A log entry of our id proves that the flow took it. That there is none proves nothing: the log comes late, and a flow that does not
 * allow the header writes no id.
 */
function readLogs(body: string): StatusReading {
  const entries = logsOf(body);
  const states = entries.map((entry) => (isObject(entry) ? entry.get('Status') : undefined));
  if (states.includes('COMPLETED')) return { kind: 'applied', words: 'its message log says COMPLETED' };
  const [state] = states;
  return typeof state === 'string' ? { kind: 'unknown', words: `its message log says ${state}` } : UNTOLD;
}

function logsOf(body: string): readonly JsonTree[] {
  try {
    const tree = readJson(body);
    const d = isObject(tree) ? tree.get('d') : undefined;
    const results = isObject(d) ? d.get('results') : undefined;
    return isList(results) ? results : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
