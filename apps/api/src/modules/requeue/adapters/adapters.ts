import type { OutboundClient } from '../../../outbound/index.js';
import type { RequeueAdapter } from './adapter.js';
import type { AdapterName } from './target.js';
import { createWebhookAdapter } from './webhook.js';

export type Adapters = Readonly<Partial<Record<AdapterName, RequeueAdapter>>>;

/** Every kind of target that can be sent to. */
export function createAdapters(client: OutboundClient): Adapters {
  return { webhook: createWebhookAdapter(client) };
}
