import { type Alias, type Instant, isObjectType, type Money, type ObjectType, type Uuid } from '@throughline/canonical';
import type { StoredSignal } from '../mapping/stored-signal.js';

/** Name and kind of the source system of what people state in Throughline itself, and `source` of its CloudEvents. */
export const OWN_SOURCE = 'throughline';

/** An object by one of its names. */
export type NamedObject = Alias & { type: ObjectType };

/** What a person states: that the second object is downstream of the first, or that both are one. */
export type OwnStatement = {
  act: 'link' | 'identity';
  objects: [NamedObject, NamedObject];
  /** Of a link: read as second `qualifier` first. */
  qualifier?: string;
  amount?: Money;
};

/** A statement or its withdrawal with who said it, when, and why. */
export type OwnStatementEvent = {
  statement: OwnStatement;
  isWithdrawal: boolean;
  statedBy: Uuid;
  statedAt: Instant;
  reason: string;
};

/** CloudEvents type, attributes and data of a statement, as it is stored and mapped by the pack `throughline`. */
export function ownStatementEvent(
  id: string,
  { statement, isWithdrawal, statedBy, statedAt, reason }: OwnStatementEvent,
): { type: string; attributes: Record<string, string>; body: string } {
  const type = `throughline.${statement.act}.${isWithdrawal ? 'withdrawn' : 'stated'}`;
  return {
    type,
    attributes: {
      specversion: '1.0',
      id,
      source: OWN_SOURCE,
      type,
      time: statedAt,
      datacontenttype: 'application/json',
    },
    body: JSON.stringify({ ...statement, statedBy, reason }),
  };
}

const TYPE = /^throughline\.(link|identity)\.(stated|withdrawn)$/;

/** The statement of a stored signal; null when it is none of ours, or not as we write it. */
export function readOwnStatement(
  signal: Pick<StoredSignal, 'sourceKind' | 'type' | 'occurredAt' | 'body'>,
): OwnStatementEvent | null {
  if (signal.sourceKind !== OWN_SOURCE || signal.occurredAt === null) return null;
  const [, act, what] = TYPE.exec(signal.type) ?? [];
  const data = membersOf(jsonOf(signal.body));
  const [first, second, ...others] = Array.isArray(data['objects']) ? data['objects'].map(namedObject) : [];
  const { qualifier, amount, statedBy, reason } = data;
  if (!first || !second || others.length > 0) return null;
  if (typeof statedBy !== 'string' || typeof reason !== 'string') return null;
  const money = membersOf(amount);
  const hasAmount = typeof money['amount'] === 'string' && typeof money['currency'] === 'string';
  const isLink = act === 'link';
  if ((!isLink && act !== 'identity') || (isLink && typeof qualifier !== 'string')) return null;
  return {
    statement: {
      act: isLink ? 'link' : 'identity',
      objects: [first, second],
      ...(isLink && typeof qualifier === 'string' && { qualifier }),
      ...(hasAmount && { amount: { amount: String(money['amount']), currency: String(money['currency']) } }),
    },
    isWithdrawal: what === 'withdrawn',
    statedBy,
    statedAt: signal.occurredAt,
    reason,
  };
}

function namedObject(value: unknown): NamedObject | null {
  const { type, system, kind, scope, value: key } = membersOf(value);
  if (typeof type !== 'string' || !isObjectType(type)) return null;
  if (typeof system !== 'string' || typeof kind !== 'string' || typeof key !== 'string') return null;
  return { type, system, kind, scope: typeof scope === 'string' ? scope : '', value: key };
}

function membersOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
