import type { Direction, Outcome } from './activity.js';
import { isUsableAliasValue } from './alias-values.js';
import { type ObjectType, isObjectType } from './business-object.js';
import { parseLocalDate } from './instants.js';
import { type MessageHeaders, readMessageHeaders } from './message-headers.js';
import { type Money, isNegative, parseMoney } from './money.js';
import { type Parsed, accepted, quoted } from './parsed.js';
import { isStorableText, toStorableJson, toStorableText } from './storable-text.js';
import { isTaxonomyCode } from './taxonomy.js';

/** One key of an object in a finance event; `system` is the event's own unless it says another. */
export type FinanceEventKey = { system?: string; kind: string; scope?: string; value: string };

/** One business object that a finance event speaks of. */
export type FinanceEventObject = {
  type: ObjectType;
  /** The first object is the subject unless it says otherwise, the others are related. */
  qualifier?: string;
  /** Only usable ones are left after reading: blank and dummy values are never aliases. */
  keys: [FinanceEventKey, ...FinanceEventKey[]];
  legalEntity?: string;
  counterparty?: string;
  amount?: Money;
  direction?: Direction;
  attributes?: Record<string, string>;
};

/** A link between two of the objects, by position, pointing downstream: `to` qualifier `from`. */
export type FinanceEventLink = {
  from: number;
  to: number;
  qualifier: string;
  amount?: Money;
  /** First and last day on which it holds. */
  validFrom?: string;
  validTo?: string;
};

/** What went wrong, in a finance event with outcome failure. */
export type FinanceEventProblem = {
  code: string;
  discriminators?: Record<string, string>;
  message: string;
  /** JSON pointer of the failing field in the payload. */
  field?: string;
  payload?: unknown;
  payloadVersion?: number;
  /** Of the message that failed, where it came from a dead-letter queue. */
  headers?: MessageHeaders;
};

/** `data` of a CloudEvent of type `finance.<activity type>`. The time of the activity is the event's `time`. */
export type FinanceEventData = {
  system: string;
  integration?: string;
  outcome?: Outcome;
  objects: [FinanceEventObject, ...FinanceEventObject[]];
  links?: FinanceEventLink[];
  problem?: FinanceEventProblem;
};

/** Most objects that one event may name: an activity is stored and read whole. */
export const MOST_EVENT_OBJECTS = 2_000;
const MOST_KEYS = 50;
const LONGEST_NAME = 256;
const LONGEST_MESSAGE = 4_000;
const LONGEST_ATTRIBUTE = 4_000;

type Members = Record<string, unknown>;

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads one event; collects every reason with the JSON pointer of the place, instead of stopping at the first. */
class FinanceEventReader {
  readonly reasons: string[] = [];

  refuse(where: string, what: string): undefined {
    this.reasons.push(`${where === '' ? 'data' : where}: ${what}`);
    return undefined;
  }

  name(value: unknown, where: string, longest = LONGEST_NAME): string | undefined {
    if (typeof value !== 'string') return this.refuse(where, `expected text, got ${quoted(value)}`);
    const text = value.trim();
    if (text === '') return this.refuse(where, 'must not be blank');
    if (text.length > longest) return this.refuse(where, `is longer than ${longest} characters`);
    return isStorableText(text) ? text : this.refuse(where, 'contains a NUL character or half a surrogate pair');
  }

  optionalName(value: unknown, where: string): string | undefined {
    return value === undefined || value === null || value === '' ? undefined : this.name(value, where);
  }

  choice<T extends string>(value: unknown, choices: readonly T[], where: string): T | undefined {
    if (value === undefined || value === null) return undefined;
    const choice = choices.find((candidate) => candidate === value);
    return choice ?? this.refuse(where, `must be one of ${choices.join(', ')}, got ${quoted(value)}`);
  }

  list(value: unknown, where: string, most: number): unknown[] {
    if (!Array.isArray(value)) {
      this.refuse(where, `expected an array, got ${quoted(value)}`);
      return [];
    }
    if (value.length > most) {
      this.refuse(where, `has ${value.length} items, at most ${most} are taken`);
      return [];
    }
    return value;
  }

  texts(value: unknown, where: string): Record<string, string> | undefined {
    if (value === undefined || value === null) return undefined;
    if (!isMembers(value)) return this.refuse(where, `expected an object of texts, got ${quoted(value)}`);
    const texts: [string, string][] = [];
    for (const [name, text] of Object.entries(value)) {
      if (typeof text !== 'string') this.refuse(`${where}/${name}`, `expected text, got ${quoted(text)}`);
      else if (text.length > LONGEST_ATTRIBUTE)
        this.refuse(`${where}/${name}`, `is longer than ${LONGEST_ATTRIBUTE} characters`);
      else texts.push([toStorableText(name), toStorableText(text)]);
    }
    return Object.fromEntries(texts);
  }

  amount(value: unknown, where: string): Money | undefined {
    if (value === undefined || value === null) return undefined;
    if (!isMembers(value)) {
      return this.refuse(where, `expected { "amount": "1234.50", "currency": "EUR" }, got ${quoted(value)}`);
    }
    const parsed = parseMoney(value.amount, value.currency);
    if (!parsed.ok) {
      for (const reason of parsed.reasons) this.refuse(where, reason);
      return undefined;
    }
    if (isNegative(parsed.value))
      return this.refuse(where, 'amounts are positive; the direction says which way the money moves');
    return parsed.value;
  }

  day(value: unknown, where: string): string | undefined {
    if (value === undefined || value === null || value === '') return undefined;
    const parsed = parseLocalDate(value);
    return parsed.ok ? parsed.value : this.refuse(where, parsed.reasons.join('; '));
  }

  key(value: unknown, where: string): FinanceEventKey | undefined {
    if (!isMembers(value)) return this.refuse(where, `expected an object, got ${quoted(value)}`);
    if (typeof value.value !== 'string') {
      return this.refuse(`${where}/value`, `expected text, got ${quoted(value.value)} (a number loses leading zeros)`);
    }
    const kind = this.name(value.kind, `${where}/kind`);
    const system = this.optionalName(value.system, `${where}/system`);
    const scope = this.optionalName(value.scope, `${where}/scope`);
    if (kind === undefined || !isUsableAliasValue(value.value)) return undefined;
    return {
      ...(system !== undefined && { system }),
      kind,
      ...(scope !== undefined && { scope }),
      value: value.value.trim(),
    };
  }

  object(value: unknown, where: string): FinanceEventObject | undefined {
    if (!isMembers(value)) return this.refuse(where, `expected an object, got ${quoted(value)}`);
    const type = this.name(value.type, `${where}/type`);
    if (type !== undefined && !isObjectType(type))
      this.refuse(`${where}/type`, `${quoted(type)} is not a canonical object type`);
    const before = this.reasons.length;
    const keys = this.list(value.keys, `${where}/keys`, MOST_KEYS)
      .map((key, position) => this.key(key, `${where}/keys/${position}`))
      .filter((key) => key !== undefined);
    const [first, ...others] = keys;
    if (first === undefined && this.reasons.length === before) {
      this.refuse(`${where}/keys`, 'none of the values can identify an object (blank, too long or a placeholder)');
    }
    const qualifier = this.optionalName(value.qualifier, `${where}/qualifier`);
    const legalEntity = this.optionalName(value.legalEntity, `${where}/legalEntity`);
    const counterparty = this.optionalName(value.counterparty, `${where}/counterparty`);
    const amount = this.amount(value.amount, `${where}/amount`);
    const direction = this.choice<Direction>(value.direction, ['inflow', 'outflow'], `${where}/direction`);
    const attributes = this.texts(value.attributes, `${where}/attributes`);
    if (type === undefined || !isObjectType(type) || first === undefined) return undefined;
    return {
      type,
      ...(qualifier !== undefined && { qualifier }),
      keys: [first, ...others],
      ...(legalEntity !== undefined && { legalEntity }),
      ...(counterparty !== undefined && { counterparty }),
      ...(amount !== undefined && { amount }),
      ...(direction !== undefined && { direction }),
      ...(attributes !== undefined && { attributes }),
    };
  }

  position(value: unknown, objects: number, where: string): number | undefined {
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < objects) return value;
    return this.refuse(where, `must be the position of one of the ${objects} objects, got ${quoted(value)}`);
  }

  link(value: unknown, objects: number, where: string): FinanceEventLink | undefined {
    if (!isMembers(value)) return this.refuse(where, `expected an object, got ${quoted(value)}`);
    const from = this.position(value.from, objects, `${where}/from`);
    const to = this.position(value.to, objects, `${where}/to`);
    if (from !== undefined && from === to) this.refuse(where, 'links an object to itself');
    const qualifier = this.name(value.qualifier, `${where}/qualifier`);
    const amount = this.amount(value.amount, `${where}/amount`);
    const validFrom = this.day(value.validFrom, `${where}/validFrom`);
    const validTo = this.day(value.validTo, `${where}/validTo`);
    if (validFrom !== undefined && validTo !== undefined && validTo < validFrom)
      this.refuse(`${where}/validTo`, `is before ${validFrom}, from which it is valid`);
    if (from === undefined || to === undefined || qualifier === undefined) return undefined;
    return {
      from,
      to,
      qualifier,
      ...(amount !== undefined && { amount }),
      ...(validFrom !== undefined && { validFrom }),
      ...(validTo !== undefined && { validTo }),
    };
  }

  problem(value: unknown, where: string): FinanceEventProblem | undefined {
    if (value === undefined || value === null) return undefined;
    if (!isMembers(value)) return this.refuse(where, `expected an object, got ${quoted(value)}`);
    const code = this.name(value.code, `${where}/code`);
    if (code !== undefined && !isTaxonomyCode(code)) {
      this.refuse(`${where}/code`, `${quoted(code)} is not <category>.<problem> of the problem taxonomy`);
    }
    if (typeof value.message !== 'string')
      this.refuse(`${where}/message`, `expected text, got ${quoted(value.message)}`);
    const message =
      typeof value.message === 'string' ? toStorableText(value.message.slice(0, LONGEST_MESSAGE)) : undefined;
    const discriminators = this.texts(value.discriminators, `${where}/discriminators`);
    const field = this.optionalName(value.field, `${where}/field`);
    const version = value.payloadVersion;
    if (version !== undefined && version !== null && !(Number.isSafeInteger(version) && Number(version) >= 1)) {
      this.refuse(`${where}/payloadVersion`, `must be a whole number from 1, got ${quoted(version)}`);
    }
    const hasHeaders = value.headers !== undefined && value.headers !== null;
    const headers = hasHeaders ? readMessageHeaders(value.headers) : undefined;
    if (hasHeaders && headers === undefined)
      this.refuse(`${where}/headers`, `expected an object, got ${quoted(value.headers)}`);
    if (code === undefined || message === undefined) return undefined;
    return {
      code,
      ...(discriminators !== undefined && { discriminators }),
      message,
      ...(field !== undefined && { field }),
      ...(value.payload !== undefined && { payload: toStorableJson(value.payload) }),
      ...(typeof version === 'number' && { payloadVersion: version }),
      ...(headers !== undefined && { headers }),
    };
  }

  event(value: unknown): FinanceEventData | undefined {
    if (!isMembers(value)) return this.refuse('', `expected a JSON object, got ${quoted(value)}`);
    const system = this.name(value.system, '/system');
    const integration = this.optionalName(value.integration, '/integration');
    const outcome = this.choice<Outcome>(value.outcome, ['success', 'failure'], '/outcome');
    const listed = this.list(value.objects, '/objects', MOST_EVENT_OBJECTS);
    if (Array.isArray(value.objects) && value.objects.length === 0) this.refuse('/objects', 'names no business object');
    const [first, ...others] = listed
      .map((object, position) => this.object(object, `/objects/${position}`))
      .filter((object) => object !== undefined);
    const hasLinks = value.links !== undefined && value.links !== null;
    const links = hasLinks
      ? this.list(value.links, '/links', MOST_EVENT_OBJECTS * 2)
          .map((link, position) => this.link(link, listed.length, `/links/${position}`))
          .filter((link) => link !== undefined)
      : undefined;
    const problem = this.problem(value.problem, '/problem');
    const hasProblem = value.problem !== undefined && value.problem !== null;
    if (outcome === 'failure' && !hasProblem) this.refuse('/problem', 'is required when the outcome is failure');
    if (outcome !== 'failure' && hasProblem) this.refuse('/outcome', 'must be failure when a problem is given');
    if (system === undefined || first === undefined) return undefined;
    return {
      system,
      ...(integration !== undefined && { integration }),
      ...(outcome !== undefined && { outcome }),
      objects: [first, ...others],
      ...(links !== undefined && { links }),
      ...(problem !== undefined && { problem }),
    };
  }
}

/**
 * Reads the data of a finance event. Refusals name place (JSON pointer) and reason; what is accepted has trimmed names,
 * canonical amounts, only usable keys, and nothing that could not be stored. Unknown members are left out.
 */
export function parseFinanceEventData(value: unknown): Parsed<FinanceEventData> {
  const reader = new FinanceEventReader();
  const event = reader.event(value);
  return event !== undefined && reader.reasons.length === 0 ? accepted(event) : { ok: false, reasons: reader.reasons };
}
