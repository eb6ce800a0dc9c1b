import type { CloudEventAttribute } from '../cloudevents/cloud-event.js';

const LONGEST = 500;

/**
 * The id that Standard Webhooks (and Svix, its older name) keeps the same over every attempt to deliver a message; undefined when
 * the request is not one of theirs. Two messages may have the same body, and one may be written differently when it is sent again.
 */
export function messageIdOf(attributes: Readonly<Record<string, CloudEventAttribute>>): string | undefined {
  for (const prefix of ['webhook', 'svix']) {
    const [id, time] = [attributes[`${prefix}-id`], attributes[`${prefix}-timestamp`]];
    if (typeof id === 'string' && id.trim() !== '' && id.length <= LONGEST && time !== undefined)
      return `webhook-id:${id.trim()}`;
  }
  return undefined;
}
