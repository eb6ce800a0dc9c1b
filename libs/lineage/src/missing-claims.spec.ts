import { describe, expect, it } from '@jest/globals';
import type { ObjectType } from '@throughline/canonical';
import fc from 'fast-check';
import { buildLineageGraph, type LineageNode } from './lineage-graph.js';
import { loadWorkflows } from './workflow-folder.js';
import { missingClaims, type MissingClaim } from './missing-claims.js';
import { closeInWorkflow } from './transaction-view.js';
import type { Workflow } from './workflow.js';

const workflow = (name: string, anchor: ObjectType, ...follows: string[]): Workflow => ({
  name,
  title: name,
  anchor,
  given: new Set(),
  unless: new Set(),
  restartedBy: new Set(),
  cancelledBy: new Set(),
  displayKeys: new Map(),
  follows: new Set(follows),
  milestones: [],
  provenBy: new Map(),
});

const ORDER = workflow('order', 'contract', 'contract>sales-order', 'sales-order>invoice', 'delivery>invoice');
const REFUND = workflow('refund', 'credit-memo', 'credit-memo>refund');

describe('what would claim an object that no transaction has', () => {
  it.each<[string, ObjectType, ObjectType[], MissingClaim[]]>([
    ['a type that no workflow knows', 'dispute', [], [{ kind: 'no-workflow' }]],
    [
      'an invoice without a link',
      'invoice',
      [],
      [{ kind: 'missing-link', workflow: 'order', fromTypes: ['sales-order', 'delivery'] }],
    ],
    [
      'an invoice whose order has no contract',
      'invoice',
      ['sales-order'],
      [{ kind: 'upstream-unclaimed', workflow: 'order', fromTypes: ['sales-order'] }],
    ],
    [
      'an invoice that is linked from a subscription alone',
      'invoice',
      ['subscription'],
      [
        { kind: 'missing-link', workflow: 'order', fromTypes: ['sales-order', 'delivery'] },
        { kind: 'link-not-followed', fromTypes: ['subscription'] },
      ],
    ],
    ['a dispute about an invoice', 'dispute', ['invoice'], [{ kind: 'link-not-followed', fromTypes: ['invoice'] }]],
    ['an anchor', 'credit-memo', [], [{ kind: 'own-transaction-due', workflow: 'refund' }]],
  ])('%s', (_name, type, upstream, expected) => {
    expect(missingClaims(type, new Set(upstream), [ORDER, REFUND])).toEqual(expected);
  });

  it('adding the link that is said to be missing brings it into the transaction of what it is linked from', () => {
    const orderToCash = loadWorkflows().find(({ name }) => name === 'order-to-cash');
    const types: ObjectType[] = ['sales-order', 'delivery', 'invoice', 'payment', 'bank-entry'];
    fc.assert(
      fc.property(fc.constantFrom(...types), (type) => {
        const [claim] = missingClaims(type, new Set(), [orderToCash!]);
        if (claim?.kind !== 'missing-link') throw new Error(`${type}: ${claim?.kind}`);
        const at = '2026-01-01T00:00:00.000Z';
        const node = (objectId: string, kind: ObjectType): LineageNode => ({
          objectId,
          type: kind,
          legalEntity: null,
          counterparty: null,
          amount: null,
          firstOccurredAt: at,
          lastOccurredAt: at,
        });
        for (const from of claim.fromTypes) {
          const edges = [{ fromObjectId: 'up', toObjectId: 'it', firstOccurredAt: at }];
          const graph = buildLineageGraph([node('up', from), node('it', type)], edges, []);
          expect([...closeInWorkflow(orderToCash!, graph, 'up').members.keys()]).toContain('it');
        }
      }),
    );
  });
});
