import type { ObjectType } from './business-object.js';
import { hashedUuid, type Uuid } from './identifiers.js';
import type { MessageHeaders } from './message-headers.js';
import type { Money } from './money.js';

/** One name of a business object: system instance, kind of key, scope (empty where numbers never collide), value. */
export type Alias = { system: string; kind: string; scope: string; value: string };

/** Which way money moves, seen from the group. */
export type Direction = 'inflow' | 'outflow';

/** One object that an activity speaks of. Several aliases = the statement that they name one object. */
export type ActivityObject = {
  type: ObjectType;
  /** Role in the activity: "subject" for what it happened to, else e.g. "upstream", "customer". */
  qualifier: string;
  aliases: [Alias, ...Alias[]];
  legalEntity?: string;
  /** Display name of the customer or supplier. */
  counterparty?: string;
  amount?: Money;
  direction?: Direction;
  /** Further facts about the object, text only. */
  attributes?: Record<string, string>;
};

/** A flow or context link between two objects of the same activity, by their positions; points downstream. */
export type ActivityLink = {
  from: number;
  to: number;
  qualifier: string;
  amount?: Money;
  /** First and last day on which it holds, such as those of a price agreement; without them it holds for good. */
  validFrom?: string;
  validTo?: string;
};

/** What went wrong, when the outcome is a failure. */
export type ActivityProblem = {
  /** Taxonomy code, `category.problem`, see taxonomy.ts. */
  taxonomy: string;
  /** Declared discriminators (field path, error code, missing key): part of the identity of an exception. */
  discriminators: Record<string, string>;
  /** In words, for people; never part of an identity. */
  message: string;
  /** JSON pointer of the failing field in the payload, when the source gave it. */
  field?: string;
  /** The payload that failed, as it was sent, and its version, when the source gave it. */
  payload?: unknown;
  payloadVersion?: number;
  /** Of the message that failed, as a dead-letter queue keeps them. */
  headers?: MessageHeaders;
};

export type Outcome = 'success' | 'failure';

/** Where an activity came from: the stored signal. */
export type SignalReference = {
  kind: SignalKind;
  receivedOn: string;
  signalId: Uuid;
  /** Which copy, where a signal may be stored more than once and its copies may differ (spans); the lowest as text counts. */
  copy?: string;
};

/** The forms in which something is received. */
export const SIGNAL_KINDS = ['span', 'log', 'cloud-event', 'openlineage', 'webhook', 'file-record'] as const;

export type SignalKind = (typeof SIGNAL_KINDS)[number];

/** Which version of which mapping made an activity, and by which of its rules. */
export type MappingReference = { name: string; version: number; rule: string };

/** The canonical event that a mapping makes of a signal. All instants are ISO 8601 UTC with `Z`. */
export type Activity = {
  activityId: Uuid;
  /** `<object-type>.<past participle>`, e.g. "invoice.posted". */
  type: string;
  occurredAt: string;
  /** When the record of it was made, where the source says: of two that occurred at one time the later record restates. */
  recordedAt?: string;
  outcome: Outcome;
  /** Source system instance that reported it. */
  system: string;
  /** Integration (hop) it belongs to; empty when none is known. */
  integration: string;
  objects: ActivityObject[];
  links: ActivityLink[];
  problem?: ActivityProblem;
  /** Identity of the run it belongs to: two signals of one failed run are one occurrence. Trace id, else the scoped key. */
  runKey: string;
  /** Requeue request that caused the run, when the re-run said so. */
  requeueId?: Uuid;
  /** Lower-case hex. */
  traceId?: string;
  spanId?: string;
  signal: SignalReference;
  mapping: MappingReference;
};

/** Identity of an alias within a tenant; the object type is part of it, so that numbers of two types never meet. */
export function aliasId(type: ObjectType, alias: Alias): Uuid {
  return hashedUuid(['alias', type, alias.system, alias.kind, alias.scope, alias.value]);
}

/** Activity id = hash of the signal's scoped idempotency key and the output position of the mapping. */
export function activityId(scopedKey: string, position: number): Uuid {
  return hashedUuid(['activity', scopedKey, String(position)]);
}
