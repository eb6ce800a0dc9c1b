import {
  type Activity,
  CONTEXT_TYPES,
  HUB_TYPES,
  hashedUuid,
  type Instant,
  type ObjectType,
  TECHNICAL_TYPES,
  type Uuid,
} from '@throughline/canonical';

/** What a person can state of two objects: that one belongs to the other, or that they are one. */
export type StatementAct = 'link' | 'identity';

/** A statement that a person made, or its withdrawal, as one signal tells it. */
export type StatementEvent = {
  /** Of what is stated, whoever states it however often; see statementId. */
  statementId: Uuid;
  signalId: Uuid;
  statedAt: Instant;
  isWithdrawal: boolean;
};

/** A flow link between two types: `to` qualifier `from`, downstream. */
export type FlowRule = { from: ObjectType; to: ObjectType; qualifier: string };

/** The flow of documents by business role (DESIGN, Links). What hubs gather is told by their own events alone. */
const FLOW_RULES: readonly FlowRule[] = [
  ...flows('opportunity', 'offers', ['quote']),
  ...flows('quote', 'formalises', ['contract']),
  ...flows('quote', 'fulfils', ['sales-order', 'subscription']),
  ...flows('contract', 'fulfils', ['sales-order', 'subscription']),
  ...flows('sales-order', 'delivers', ['delivery']),
  ...flows('sales-order', 'schedules', ['billing-schedule']),
  ...flows('sales-order', 'bills', ['invoice']),
  ...flows('sales-order', 'prepays', ['payment']),
  ...flows('subscription', 'schedules', ['billing-schedule']),
  ...flows('subscription', 'bills', ['invoice']),
  ...flows('delivery', 'bills', ['invoice']),
  ...flows('billing-schedule', 'bills', ['invoice']),
  ...flows('invoice', 'settles', ['payment', 'settlement']),
  ...flows('invoice', 'credits', ['credit-memo']),
  ...flows('invoice', 'disputes', ['dispute']),
  ...flows('invoice', 'posts', ['journal-entry']),
  ...flows('credit-memo', 'refunds', ['refund']),
  ...flows('credit-memo', 'settles', ['settlement']),
  ...flows('credit-memo', 'posts', ['journal-entry']),
  ...flows('purchase-order', 'receives', ['goods-receipt']),
  ...flows('purchase-order', 'bills', ['supplier-invoice']),
  ...flows('goods-receipt', 'bills', ['supplier-invoice']),
  ...flows('supplier-invoice', 'settles', ['payment', 'settlement']),
  ...flows('supplier-invoice', 'posts', ['journal-entry']),
  ...flows('expense-report', 'settles', ['payment']),
  ...flows('expense-report', 'posts', ['journal-entry']),
  ...flows('settlement', 'settles', ['payment']),
  ...flows('payment', 'books', ['bank-entry']),
  ...flows('payment', 'refunds', ['refund']),
  ...flows('payment', 'returns', ['return']),
  ...flows('payment', 'posts', ['journal-entry']),
  ...flows('refund', 'books', ['bank-entry']),
  ...flows('return', 'books', ['bank-entry']),
];

function flows(from: ObjectType, qualifier: string, tos: readonly ObjectType[]): FlowRule[] {
  return tos.map((to) => ({ from, to, qualifier }));
}

/** How two types are linked, whichever is named first; null = no flow leads from one to the other. */
export function flowBetween(one: ObjectType, other: ObjectType): FlowRule | null {
  return FLOW_RULES.find(({ from, to }) => (from === one && to === other) || (from === other && to === one)) ?? null;
}

/** True for objects of which two may turn out to be one: not for what Throughline itself makes, nor for what gathers others. */
export function canBeJoined(type: ObjectType): boolean {
  return !TECHNICAL_TYPES.has(type) && !HUB_TYPES.has(type) && (CONTEXT_TYPES.has(type) || isDocument(type));
}

function isDocument(type: ObjectType): boolean {
  return FLOW_RULES.some(({ from, to }) => from === type || to === type);
}

/** Identity of what is stated: of a link its names in their direction and its qualifier, of a join both names in any order. */
export function statementId(
  stated:
    | { act: 'link'; fromAliasId: Uuid; toAliasId: Uuid; qualifier: string }
    | { act: 'identity'; aliasIds: [Uuid, Uuid] },
): Uuid {
  return stated.act === 'link'
    ? hashedUuid(['statement', 'link', stated.fromAliasId, stated.toAliasId, stated.qualifier])
    : hashedUuid(['statement', 'identity', ...[...stated.aliasIds].sort()]);
}

/**
 * Of each statement the event that counts: the latest, of two at one time the one with the higher signal id. Depends on the
 * set of events alone, not on their order or on how often one of them is told.
 */
export function countingEvents<E extends StatementEvent>(events: readonly E[]): Map<Uuid, E> {
  const counting = new Map<Uuid, E>();
  for (const event of events) {
    const known = counting.get(event.statementId);
    if (known === undefined || isLater(event, known)) counting.set(event.statementId, event);
  }
  return counting;
}

function isLater(event: StatementEvent, known: StatementEvent): boolean {
  return event.statedAt === known.statedAt ? event.signalId > known.signalId : event.statedAt > known.statedAt;
}

/** The activity as history: it still speaks of the same names, and states neither a link nor that two names are one object. */
export function withoutEffect(activity: Activity): Activity {
  return {
    ...activity,
    objects: activity.objects.flatMap((object) =>
      object.aliases.map((alias) => ({ ...object, aliases: [alias] as const }) as typeof object),
    ),
    links: [],
  };
}
