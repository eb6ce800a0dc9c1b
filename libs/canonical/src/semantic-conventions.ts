/** Names of the span attributes by which an integration tells finance facts (OpenTelemetry attributes). */
export const SPAN_ATTRIBUTES = {
  activityType: 'finance.activity.type',
  integrationName: 'finance.integration.name',
  /** Also read from the resource. */
  sourceSystem: 'finance.source_system',
  objectType: 'finance.object.type',
  objectKeySystem: 'finance.object.key.system',
  objectKeyKind: 'finance.object.key.kind',
  objectKeyScope: 'finance.object.key.scope',
  objectKeyValue: 'finance.object.key.value',
  legalEntity: 'finance.legal_entity',
  counterparty: 'finance.counterparty',
  amount: 'finance.amount',
  currency: 'finance.currency',
  direction: 'finance.direction',
  problemCode: 'finance.problem.code',
  problemMessage: 'finance.problem.message',
  requeueId: 'throughline.requeue.id',
} as const;

/** Prefix of attributes that carry one discriminator each: `finance.problem.discriminator.<name>`. */
export const PROBLEM_DISCRIMINATOR_PREFIX = 'finance.problem.discriminator.';

/** CloudEvents `type` of a finance event is this prefix and the activity type: `finance.sales-order.accepted`. */
export const FINANCE_EVENT_TYPE_PREFIX = 'finance.';

/** CloudEvents `dataschema` of FinanceEventData. */
export const FINANCE_EVENT_SCHEMA = 'urn:throughline:finance-event:1';

/** CloudEvents extension attributes that the mapping reads. */
export const EVENT_EXTENSIONS = {
  traceparent: 'traceparent',
  requeueId: 'throughlinerequeueid',
  correlationId: 'correlationid',
  causationId: 'causationid',
  recordedTime: 'recordedtime',
  sequence: 'sequence',
} as const;

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
