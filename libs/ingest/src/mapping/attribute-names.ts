import type { Attributes } from '../otlp/span-record.js';

/** What a team calls a finance attribute on its spans and log records; an empty service = every service of the tenant. */
export type AttributeName = { serviceName: string; attribute: string; financeAttribute: string };

/** Names of one service: its attribute → the finance attributes that it stands for. */
export type ServiceAttributeNames = ReadonlyMap<string, string>;

const NONE: ServiceAttributeNames = new Map();

/** The attribute names of a tenant, ready to be asked once per span. */
export class AttributeNames {
  private readonly ofEvery: ServiceAttributeNames;
  private readonly byService = new Map<string, ServiceAttributeNames>();

  constructor(names: readonly AttributeName[] = []) {
    const own = new Map<string, Map<string, string>>();
    for (const { serviceName, attribute, financeAttribute } of names) {
      const ofService = own.get(serviceName) ?? new Map<string, string>();
      own.set(serviceName, ofService.set(attribute, financeAttribute));
    }
    this.ofEvery = own.get('') ?? NONE;
    // What a service says of itself counts before what is said of all.
    for (const [service, ofService] of own) this.byService.set(service, new Map([...this.ofEvery, ...ofService]));
  }

  /** The names that hold for a service; empty for most. */
  of(serviceName: string): ServiceAttributeNames {
    return this.byService.get(serviceName) ?? this.ofEvery;
  }
}

/** The tenant has none. */
export const NO_ATTRIBUTE_NAMES = new AttributeNames();

/**
 * The attributes with those that a team calls otherwise also under their finance name. An attribute that has its finance
 * name already is left as it is; nothing is taken away. The same object when there is nothing to add.
 */
export function applyAttributeNames(attributes: Attributes, names: ServiceAttributeNames): Attributes {
  if (names.size === 0) return attributes;
  const added: Attributes = {};
  let hasAdded = false;
  for (const [attribute, financeAttribute] of names) {
    const value = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
    if (value === undefined || value === null || Object.hasOwn(attributes, financeAttribute)) continue;
    added[financeAttribute] ??= value;
    hasAdded = true;
  }
  return hasAdded ? { ...attributes, ...added } : attributes;
}
