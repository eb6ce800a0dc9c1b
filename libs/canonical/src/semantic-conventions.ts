import { OBJECT_ID_ATTRIBUTES, SPAN_ATTRIBUTES } from './finance-attributes.js';

export {
  EVENT_EXTENSIONS,
  FINANCE_ATTRIBUTES,
  KEY_KIND_PREFIX,
  KEY_SCOPE_PREFIX,
  KEY_SYSTEM_PREFIX,
  LINK_PREFIX,
  OBJECT_ID_ATTRIBUTES,
  PROBLEM_DISCRIMINATOR_PREFIX,
  SPAN_ATTRIBUTES,
} from './finance-attributes.js';

/** The attributes that name a business object: without any of them a span or log record tells nothing of finance. */
export const OBJECT_NAMING_ATTRIBUTES: ReadonlySet<string> = new Set([
  SPAN_ATTRIBUTES.objectKeyValue,
  ...OBJECT_ID_ATTRIBUTES.map(([attribute]) => attribute),
]);

/** CloudEvents `type` of a finance event is this prefix and the activity type: `finance.sales-order.accepted`. */
export const FINANCE_EVENT_TYPE_PREFIX = 'finance.';

/** CloudEvents `dataschema` of FinanceEventData. */
export const FINANCE_EVENT_SCHEMA = 'urn:throughline:finance-event:1';

/** Activity types of runs that name no business step of their own. */
export const RUN_COMPLETED = 'integration.run-completed';
/** Activity type of a failed run (a span whose status is ERROR). */
export const RUN_FAILED = 'integration.run-failed';

/** Qualifier of the object that an activity happened to; others are RELATED_QUALIFIER unless they say more. */
export const SUBJECT_QUALIFIER = 'subject';
/** Qualifier of an object that an activity only speaks of. */
export const RELATED_QUALIFIER = 'related';

const ACTIVITY_TYPE = /^[a-z0-9]+(?:-[a-z0-9]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** True for `<object-type>.<past participle>` in kebab-case, e.g. "sales-order.accepted". */
export function isActivityType(text: string): boolean {
  return text.length <= 120 && ACTIVITY_TYPE.test(text);
}

/** Activity type of a CloudEvents `type`, or undefined when it is not a finance event. */
export function activityTypeOfEvent(eventType: string): string | undefined {
  if (!eventType.startsWith(FINANCE_EVENT_TYPE_PREFIX)) return undefined;
  const type = eventType.slice(FINANCE_EVENT_TYPE_PREFIX.length);
  return isActivityType(type) ? type : undefined;
}
