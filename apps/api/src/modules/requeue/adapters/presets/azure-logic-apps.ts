import { readStatusCode, tracingHeaders, type Preset } from './preset.js';

const API_VERSION = '2016-06-01';

const LOGIN = 'https://login.microsoftonline.com';

/**
 * Azure Logic Apps (Consumption), "Workflow Trigger Histories - Resubmit" (learn.microsoft.com/rest/api/logic): runs a workflow again
 * with what its trigger took then, and answers 202. The history has the name of the run that it started.
 *
 * - Token: Microsoft Entra ID, client credentials, scope `{resource manager}/.default`.
 * - 429 with `Retry-After` is the limit of the subscription ("Understand how Azure Resource Manager throttles requests").
 * - Nothing can be given with it, so a corrected payload cannot be sent; each call is a new run.
 */
export const azureLogicApps: Preset = {
  authenticationOf: ({ url, settings, secrets }) => ({
    kind: 'client-credentials',
    tokenUrl: `${(settings.loginUrl ?? LOGIN).replace(/\/$/, '')}/${encodeURIComponent(settings.tenantId ?? '')}/oauth2/v2.0/token`,
    clientId: settings.clientId ?? '',
    clientSecret: secrets.clientSecret ?? '',
    place: 'form',
    scope: `${url.replace(/\/$/, '')}/.default`,
  }),
  callOf({ url, settings }, resend) {
    if (resend.mode !== 'as-is') return { refusal: 'a run is resubmitted with what it had: nothing else can be sent' };
    const [runId, ...others] = resend.runIds;
    if (runId === undefined) return { refusal: 'the run that failed is not known' };
    if (others.length > 0) {
      return { refusal: `which run failed is not known: it has the names of ${resend.runIds.length} runs` };
    }
    const path = [
      'subscriptions',
      settings.subscriptionId ?? '',
      'resourceGroups',
      settings.resourceGroup ?? '',
      'providers',
      'Microsoft.Logic',
      'workflows',
      settings.workflow ?? '',
      'triggers',
      settings.trigger ?? '',
      'histories',
      runId,
      'resubmit',
    ];
    const address = `${url.replace(/\/$/, '')}/${path.map(encodeURIComponent).join('/')}?api-version=${API_VERSION}`;
    // so that the run can be found in the activity log of Azure
    const headers = { ...tracingHeaders(resend), 'x-ms-client-request-id': resend.idempotencyKey };
    return { url: address, headers, body: '' };
  },
  readAnswer: (answer) =>
    readStatusCode(answer, {
      taken: [202],
      words: {
        401: 'Azure does not take the token',
        403: 'the application may not run triggers of the logic app',
        404: 'the run is gone, or the workflow or trigger is not there',
        409: 'Azure cannot resubmit it as the workflow is now',
        429: 'more requests than the subscription may make',
      },
    }),
};
