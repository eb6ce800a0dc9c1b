export { portOf, refuseAddresses, refuseTarget } from './address-guard.js';
export { backOffMs } from './back-off.js';
export {
  createOutboundClient,
  type OutboundClient,
  type OutboundOptions,
  type OutboundRequest,
} from './outbound-client.js';
export { MAX_RETRY_AFTER_MS, parseRetryAfter, type OutboundAnswer, type OutboundResult } from './outbound-result.js';
export { bareHost, wordsOf, type Reach } from './reach.js';
