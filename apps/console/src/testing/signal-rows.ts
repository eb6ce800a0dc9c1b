import type { SignalActivity, SignalFull, SignalRow } from '../shared/signals/signal-documents.js';
import type { Viewer } from '../shared/viewer/viewer.js';
import { ANALYST } from './render-console.js';

/** Somebody who mends mappings and keeps the catalog. */
export const ENGINEER: Viewer = {
  ...ANALYST,
  id: 'p9',
  roles: ['engineer'],
  permissions: [
    ...ANALYST.permissions,
    'signal.read',
    'catalog.write',
    'mapping.try',
    'mapping.approve',
    'mapping.run',
  ],
};

/** A believable row of the signals; one that cannot be read unless said otherwise. */
export function signalRow(id: string, more: Partial<SignalRow> = {}): SignalRow {
  return {
    id,
    kind: 'WEBHOOK',
    state: 'UNMAPPED',
    type: 'invoice.overpaid',
    source: 'stripe-eu',
    sourceSystem: 'stripe-eu',
    externalId: `evt_${id}`,
    occurredAt: '2026-11-20T08:00:00.000Z',
    receivedAt: '2026-11-20T08:00:02.100Z',
    lagSeconds: 2.1,
    unmapped: { code: 'no-rule', reason: 'no rule of the mapping takes the type "invoice.overpaid"', place: '/type' },
    ...more,
  };
}

/** An activity as a mapping made it, with two objects and a link. */
export function signalActivity(id: string, more: Partial<SignalActivity> = {}): SignalActivity {
  const object = { legalEntity: null, counterparty: null, amount: null, direction: null, objectId: null };
  const key = (kind: string, value: string) => ({ system: 'stripe-eu', kind, scope: '', value });
  return {
    id,
    type: 'invoice.posted',
    occurredAt: '2026-11-20T08:00:00.000Z',
    outcome: 'success',
    system: 'stripe-eu',
    integration: '',
    objects: [
      {
        ...object,
        type: 'invoice',
        qualifier: 'subject',
        keys: [key('invoice-number', 'NH-1')],
        objectId: 'o1',
        amount: { amount: '48200.00', currency: 'EUR' },
      },
      { ...object, type: 'customer', qualifier: 'customer', keys: [key('customer-id', 'cus_1')] },
    ],
    links: [{ from: 1, to: 0, qualifier: 'concerns', amount: null }],
    problem: null,
    mapping: { name: 'stripe', version: 2, rule: 'invoice-finalized' },
    ...more,
  };
}

/** The same signal with everything that its page shows. */
export function signalFull(id: string, more: Partial<SignalFull> = {}): SignalFull {
  return {
    ...signalRow(id),
    scopedKey: `wh:stripe-eu:evt_${id}`,
    contentType: 'application/json',
    sizeBytes: 412,
    traceId: null,
    hopTraceparent: null,
    attributes: { 'user-agent': 'Stripe/1.0' },
    raw: {
      text: '{"type":"invoice.overpaid","id":9007199254740993}',
      base64: null,
      isMasked: false,
      isTruncated: false,
    },
    unmapped: {
      code: 'no-rule',
      reason: 'no rule of the mapping takes the type "invoice.overpaid"',
      place: '/type',
      mapping: { name: 'stripe', version: 2, rule: '' },
    },
    ignoredBecause: null,
    mapping: null,
    activities: [],
    file: null,
    recordNo: null,
    correlationId: null,
    causationId: null,
    flowTraceIds: [],
    causedBy: null,
    caused: { pageInfo: { hasNextPage: false }, edges: [] },
    ...more,
  };
}

/** A Relay connection of one page. */
export function onePage<Node>(nodes: readonly Node[]) {
  return {
    totalCount: nodes.length,
    totalCountIsEstimate: false,
    pageInfo: { hasNextPage: false, endCursor: null },
    edges: nodes.map((node) => ({ node })),
  };
}
