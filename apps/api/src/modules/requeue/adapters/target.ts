import type { IntegrationRow } from '../../catalog/index.js';

export type AdapterName = 'webhook' | 'amqp';

/** Where an integration takes requeues, with its secrets in clear. */
export type RequeueTarget = {
  adapter: AdapterName;
  url: string;
  settings: Readonly<Record<string, string>>;
  secrets: Readonly<Record<string, string>>;
  statusUrl: string | null;
  validateUrl: string | null;
  isIdempotent: boolean;
};

/** The target of an integration; null = it takes none. */
export function targetOf(integration: IntegrationRow | undefined): RequeueTarget | null {
  const { requeueUrl: url = null, requeueSecret: signing = null } = integration ?? {};
  if (integration === undefined || url === null || signing === null) return null;
  const isIdempotent = integration.requeueIsIdempotent;
  return {
    adapter: 'webhook',
    url,
    settings: {},
    secrets: { signing },
    statusUrl: null,
    validateUrl: null,
    isIdempotent,
  };
}
