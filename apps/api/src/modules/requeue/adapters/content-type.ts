import type { RequeueTarget } from '../../catalog/index.js';

const JSON_TYPE = 'application/json';

/** Of what goes to a target; null = nothing goes along but the address. */
export function contentTypeOf({ adapter, settings }: Pick<RequeueTarget, 'adapter' | 'settings'>): string | null {
  switch (adapter) {
    case 'webhook':
    case 'amqp':
    case 'boomi':
      return JSON_TYPE;
    case 'sap-cloud-integration':
    case 'mulesoft':
      return settings['contentType'] ?? JSON_TYPE;
    case 'azure-logic-apps':
      return null;
  }
}
