import { describe, expect, it } from '@jest/globals';
import { OBJECT_TYPES, taxonomyCodes } from '@throughline/canonical';
import fc from 'fast-check';
import { allQueues, isActOfQueue, QUEUE_ACTS, QUEUE_NAMES } from './queues.js';
import {
  DEFAULT_RULES,
  faultsOfRules,
  isRoutedAnew,
  proveRouting,
  routeException,
  type RoutedFacts,
  type RoutingRule,
} from './routing.js';

function facts(over: Partial<RoutedFacts> = {}): RoutedFacts {
  return {
    taxonomy: 'platform.time-out',
    objectType: 'sales-order',
    legalEntity: 'DE01',
    integration: 'salesforce-contract-to-order',
    reportingMinor: '120000000',
    ...over,
  };
}

describe('the default rules', () => {
  it('are proved when the program starts', () => {
    expect(proveRouting).not.toThrow();
  });

  it.each<[string, string, string]>([
    ['mapping-and-master-data.missing-legal-entity-mapping', 'sales-order', 'master-data'],
    ['mapping-and-master-data.unknown-customer', 'invoice', 'master-data'],
    ['mapping-and-master-data.tax-code-mismatch', 'invoice', 'tax'],
    ['mapping-and-master-data.ownership-conflict', 'customer', 'master-data'],
    ['business-control.blocked-account', 'sales-order', 'credit'],
    ['business-control.credit-exposure-over-limit', 'customer', 'credit'],
    ['business-control.segregation-of-duties', 'payment', 'approval'],
    ['business-control.posted-to-billing-not-to-accounting', 'invoice', 'billing-and-revenue'],
    ['business-control.posting-period-closed', 'invoice', 'billing-and-revenue'],
    ['business-control.posting-period-closed', 'journal-entry', 'data-repair'],
    ['cash-and-payment.rejected-by-bank', 'payment', 'payments'],
    ['cash-and-payment.duplicate-payment', 'payment', 'payments'],
    ['cash-and-payment.short-payment', 'payment', 'cash-application'],
    ['cash-and-payment.unidentified-receipt', 'payment', 'cash-application'],
    ['cash-and-payment.statement-gap', 'bank-statement', 'reconciliation'],
    ['cash-and-payment.word-of-a-bank', 'payment', 'payments'],
    ['reconciliation.count-break', 'report', 'reconciliation'],
    ['timing-and-sequence.overdue-milestone', 'payment-batch', 'payments'],
    ['timing-and-sequence.overdue-milestone', 'invoice', 'billing-and-revenue'],
    ['timing-and-sequence.overdue-milestone', 'bank-statement', 'reconciliation'],
    ['timing-and-sequence.overdue-milestone', 'sales-order', 'platform'],
    ['data-quality.unmapped-signal', 'signal', 'unreadable'],
    ['data-quality.contract-violation', 'signal', 'unreadable'],
    ['data-quality.contract-violation', 'sales-order', 'data-repair'],
    ['data-quality.missing-field', 'sales-order', 'data-repair'],
    ['data-quality.missing-field', 'subscription', 'billing-and-revenue'],
    ['platform.connectivity', 'invoice', 'platform'],
    ['', 'sales-order', 'data-repair'],
  ])('send %s at a %s to %s', (taxonomy, objectType, queue) => {
    expect(routeException(facts({ taxonomy, objectType })).queue).toBe(queue);
  });

  it('put every kind of problem at every kind of object in exactly one queue, whatever else is known', () => {
    const known = fc.record({
      taxonomy: fc.constantFrom(...taxonomyCodes(), 'platform.something-new', 'no code at all'),
      objectType: fc.constantFrom<string>(...OBJECT_TYPES, 'unheard-of'),
      legalEntity: fc.option(fc.string()),
      integration: fc.string(),
      reportingMinor: fc.option(fc.bigInt({ min: 0n, max: 10n ** 18n }).map(String)),
    });
    fc.assert(
      fc.property(known, (one) => {
        const { queue, rule } = routeException(one);
        expect(QUEUE_NAMES).toContain(queue);
        const first = DEFAULT_RULES.find(({ name }) => name === rule);
        expect(first?.queue).toBe(queue);
        expect(routeException(one)).toEqual({ queue, rule });
      }),
    );
  });

  it('leave no queue without work', () => {
    const led = new Set(
      taxonomyCodes().flatMap((taxonomy) =>
        OBJECT_TYPES.map((objectType) => routeException(facts({ taxonomy, objectType })).queue),
      ),
    );
    expect([...led].sort()).toEqual([...QUEUE_NAMES].sort());
  });
});

describe('rules of a tenant', () => {
  const large: RoutingRule = { name: 'large', queue: 'approval', fromMinor: '100000000' };

  it.each<[string, RoutingRule, Partial<RoutedFacts>, string]>([
    ['an amount that is reached', large, {}, 'approval'],
    ['an amount by a cent too small', large, { reportingMinor: '99999999' }, 'platform'],
    ['an amount that is not known', large, { reportingMinor: null }, 'platform'],
    ['an entity', { name: 'r', queue: 'tax', legalEntities: ['DE01'] }, {}, 'tax'],
    [
      'an entity that is not known',
      { name: 'r', queue: 'tax', legalEntities: ['DE01'] },
      { legalEntity: null },
      'platform',
    ],
    ['an integration', { name: 'r', queue: 'tax', integrations: ['salesforce-contract-to-order'] }, {}, 'tax'],
    ['a category', { name: 'r', queue: 'tax', taxonomies: ['platform'] }, {}, 'tax'],
    ['a part of a category', { name: 'r', queue: 'tax', taxonomies: ['plat'] }, {}, 'platform'],
    ['two of which one fails', { ...large, legalEntities: ['US01'] }, {}, 'platform'],
    ['nothing in particular', { name: 'r', queue: 'tax' }, {}, 'tax'],
  ])('go first: by %s', (_name, rule, over, queue) => {
    expect(routeException(facts(over), [rule]).queue).toBe(queue);
  });

  it('are tried in their order', () => {
    expect(routeException(facts(), [large, { name: 'all', queue: 'tax' }])).toEqual({
      queue: 'approval',
      rule: 'large',
    });
  });

  it.each<[string, RoutingRule[], string]>([
    ['twice', [large, large], 'rule "large" is there twice'],
    ['no queue', [{ ...large, queue: 'nowhere' as 'tax' }], 'rule "large" leads to nowhere, which is no queue'],
    ['no problem', [{ ...large, taxonomies: ['x.y'] }], 'rule "large": x.y is no kind of problem'],
    ['no object', [{ ...large, objectTypes: ['boat'] }], 'rule "large": boat is no type of object'],
    ['no amount', [{ ...large, fromMinor: '1.50' }], 'rule "large": not an amount'],
  ])('are refused: %s', (_name, rules, fault) => {
    expect(faultsOfRules(rules, { isTotal: false })).toEqual([fault]);
  });

  it('must leave nothing lying where they are all there are', () => {
    expect(faultsOfRules([large], { isTotal: true })).toEqual(['rule "large" is the last and has a condition']);
    const all: RoutingRule = { name: 'all', queue: 'tax' };
    expect(faultsOfRules([all, { ...all, name: 'rest' }], { isTotal: true })).toEqual([
      'rule "all" takes everything from those after it',
    ]);
  });
});

describe('routing anew', () => {
  it.each<[keyof RoutedFacts, string]>([
    ['taxonomy', 'platform.rate-limit'],
    ['objectType', 'invoice'],
    ['legalEntity', 'US01'],
    ['integration', 'other'],
    ['reportingMinor', '1'],
  ])('follows a change of %s', (field, value) => {
    expect(isRoutedAnew(facts(), facts({ [field]: value }))).toBe(true);
    expect(isRoutedAnew(facts(), facts())).toBe(false);
  });
});

describe('the acts of a queue', () => {
  it('are known ones, with a way to hand on and to note everywhere', () => {
    for (const { acts } of allQueues()) {
      expect(acts.every((act) => QUEUE_ACTS.includes(act))).toBe(true);
      expect(new Set(acts).size).toBe(acts.length);
      expect(acts).toEqual(expect.arrayContaining(['assign', 'move', 'note', 'prioritise']));
    }
  });

  it('do not send again what could not be read', () => {
    expect([isActOfQueue('unreadable', 'requeue'), isActOfQueue('payments', 'requeue')]).toEqual([false, true]);
    expect(isActOfQueue(null, 'requeue')).toBe(true);
  });
});
