import type { OutboundClient } from '../../../outbound/index.js';
import type { RequeueAdapterName } from '../../catalog/index.js';
import type { RequeueAdapter } from './adapter.js';
import { createAmqpAdapter } from './amqp.js';
import { createPresetAdapters } from './presets/preset-adapter.js';
import { createWebhookAdapter } from './webhook.js';

export type Adapters = Readonly<Record<RequeueAdapterName, RequeueAdapter>>;

/** Every kind of target that can be sent to. */
export function createAdapters(client: OutboundClient): Adapters {
  return {
    webhook: createWebhookAdapter(client),
    amqp: createAmqpAdapter(client),
    ...createPresetAdapters(client),
  };
}
