export {
  type Activity,
  type ActivityLink,
  type ActivityObject,
  type ActivityProblem,
  type Alias,
  type Direction,
  type Outcome,
  type SignalReference,
  activityId,
  aliasId,
  type MappingReference,
  SIGNAL_KINDS,
  type SignalKind,
} from './activity.js';
export { LONGEST_ALIAS_VALUE, isUsableAliasValue } from './alias-values.js';
export {
  CONTEXT_TYPES,
  HUB_TYPES,
  OBJECT_TYPES,
  TECHNICAL_TYPES,
  type ObjectType,
  isObjectType,
} from './business-object.js';
export { CODES_WITHOUT_MINOR_UNIT, CURRENCIES, CURRENCIES_AS_OF, type Currency, minorDigitsOf } from './currencies.js';
export {
  AVERAGE_RATES,
  type Conversion,
  ECB_REFERENCE_RATES,
  type ExchangeRate,
  GROUP_MONTH_END_RATES,
  type MissingRate,
  type RateLookup,
  type RateUsed,
  convertMoney,
  isRate,
  longestAgeOf,
} from './exchange-rates.js';
export {
  type FinanceEventData,
  type FinanceEventKey,
  type FinanceEventLink,
  type FinanceEventObject,
  type FinanceEventProblem,
  MOST_EVENT_OBJECTS,
  parseFinanceEventData,
} from './finance-event.js';
export { type IbanPosition, findIbans, isIban } from './iban.js';
export { NIL_UUID, type Uuid, hashedText, hashedUuid } from './identifiers.js';
export {
  type Instant,
  compareInstants,
  instantFromMs,
  instantFromUnixNano,
  isCanonicalInstant,
  msOfInstant,
  parseInstant,
  parseLocalDate,
} from './instants.js';
export {
  type PointerPath,
  isListPosition,
  matchesPointer,
  pointerPatternProblem,
  readPointer,
  writePointer,
} from './json-pointer.js';
export { type MessageHeaders, readMessageHeaders } from './message-headers.js';
export { type Masked, maskAccountNumber, maskPayload, maskText } from './masking.js';
export {
  type MinorUnitRounding,
  type Money,
  MoneyError,
  addMoney,
  compareMoney,
  formatAmount,
  formatMoney,
  fromMinorUnits,
  isNegative,
  isZero,
  money,
  parseMoney,
  subtractMoney,
  sumMoney,
  toMinorUnits,
  zeroMoney,
} from './money.js';
export { type Parsed, accepted, quoted, refused } from './parsed.js';
export { GRAPHQL_ERROR_CODES, type GraphqlErrorCode } from './problem-codes.js';
export {
  HIGHEST_CHARACTER,
  LONGEST_SEARCH_KEY,
  SEARCH_CAPITALS,
  SEARCH_SEPARATORS,
  SEARCH_SMALL_LETTERS,
  searchKey,
} from './search-key.js';
export {
  EVENT_EXTENSIONS,
  FINANCE_ATTRIBUTES,
  FINANCE_EVENT_SCHEMA,
  FINANCE_EVENT_TYPE_PREFIX,
  KEY_KIND_PREFIX,
  KEY_SCOPE_PREFIX,
  KEY_SYSTEM_PREFIX,
  LINK_PREFIX,
  OBJECT_ID_ATTRIBUTES,
  OBJECT_NAMING_ATTRIBUTES,
  PROBLEM_DISCRIMINATOR_PREFIX,
  RELATED_QUALIFIER,
  RUN_COMPLETED,
  RUN_FAILED,
  SPAN_ATTRIBUTES,
  SUBJECT_QUALIFIER,
  activityTypeOfEvent,
  isActivityType,
} from './semantic-conventions.js';
export { type Life, type LifeStep, afterStep, faultsOfLife, proveLife } from './life-cycle.js';
export { messagePattern } from './message-pattern.js';
export { DEEPEST_PAYLOAD, isStorableText, toStorableJson, toStorableText } from './storable-text.js';
export {
  OVERDUE_MILESTONE_PROBLEM,
  type ProblemCategory,
  type ProblemQueue,
  TAXONOMY,
  type TaxonomyEntry,
  UNCLASSIFIED_PROBLEM,
  describeTaxonomy,
  groupFingerprint,
  isTaxonomyCode,
  problemSignature,
  taxonomyCodes,
} from './taxonomy.js';
