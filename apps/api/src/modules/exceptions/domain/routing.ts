import { isObjectType, isTaxonomyCode, TAXONOMY } from '@throughline/canonical';
import { isQueueName, QUEUE_NAMES, type QueueName } from './queues.js';

/** What rules look at. */
export type RoutedFacts = {
  taxonomy: string;
  objectType: string;
  legalEntity: string | null;
  integration: string;
  /** The step: an integration, or workflow and milestone. */
  hop?: string;
  /** Money at risk in minor units of the reporting currency, as text; null = not known, which no amount rule takes. */
  reportingMinor: string | null;
};

/** One rule: all its conditions must hold; one that is left out always does. */
export type RoutingRule = {
  name: string;
  queue: QueueName;
  /** Codes, or categories. */
  taxonomies?: readonly string[];
  objectTypes?: readonly string[];
  legalEntities?: readonly string[];
  integrations?: readonly string[];
  /** Steps, of the shipped rules alone. */
  hops?: readonly string[];
  /** At least so many minor units of the reporting currency. */
  fromMinor?: string;
  /** Who is given what it routes; left out = nobody, it waits in the queue. */
  personId?: string;
};

export type Route = { queue: QueueName; rule: string; personId?: string };

const BILLING = ['invoice', 'credit-memo', 'subscription', 'billing-schedule', 'revenue-schedule', 'contract'];
const PAYING = ['payment', 'payment-batch', 'refund', 'return', 'settlement', 'supplier-invoice', 'expense-report'];
const MASTER_DATA = ['customer', 'supplier', 'product', 'legal-entity', 'cost-center', 'price-agreement'];
const BANK = ['bank-statement', 'bank-entry', 'cash-position', 'journal-entry', 'actuals-batch', 'report'];

/**
 * Where an exception goes when a tenant has said nothing else. The first that matches wins, so the narrow ones stand first;
 * the last has no condition, so nothing is left lying.
 */
export const DEFAULT_RULES: readonly RoutingRule[] = [
  { name: 'no mapping reads it', queue: 'unreadable', taxonomies: ['data-quality.unmapped-signal'] },
  { name: 'a signal or a file', queue: 'unreadable', taxonomies: ['data-quality'], objectTypes: ['signal', 'file'] },
  {
    name: 'tax code or jurisdiction',
    queue: 'tax',
    taxonomies: ['mapping-and-master-data.tax-code-mismatch', 'mapping-and-master-data.missing-tax-jurisdiction'],
  },
  { name: 'a tax determination', queue: 'tax', objectTypes: ['tax-determination'] },
  {
    name: 'blocked, or over its limit',
    queue: 'credit',
    taxonomies: ['business-control.blocked-account', 'business-control.credit-exposure-over-limit'],
  },
  {
    name: 'approvals, duties and controls',
    queue: 'approval',
    taxonomies: [
      'business-control.approval-missing',
      'business-control.segregation-of-duties',
      'business-control.control-ineffective',
      'business-control.retention-hold',
    ],
  },
  {
    name: 'what suppliers bill',
    queue: 'data-repair',
    taxonomies: ['data-quality'],
    objectTypes: ['supplier-invoice', 'expense-report'],
  },
  {
    name: 'billed and not accounted for',
    queue: 'billing-and-revenue',
    taxonomies: ['business-control.posted-to-billing-not-to-accounting', 'data-quality.price-mismatch'],
  },
  {
    name: 'amounts of payments that differ',
    queue: 'reconciliation',
    taxonomies: ['data-quality.amount-mismatch'],
    objectTypes: PAYING,
  },
  {
    name: 'amounts of sales that differ',
    queue: 'billing-and-revenue',
    taxonomies: ['data-quality.amount-mismatch'],
    objectTypes: [...BILLING, 'sales-order', 'delivery'],
  },
  {
    name: 'receipts that fit no invoice',
    queue: 'cash-application',
    taxonomies: [
      'cash-and-payment.unidentified-receipt',
      'cash-and-payment.short-payment',
      'cash-and-payment.over-payment',
    ],
  },
  {
    name: 'statements and balances',
    queue: 'reconciliation',
    taxonomies: [
      'cash-and-payment.statement-gap',
      'cash-and-payment.balance-mismatch',
      'data-quality.unbalanced-entry',
      'reconciliation',
    ],
  },
  { name: 'other payments', queue: 'payments', taxonomies: ['cash-and-payment'] },
  { name: 'master data and mapping', queue: 'master-data', taxonomies: ['mapping-and-master-data'] },
  { name: 'the platform itself', queue: 'platform', taxonomies: ['platform'] },
  // who holds the clock of a step of a control or of credit is not who holds that of the document
  {
    name: 'late controls and approvals',
    queue: 'approval',
    taxonomies: ['timing-and-sequence'],
    hops: [
      'global-order-to-cash/evidence-captured',
      'expense-to-payment/report-approved',
      'customer-change/change-approved',
      'customer-onboarding/customer-approved',
    ],
  },
  {
    name: 'late credit checks and releases',
    queue: 'credit',
    taxonomies: ['timing-and-sequence'],
    hops: ['order-to-cash/credit-exposure-checked', 'order-to-cash/order-released'],
  },
  { name: 'late master data', queue: 'master-data', taxonomies: ['timing-and-sequence'], objectTypes: MASTER_DATA },
  { name: 'late disputes', queue: 'payments', taxonomies: ['timing-and-sequence'], objectTypes: ['dispute'] },
  { name: 'late payments', queue: 'payments', taxonomies: ['timing-and-sequence'], objectTypes: PAYING },
  { name: 'late billing', queue: 'billing-and-revenue', taxonomies: ['timing-and-sequence'], objectTypes: BILLING },
  { name: 'late banks and books', queue: 'reconciliation', taxonomies: ['timing-and-sequence'], objectTypes: BANK },
  // what is late and nobody's document in particular is late on the way
  { name: 'other timing', queue: 'platform', taxonomies: ['timing-and-sequence'] },
  { name: 'billing documents', queue: 'billing-and-revenue', objectTypes: BILLING },
  { name: 'everything else', queue: 'data-repair' },
];

/** The one queue that an exception belongs in, and the rule that says so; rules of the tenant stand before the default ones. */
export function routeException(facts: RoutedFacts, ownRules: readonly RoutingRule[] = []): Route {
  for (const rules of [ownRules, DEFAULT_RULES]) {
    const rule = rules.find((one) => matches(one, facts));
    if (rule === undefined) continue;
    const { queue, name, personId } = rule;
    return { queue, rule: name, ...(personId !== undefined && { personId }) };
  }
  throw new Error('the last default rule has a condition');
}

function matches(rule: RoutingRule, facts: RoutedFacts): boolean {
  const category = facts.taxonomy.slice(0, Math.max(0, facts.taxonomy.indexOf('.')));
  return (
    (rule.taxonomies?.some((one) => one === facts.taxonomy || one === category) ?? true) &&
    (rule.objectTypes?.includes(facts.objectType) ?? true) &&
    (facts.legalEntity === null
      ? rule.legalEntities === undefined
      : (rule.legalEntities?.includes(facts.legalEntity) ?? true)) &&
    (rule.integrations?.includes(facts.integration) ?? true) &&
    (rule.hops?.includes(facts.hop ?? '') ?? true) &&
    (rule.fromMinor === undefined ||
      (facts.reportingMinor !== null && BigInt(facts.reportingMinor) >= BigInt(rule.fromMinor)))
  );
}

/** Facts that rules look at differ, so that the exception may belong elsewhere now. */
export function isRoutedAnew(before: RoutedFacts, after: RoutedFacts): boolean {
  return (
    before.taxonomy !== after.taxonomy ||
    before.objectType !== after.objectType ||
    before.legalEntity !== after.legalEntity ||
    before.integration !== after.integration ||
    before.reportingMinor !== after.reportingMinor
  );
}

/** What is wrong with rules, each in a sentence; empty = nothing. A list is `total` when it leaves nothing lying on its own. */
export function faultsOfRules(rules: readonly RoutingRule[], { isTotal }: { isTotal: boolean }): string[] {
  const faults: string[] = [];
  const names = new Set<string>();
  for (const [index, rule] of rules.entries()) {
    const said = `rule "${rule.name}"`;
    if (names.has(rule.name)) faults.push(`${said} is there twice`);
    names.add(rule.name);
    if (!isQueueName(rule.queue)) faults.push(`${said} leads to ${String(rule.queue)}, which is no queue`);
    for (const one of rule.taxonomies ?? []) {
      if (!Object.hasOwn(TAXONOMY, one) && !isTaxonomyCode(one)) faults.push(`${said}: ${one} is no kind of problem`);
    }
    for (const one of rule.objectTypes ?? []) {
      if (!isObjectType(one)) faults.push(`${said}: ${one} is no type of object`);
    }
    if (rule.fromMinor !== undefined && !/^\d{1,18}$/.test(rule.fromMinor)) faults.push(`${said}: not an amount`);
    const isLast = index === rules.length - 1;
    if (isTotal && isLast === hasCondition(rule)) {
      faults.push(isLast ? `${said} is the last and has a condition` : `${said} takes everything from those after it`);
    }
  }
  return faults;
}

function hasCondition({ name: _name, queue: _queue, personId: _person, ...conditions }: RoutingRule): boolean {
  return Object.values(conditions).some((condition) => condition !== undefined);
}

/** Proves the default rules: they name what exists, nothing is left lying, and every queue is led to. Called when the program starts. */
export function proveRouting(): void {
  const led = new Set(DEFAULT_RULES.map(({ queue }) => queue));
  const faults = [
    ...faultsOfRules(DEFAULT_RULES, { isTotal: true }),
    ...QUEUE_NAMES.filter((name) => !led.has(name)).map((name) => `no rule leads to ${name}`),
  ];
  if (faults.length > 0) throw new Error(`the routing of exceptions is broken: ${faults.join('; ')}`);
}
