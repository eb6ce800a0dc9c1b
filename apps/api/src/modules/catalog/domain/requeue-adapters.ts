/** How something is carried to a target. */
export const REQUEUE_ADAPTERS = [
  'webhook',
  'amqp',
  'sap-cloud-integration',
  'mulesoft',
  'boomi',
  'azure-logic-apps',
] as const;

export type RequeueAdapterName = (typeof REQUEUE_ADAPTERS)[number];

/** One field of an adapter's form. Secrets are written and never read again; the others are settings. */
export type RequeueField = {
  name: string;
  label: string;
  isSecret: boolean;
  isRequired: boolean;
  /** Addresses are held against the same rules as the target itself. */
  isUrl: boolean;
  help: string;
  example: string | null;
};

/** One of the addresses of a target; null in a description = the adapter has none. */
export type RequeueAddress = { label: string; help: string; example: string | null };

export type RequeueAdapterDescription = {
  adapter: RequeueAdapterName;
  title: string;
  /** What it does and what it cannot do. */
  summary: string;
  schemes: readonly ('https' | 'amqps')[];
  address: RequeueAddress;
  /** Where to ask what became of something. */
  statusAddress: RequeueAddress | null;
  /** Where to ask whether something would be taken, without changing anything. */
  validateAddress: RequeueAddress | null;
  /** `never` = the same call twice does it twice, whatever anybody says of the target. */
  keepsKeys: 'if-declared' | 'never';
  fields: readonly RequeueField[];
};

type Trait = Partial<Pick<RequeueField, 'isRequired' | 'isUrl' | 'example'>>;

function setting(name: string, label: string, help: string, trait: Trait = {}): RequeueField {
  return { name, label, help, isSecret: false, isRequired: true, isUrl: false, example: null, ...trait };
}

function secret(name: string, label: string, help: string, trait: Trait = {}): RequeueField {
  return { ...setting(name, label, help, trait), isSecret: true };
}

const TOKEN_URL = 'Where a token is asked for with the client id and secret';

/** The adapters with the fields that each needs; forms are built from it. */
export const REQUEUE_ADAPTER_DESCRIPTIONS: Readonly<Record<RequeueAdapterName, RequeueAdapterDescription>> = {
  webhook: {
    adapter: 'webhook',
    title: 'Signed webhook',
    summary: 'A POST signed as Standard Webhooks, with the payload and what is known of it. For endpoints of your own.',
    schemes: ['https'],
    address: {
      label: 'Address',
      help: 'Takes the signed POST',
      example: 'https://integration.example.com/throughline/requeue',
    },
    statusAddress: {
      label: 'Status address',
      help: 'Asked what became of an attempt that was not answered; {idempotencyKey} stands for its key',
      example: 'https://integration.example.com/throughline/status/{idempotencyKey}',
    },
    validateAddress: {
      label: 'Validate-only address',
      help: 'Asked whether it would take something, without doing it',
      example: 'https://integration.example.com/throughline/validate',
    },
    keepsKeys: 'if-declared',
    fields: [
      secret('signing', 'Signing secret', 'whsec_ and a key in base64; can be made for you'),
      setting('failurePath', 'Where a 2xx says that it failed', 'JSON pointer into its body; empty = 2xx is success', {
        isRequired: false,
        example: '/status',
      }),
      setting('failureValue', 'What it says there then', 'Empty = anything that stands there', {
        isRequired: false,
        example: 'error',
      }),
      setting(
        'statusNotFound',
        'When the status address answers 404',
        'not-applied = it surely was not; empty = unknown',
        {
          isRequired: false,
          example: 'not-applied',
        },
      ),
    ],
  },
  amqp: {
    adapter: 'amqp',
    title: 'RabbitMQ (AMQP 0-9-1)',
    summary:
      'Publishes to an exchange and waits for the broker to confirm. That the broker has it says nothing of the consumer.',
    schemes: ['amqps'],
    address: { label: 'Broker', help: 'With the virtual host as path', example: 'amqps://broker.example.com/finance' },
    statusAddress: null,
    validateAddress: null,
    keepsKeys: 'if-declared',
    fields: [
      setting('exchange', 'Exchange', 'Empty = the default exchange', { isRequired: false, example: 'requeue' }),
      setting('routingKey', 'Routing key', 'With the default exchange the name of the queue', { example: 'orders' }),
      setting('userName', 'User name', 'Of the broker'),
      secret('password', 'Password', 'Of that user'),
    ],
  },
  'sap-cloud-integration': {
    adapter: 'sap-cloud-integration',
    title: 'SAP Cloud Integration',
    summary:
      'Calls the HTTPS endpoint of an integration flow with the payload. The flow must allow the header SAP_ApplicationID and ask for no CSRF token.',
    schemes: ['https'],
    address: {
      label: 'Endpoint of the integration flow',
      help: 'From Manage Integration Content',
      example: 'https://tenant.it-cpi001-rt.cfapps.eu10.hana.ondemand.com/http/orders',
    },
    statusAddress: {
      label: 'API of the tenant',
      help: 'Its message processing logs are asked for what became of something; needs credentials of plan api',
      example: 'https://tenant.it-cpi001.cfapps.eu10.hana.ondemand.com/api/v1',
    },
    validateAddress: null,
    keepsKeys: 'if-declared',
    fields: [
      setting('tokenUrl', 'Token address', TOKEN_URL, {
        isUrl: true,
        example: 'https://tenant.authentication.eu10.hana.ondemand.com/oauth/token',
      }),
      setting('clientId', 'Client id', 'Of the service key, plan integration-flow'),
      secret('clientSecret', 'Client secret', 'Of the same service key'),
      setting('contentType', 'Content type', 'Of the payload', { isRequired: false, example: 'application/json' }),
    ],
  },
  mulesoft: {
    adapter: 'mulesoft',
    title: 'MuleSoft Anypoint',
    summary:
      'Anypoint has no call that runs something again: the payload goes to the HTTP listener of the application itself.',
    schemes: ['https'],
    address: {
      label: 'HTTP listener',
      help: 'Of the Mule application that failed',
      example: 'https://orders.de-c1.eu1.cloudhub.io/api/orders',
    },
    statusAddress: null,
    validateAddress: null,
    keepsKeys: 'if-declared',
    fields: [
      setting('tokenUrl', 'Token address', TOKEN_URL, {
        isUrl: true,
        example: 'https://eu1.anypoint.mulesoft.com/accounts/api/v2/oauth2/token',
      }),
      setting('clientId', 'Client id', 'Of the connected app'),
      secret('clientSecret', 'Client secret', 'Of the connected app'),
      setting('contentType', 'Content type', 'Of the payload', { isRequired: false, example: 'application/json' }),
    ],
  },
  boomi: {
    adapter: 'boomi',
    title: 'Boomi',
    summary:
      'Asks the Boomi Platform API to execute the process once more; what failed is named in dynamic process properties that the process reads.',
    schemes: ['https'],
    address: {
      label: 'Platform API of the account',
      help: 'Ends with the account id',
      example: 'https://api.boomi.com/api/rest/v1/acme-ABC123',
    },
    statusAddress: null,
    validateAddress: null,
    keepsKeys: 'never',
    fields: [
      setting('processId', 'Process id', 'The component that is executed'),
      setting('runtimeId', 'Runtime id', 'The runtime (Atom, Molecule or cloud) that executes it'),
      setting('userName', 'User name', 'Of the API token, without BOOMI_TOKEN.', { example: 'finance@acme.example' }),
      secret('apiToken', 'API token', 'Of a user with the right to execute processes'),
      setting(
        'payloadProperty',
        'Property for the payload',
        'Dynamic process property that takes the payload; empty = it is not sent',
        {
          isRequired: false,
          example: 'DPP_PAYLOAD',
        },
      ),
    ],
  },
  'azure-logic-apps': {
    adapter: 'azure-logic-apps',
    title: 'Azure Logic Apps',
    summary:
      'Resubmits the run that failed, with what its trigger took then: a corrected payload cannot be sent this way. Each resubmission is a new run.',
    schemes: ['https'],
    address: {
      label: 'Azure Resource Manager',
      help: 'Of the cloud that the subscription is in',
      example: 'https://management.azure.com',
    },
    statusAddress: null,
    validateAddress: null,
    keepsKeys: 'never',
    fields: [
      setting('tenantId', 'Directory (tenant) id', 'Microsoft Entra ID that issues the token'),
      setting('loginUrl', 'Login address', 'Of the same cloud; empty = https://login.microsoftonline.com', {
        isRequired: false,
        isUrl: true,
        example: 'https://login.microsoftonline.com',
      }),
      setting('clientId', 'Application (client) id', 'With the role Logic App Operator or Contributor'),
      secret('clientSecret', 'Client secret', 'Of that application'),
      setting('subscriptionId', 'Subscription id', 'Of the logic app'),
      setting('resourceGroup', 'Resource group', 'Of the logic app'),
      setting('workflow', 'Workflow', 'Name of the logic app (Consumption)'),
      setting('trigger', 'Trigger', 'Whose history is resubmitted', { example: 'manual' }),
    ],
  },
};

export function isRequeueAdapter(name: string): name is RequeueAdapterName {
  return REQUEUE_ADAPTERS.some((adapter) => adapter === name);
}
