import { payloadText, readStatusCode, tracingHeaders, type Preset } from './preset.js';

/**
 * MuleSoft Anypoint documents no call that runs something again: Runtime Manager restarts applications, and Anypoint MQ moves what lies
 * in a dead-letter queue without a payload. So the payload goes to the HTTP listener of the application itself, as its first sender sent
 * it.
 *
 * - Token: client credentials of a connected app in the form of `POST /accounts/api/v2/oauth2/token` ("Getting the Bearer Token for a
 *   Connected App", docs.mulesoft.com/access-management), or of the provider that the API's policy trusts.
 * - 400/401/403 are answers of the policy "OAuth 2.0 Access Token Enforcement" (docs.mulesoft.com/mule-gateway), 429 of rate limiting.
 * - 500 is any error of the flow: what it did before is not known.
 */
export const mulesoft: Preset = {
  authenticationOf: ({ settings, secrets }) => ({
    kind: 'client-credentials',
    tokenUrl: settings.tokenUrl ?? '',
    clientId: settings.clientId ?? '',
    clientSecret: secrets.clientSecret ?? '',
    place: 'form',
    scope: null,
  }),
  callOf({ url, settings }, resend) {
    if (resend.mode === 'extract-anew') return { refusal: 'a Mule listener cannot be asked to extract anew' };
    if (resend.payload === null) return { refusal: 'no payload is known that the listener could take' };
    const contentType = settings.contentType ?? 'application/json';
    const headers = {
      ...tracingHeaders(resend),
      'content-type': contentType,
      // names the event in the logs of Mule (docs.mulesoft.com/mule-runtime: correlation id)
      'x-correlation-id': resend.idempotencyKey,
    };
    return { url, headers, body: payloadText(resend.payload, contentType) };
  },
  readAnswer: (answer) =>
    readStatusCode(answer, {
      taken: [200, 201, 202, 204],
      words: {
        401: 'the API does not take the token',
        403: 'the client application has no contract for the API',
        404: 'the application has no listener at this path',
        500: 'the flow ran and failed',
        503: 'the application is not running',
      },
    }),
};
