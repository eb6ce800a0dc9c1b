import {
  isActivityType,
  isNegative,
  isObjectType,
  isUsableAliasValue,
  KEY_KIND_PREFIX,
  KEY_SCOPE_PREFIX,
  KEY_SYSTEM_PREFIX,
  LINK_PREFIX,
  MOST_EVENT_OBJECTS,
  OBJECT_ID_ATTRIBUTES,
  OBJECT_NAMING_ATTRIBUTES,
  parseMoney,
  quoted,
  RELATED_QUALIFIER,
  SPAN_ATTRIBUTES,
  SUBJECT_QUALIFIER,
  type ActivityLink,
  type ActivityObject,
  type Alias,
  type Direction,
  type Money,
  type ObjectType,
} from '@throughline/canonical';
import { attributeText, type Attributes, type AttributeValue } from '../otlp/span-record.js';
import { type AttributeNames, NO_ATTRIBUTE_NAMES } from './attribute-names.js';
import { parseRequeueId } from './trace-context.js';

const LONGEST_NAME = 256;
/** Of a message for people; what is longer is cut. */
export const LONGEST_MESSAGE = 4_000;
/** Attribute of an object whose amount cannot be used (a float, negative, without currency): what was sent. */
const UNUSABLE_AMOUNT = 'unusableAmount';

/** Where a step's attributes come from: a span or a log record, its resource and its service. */
export type StepOrigin = {
  attributes: Attributes;
  resource: Attributes;
  serviceName: string;
  /** Source system that the sender is bound to, where that is known. */
  senderSystem?: string;
};

/** What the finance attributes of a span or log record say. */
export type FinanceStep = {
  /** The declared activity type, when it is one. */
  type?: string;
  system: string;
  integration: string;
  /** The subject first; a list of its type are subjects too. */
  objects: [ActivityObject, ...ActivityObject[]];
  /** From related objects to the subject, where the attributes say how it follows from them. */
  links: ActivityLink[];
  requeueId?: string;
};

/** Reads the step; undefined when it names no usable object, or nobody knows of which system. */
export function readFinanceStep(origin: StepOrigin): FinanceStep | undefined {
  const { attributes } = origin;
  const system = sourceSystem(origin);
  if (system === undefined) return undefined;
  const declaredType = nameOf(attributes, SPAN_ATTRIBUTES.activityType);
  const objects = namedObjects(attributes, system, declaredType);
  if (objects === undefined) return undefined;
  const requeueId = parseRequeueId(nameOf(attributes, SPAN_ATTRIBUTES.requeueId));
  return {
    ...(declaredType !== undefined && isActivityType(declaredType) && { type: declaredType }),
    system,
    integration: nameOf(attributes, SPAN_ATTRIBUTES.integrationName) ?? '',
    objects,
    links: linksToSubject(attributes, objects),
    ...(requeueId !== undefined && { requeueId }),
  };
}

/**
 * Why the long form names no object although it is there, and at which attribute; undefined where nothing is wrong with it. A
 * shorthand with a blank or a placeholder counts as absent.
 */
export function unusableObject(origin: StepOrigin): { reason: string; place: string } | undefined {
  const { attributes } = origin;
  const type = nameOf(attributes, SPAN_ATTRIBUTES.objectType);
  if (type === undefined) return undefined;
  if (!isObjectType(type)) return faultOf(SPAN_ATTRIBUTES.objectType, `${quoted(type)} is no object type`);
  const key = attributes[SPAN_ATTRIBUTES.objectKeyValue];
  if (key === undefined) return undefined;
  const value = attributeText(key)?.trim() ?? '';
  if (!isUsableAliasValue(value))
    return faultOf(SPAN_ATTRIBUTES.objectKeyValue, `${quoted(value)} is blank or a placeholder`);
  return sourceSystem(origin) === undefined
    ? faultOf(SPAN_ATTRIBUTES.sourceSystem, 'is missing, and no service.name stands in for it')
    : undefined;
}

function faultOf(attribute: string, what: string): { reason: string; place: string } {
  return { reason: `${attribute} ${what}`, place: `/attributes/${attribute}` };
}

/** None between several subjects and several objects of a type: which belongs to which, nobody says. */
function linksToSubject(attributes: Attributes, objects: readonly ActivityObject[]): ActivityLink[] {
  const positioned = objects.map((object, position) => ({ object, position }));
  const subjects = positioned.filter(({ object }) => object.qualifier === SUBJECT_QUALIFIER);
  const related = positioned.filter(({ object }) => object.qualifier !== SUBJECT_QUALIFIER);
  return related.flatMap(({ object: { type }, position: from }) => {
    const qualifier = nameOf(attributes, LINK_PREFIX + type.replaceAll('-', '_'));
    const isPlain = subjects.length === 1 || related.filter(({ object }) => object.type === type).length === 1;
    return qualifier === undefined || !isPlain ? [] : subjects.map(({ position: to }) => ({ from, to, qualifier }));
  });
}

/** Who issues trace ids: a run that spans and log records of several services tell of is one. */
const TRACES = 'opentelemetry';

/**
 * A step that failed and names its integration but no object: it is about the run, which is its trace, or without a trace about
 * the integration itself. Undefined when it names none.
 */
export function readRunStep(origin: StepOrigin, traceId: string | null): FinanceStep | undefined {
  const integration = nameOf(origin.attributes, SPAN_ATTRIBUTES.integrationName);
  if (integration === undefined) return undefined;
  const system = sourceSystem(origin) ?? integration;
  const run: Alias = { system: TRACES, kind: 'trace-id', scope: '', value: traceId ?? '' };
  const itself: Alias = { system, kind: 'name', scope: '', value: integration };
  const requeueId = parseRequeueId(nameOf(origin.attributes, SPAN_ATTRIBUTES.requeueId));
  return {
    system,
    integration,
    objects: [
      traceId === null
        ? { type: 'integration', qualifier: SUBJECT_QUALIFIER, aliases: [itself] }
        : { type: 'run', qualifier: SUBJECT_QUALIFIER, aliases: [run] },
    ],
    links: [],
    ...(requeueId !== undefined && { requeueId }),
  };
}

/** Whether a span or log record names its integration. */
export function namesIntegration(
  step: { attributes: Attributes; serviceName: string },
  names: AttributeNames = NO_ATTRIBUTE_NAMES,
): boolean {
  if (Object.hasOwn(step.attributes, SPAN_ATTRIBUTES.integrationName)) return true;
  for (const [attribute, financeName] of names.of(step.serviceName)) {
    if (financeName === SPAN_ATTRIBUTES.integrationName && Object.hasOwn(step.attributes, attribute)) return true;
  }
  return false;
}

/**
 * Whether a span or log record carries an attribute that names a business object: without one it can never become an
 * activity. Cheap: it is asked of every span that comes in.
 */
export function namesObject(
  step: { attributes: Attributes; serviceName: string },
  names: AttributeNames = NO_ATTRIBUTE_NAMES,
): boolean {
  const ofService = names.of(step.serviceName);
  for (const attribute in step.attributes) {
    if (attribute.startsWith('finance.') && OBJECT_NAMING_ATTRIBUTES.has(attribute)) return true;
    if (ofService.size === 0) continue;
    const financeName = ofService.get(attribute);
    if (financeName !== undefined && OBJECT_NAMING_ATTRIBUTES.has(financeName)) return true;
  }
  return false;
}

/**
 * Stricter than namesObject: a key value says nothing of an object without the type beside it, and there is nobody to tell
 * of that where spans of a trace carry the key alone to be found by it. Asked of every span as well.
 */
export function namesTypedObject(
  step: { attributes: Attributes; serviceName: string },
  names: AttributeNames = NO_ATTRIBUTE_NAMES,
): boolean {
  const ofService = names.of(step.serviceName);
  let [hasKey, hasType] = [false, false];
  for (const attribute in step.attributes) {
    const isOwn = attribute.startsWith('finance.');
    if (!isOwn && ofService.size === 0) continue;
    for (const name of [isOwn ? attribute : undefined, ofService.get(attribute)]) {
      if (name === SPAN_ATTRIBUTES.objectKeyValue) hasKey = true;
      else if (name === SPAN_ATTRIBUTES.objectType) hasType = true;
      else if (name !== undefined && OBJECT_NAMING_ATTRIBUTES.has(name)) return true;
    }
  }
  return hasKey && hasType;
}

/** Trimmed and cut; undefined when nothing is left. */
export function trimmedText(value: string | undefined, longest = LONGEST_NAME): string | undefined {
  const trimmed = value?.trim().slice(0, longest);
  return trimmed === '' ? undefined : trimmed;
}

/** Text of an attribute, trimmed and cut; undefined when it has none. */
export function nameOf(attributes: Attributes, attribute: string): string | undefined {
  return trimmedText(attributeText(attributes[attribute]));
}

function sourceSystem({ attributes, resource, serviceName, senderSystem }: StepOrigin): string | undefined {
  return (
    nameOf(attributes, SPAN_ATTRIBUTES.sourceSystem) ??
    nameOf(resource, SPAN_ATTRIBUTES.sourceSystem) ??
    trimmedText(senderSystem) ??
    nameOf(attributes, SPAN_ATTRIBUTES.objectKeySystem) ??
    trimmedText(serviceName)
  );
}

type NamedObject = Pick<ActivityObject, 'type' | 'aliases'>;

function namedObjects(
  attributes: Attributes,
  system: string,
  declaredType: string | undefined,
): [ActivityObject, ...ActivityObject[]] | undefined {
  const declared = longFormObject(attributes, system);
  const named = shorthandObjects(attributes, system).filter((one) => declared === undefined || !isSame(one, declared));
  // invoice.posted happened to the invoice, whatever else stands beside it.
  const typeOfStep = declaredType?.split('.', 1)[0];
  const subject = declared ?? named.find((one) => one.type === typeOfStep) ?? named[0];
  if (subject === undefined) return undefined;
  // A list of the subject's type: the step happened to each of them.
  const others = declared === undefined ? named.filter((one) => one !== subject && one.type === subject.type) : [];
  const related = named.filter((one) => one !== subject && !others.includes(one));
  const facts = factsOf(attributes);
  // One amount for several objects is a total: whose share is what, nobody says.
  const { amount: _total, attributes: _sent, ...shared } = facts;
  return [
    { ...subject, qualifier: SUBJECT_QUALIFIER, ...(others.length === 0 ? facts : shared) },
    ...[
      ...others.map((one) => ({ ...one, qualifier: SUBJECT_QUALIFIER, ...shared })),
      ...related.map((one) => ({ ...one, qualifier: RELATED_QUALIFIER })),
    ].slice(0, MOST_EVENT_OBJECTS - 1),
  ];
}

function longFormObject(attributes: Attributes, system: string): NamedObject | undefined {
  const type = nameOf(attributes, SPAN_ATTRIBUTES.objectType);
  const value = attributeText(attributes[SPAN_ATTRIBUTES.objectKeyValue])?.trim();
  if (type === undefined || !isObjectType(type) || value === undefined || !isUsableAliasValue(value)) return undefined;
  return {
    type,
    aliases: [
      {
        system: nameOf(attributes, SPAN_ATTRIBUTES.objectKeySystem) ?? system,
        // Without a kind the number is the object's own: the kind is the type.
        kind: nameOf(attributes, SPAN_ATTRIBUTES.objectKeyKind) ?? type,
        scope: nameOf(attributes, SPAN_ATTRIBUTES.objectKeyScope) ?? '',
        value,
      },
    ],
  };
}

function shorthandObjects(attributes: Attributes, system: string): NamedObject[] {
  return OBJECT_ID_ATTRIBUTES.flatMap(([attribute, type]) => {
    const value = attributes[attribute];
    return value === undefined || value === null ? [] : objectsOfShorthand(attributes, system, type, value);
  });
}

function objectsOfShorthand(
  attributes: Attributes,
  system: string,
  type: ObjectType,
  value: AttributeValue,
): NamedObject[] {
  const suffix = type.replaceAll('-', '_');
  const key = {
    system: nameOf(attributes, KEY_SYSTEM_PREFIX + suffix) ?? system,
    kind: nameOf(attributes, KEY_KIND_PREFIX + suffix) ?? type,
    scope: nameOf(attributes, KEY_SCOPE_PREFIX + suffix) ?? '',
  };
  const values = (Array.isArray(value) ? value : [value]).map((one) => attributeText(one)?.trim());
  return [...new Set(values)]
    .filter((one) => one !== undefined && isUsableAliasValue(one))
    .map((one) => ({ type, aliases: [{ ...key, value: one! }] }));
}

function isSame(left: NamedObject, right: NamedObject): boolean {
  const [one] = left.aliases;
  const [other] = right.aliases;
  return left.type === right.type && one.value === other.value && one.system === other.system;
}

function factsOf(attributes: Attributes): Partial<ActivityObject> {
  const legalEntity = nameOf(attributes, SPAN_ATTRIBUTES.legalEntity);
  const counterparty = nameOf(attributes, SPAN_ATTRIBUTES.counterparty);
  const amount = amountOf(attributes);
  const sent = attributeText(attributes[SPAN_ATTRIBUTES.amount])?.trim() ?? '';
  const direction = nameOf(attributes, SPAN_ATTRIBUTES.direction);
  return {
    ...(legalEntity !== undefined && { legalEntity }),
    ...(counterparty !== undefined && { counterparty }),
    ...(amount !== undefined && { amount }),
    ...(isDirection(direction) && { direction }),
    // Shown to the team that sends it, and never counted as money.
    ...(amount === undefined && sent !== '' && { attributes: { [UNUSABLE_AMOUNT]: sent.slice(0, LONGEST_NAME) } }),
  };
}

/** Decimal text, or an integer; a binary float is no amount of money. */
function amountOf(attributes: Attributes): Money | undefined {
  const value = attributes[SPAN_ATTRIBUTES.amount];
  if (typeof value === 'number' && !Number.isInteger(value)) return undefined;
  const currency = nameOf(attributes, SPAN_ATTRIBUTES.currency)?.toUpperCase();
  const parsed = parseMoney(attributeText(value), currency);
  return parsed.ok && !isNegative(parsed.value) ? parsed.value : undefined;
}

function isDirection(value: string | undefined): value is Direction {
  return value === 'inflow' || value === 'outflow';
}
