import {
  type FinanceEventKey,
  type FinanceEventObject,
  HUB_TYPES,
  type Money,
  type ObjectType,
  fromMinorUnits,
} from '@throughline/canonical';
import { type Workflow, statedAttributes } from '@throughline/lineage';
import type { Draw } from './draw.js';

/** An object of a history under all of its names; who speaks of it may know one of them. */
export type Player = {
  type: ObjectType;
  keys: [FinanceEventKey, ...FinanceEventKey[]];
  legalEntity: string;
  counterparty: string;
  /** In cents. */
  cents: number;
  currency: string;
  direction: 'inflow' | 'outflow';
  attributes: Record<string, string>;
};

/** The object that all business of an entity runs with. */
export type Terms = Pick<Player, 'legalEntity' | 'counterparty' | 'currency' | 'direction'>;

const ENTITIES = [
  ['DE01', 'EUR'],
  ['DE01', 'EUR'],
  ['US01', 'USD'],
  ['BR01', 'BRL'],
  ['SG01', 'SGD'],
  // An entity that nobody has configured.
  ['XX99', 'EUR'],
] as const;
const COUNTERPARTIES = ['Adler', 'Bussard', 'Condor'];
const OUTGOING: ReadonlySet<string> = new Set(['purchase-order', 'expense-report', 'payment-batch']);

/** Under which kinds of keys which systems know the objects of a type. */
const NAMES: Partial<Record<ObjectType, readonly (readonly [system: string, kind: string])[]>> = {
  contract: [
    ['salesforce', 'contract-number'],
    ['sap-s4hana', 'contract-reference'],
  ],
  'sales-order': [
    ['salesforce', 'order-number'],
    ['sap-s4hana', 'sales-order'],
  ],
  invoice: [
    ['sap-s4hana', 'billing-document'],
    ['kyriba', 'invoice-reference'],
  ],
  payment: [
    ['kyriba', 'payment-reference'],
    ['sap-s4hana', 'clearing-document'],
    ['stripe', 'payout'],
  ],
  customer: [
    ['salesforce', 'account-id'],
    ['sap-s4hana', 'customer-number'],
    ['netsuite', 'customer-number'],
  ],
  supplier: [
    ['sap-s4hana', 'supplier-number'],
    ['kyriba', 'beneficiary'],
  ],
};

/** Everything that a history speaks of, by type; hubs and customers are few and shared. */
export class Cast {
  readonly players: Player[] = [];
  private readonly dates: ReadonlyMap<ObjectType, readonly string[]>;
  private count = 0;

  constructor(
    private readonly draw: Draw,
    workflows: readonly Workflow[],
  ) {
    this.dates = statedAttributes(workflows);
  }

  terms(anchor: ObjectType): Terms {
    const [legalEntity, currency] = this.draw.pick(ENTITIES);
    const counterparty = this.draw.pick(COUNTERPARTIES);
    return { legalEntity, currency, counterparty, direction: OUTGOING.has(anchor) ? 'outflow' : 'inflow' };
  }

  of(type: ObjectType): Player[] {
    return this.players.filter((player) => player.type === type);
  }

  /** One of few where it is a hub or master data, else a new one; now and then a document of another flow. */
  enter(type: ObjectType, terms: Terms, cents: number): Player {
    const known = this.of(type);
    const isShared = HUB_TYPES.has(type) || type === 'customer' || type === 'supplier';
    const shared = known.length > 0 && this.draw.chance(isShared ? 0.8 : 0.05) ? this.draw.pick(known) : undefined;
    return shared ?? this.create(type, terms, cents);
  }

  create(type: ObjectType, terms: Terms, cents: number): Player {
    const { draw } = this;
    this.count += 1;
    const number = `${this.count}`.padStart(4, '0');
    const names = NAMES[type] ?? [
      ['sap-s4hana', type],
      ['kyriba', `${type}-reference`],
    ];
    const known = HUB_TYPES.has(type) || draw.chance(0.35) ? names.slice(0, 1) : names;
    // Where an entity numbers on its own.
    const scope = type === 'journal-entry' || draw.chance(0.1) ? terms.legalEntity : '';
    const [first, ...others] = known.map(([system, kind], index): FinanceEventKey => ({
      system,
      kind,
      ...(scope !== '' && { scope }),
      value: `${'ABC'[index]}${number}`,
    }));
    const player: Player = {
      type,
      keys: [first!, ...others],
      legalEntity: terms.legalEntity,
      counterparty: terms.counterparty,
      cents,
      currency: draw.chance(0.04) ? 'USD' : terms.currency,
      direction: terms.direction,
      attributes: this.attributesOf(type),
    };
    this.players.push(player);
    return player;
  }

  /** The object as an event speaks of it: under one name or under all, with what the speaker knows of it. */
  spoken(player: Player, isSubject: boolean, names: 'one' | 'all' | 'some' = 'some'): FinanceEventObject {
    const { draw } = this;
    const isWhole = names === 'all' || (names === 'some' && draw.chance(0.3));
    const isTold = isSubject ? draw.chance(0.9) : draw.chance(0.35);
    return {
      type: player.type,
      qualifier: isSubject ? 'subject' : 'related',
      keys: isWhole ? player.keys : [draw.pick(player.keys)],
      ...(isTold && {
        legalEntity: player.legalEntity,
        counterparty: player.counterparty,
        amount: amountOf(player.cents, player.currency),
        direction: player.direction,
      }),
      ...(isSubject && Object.keys(player.attributes).length > 0 && { attributes: player.attributes }),
    };
  }

  private attributesOf(type: ObjectType): Record<string, string> {
    const { draw } = this;
    const day = () => `2026-04-${String(draw.between(1, 28)).padStart(2, '0')}`;
    const valueOf = (name: string) => (/period/i.test(name) ? draw.pick(['2026-03', '2026-04']) : day());
    const dates = (this.dates.get(type) ?? []).map((name) => [name, draw.chance(0.05) ? 'soon' : valueOf(name)]);
    const more = draw.chance(0.2) ? [['region', draw.pick(['north', 'south'])]] : [];
    const settled = draw.chance(0.1) ? [['isSettled', 'true']] : [];
    return Object.fromEntries([...dates, ...more, ...settled]) as Record<string, string>;
  }
}

/** Cents as money. */
export function amountOf(cents: number, currency: string): Money {
  return fromMinorUnits(BigInt(cents), currency);
}
