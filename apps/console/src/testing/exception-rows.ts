import type { ExceptionFull, ExceptionRow } from '../features/exceptions/exception-documents.js';

/** A believable row of the inbox; `version` and state are what tests change. */
export function exceptionRow(id: string, more: Partial<ExceptionRow> = {}): ExceptionRow & { __typename: 'Exception' } {
  return {
    __typename: 'Exception',
    id,
    state: 'OPEN',
    resolution: null,
    title: `No company code for DE01-BREMEN — order O-${id}`,
    version: 1,
    occurrences: 1,
    openedAt: '2026-11-20T08:00:00.000Z',
    lastOccurredAt: '2026-11-20T08:00:00.000Z',
    resolvedAt: null,
    legalEntity: 'DE01',
    counterparty: 'Hafenwerke Bremen AG',
    direction: 'inflow',
    actions: ['requeue', 'assign', 'move', 'prioritise', 'note'],
    queue: { name: 'master-data', title: 'Master data' },
    priority: {
      band: 'P2',
      ratedBand: 'P2',
      reasons: ['EUR 48 k', 'misses Order accepted at 17:00 CET in 48 min'],
      overrideReason: null,
      overriddenBy: null,
    },
    problem: { code: 'mapping-and-master-data.missing-legal-entity-mapping', title: 'Missing legal-entity mapping' },
    businessObject: { id: `object-${id}`, type: 'sales-order', key: `O-${id}` },
    moneyAtRisk: { amount: '48200.00', currency: 'EUR' },
    integration: { name: 'salesforce-contract-to-order', title: 'Contract to sales order' },
    owner: null,
    group: { id: 'g1', title: 'No company code for DE01-BREMEN', memberCount: 3 },
    ...more,
  };
}

/** The same with everything that its page shows. */
export function exceptionFull(
  id: string,
  more: Partial<ExceptionFull> = {},
): ExceptionFull & { __typename: 'Exception' } {
  const row = exceptionRow(id);
  return {
    ...row,
    message: 'No company code for DE01-BREMEN. The order was rejected.',
    hop: 'salesforce-contract-to-order',
    problem: { ...row.problem, category: 'mapping-and-master-data' },
    integration: {
      name: 'salesforce-contract-to-order',
      title: 'Contract to sales order',
      fromSystem: 'salesforce',
      toSystem: 'sap-s4hana',
      owner: 'Order integration team',
    },
    failure: {
      occurredAt: '2026-11-20T08:00:00.000Z',
      message: 'No company code for',
      traceId: null,
      spanId: null,
      payload: { orderNumber: `O-${id}`, sellingUnit: 'DE01-BREMEN', iban: 'DE89 **** **** **** **30 00' },
      payloadVersion: 1,
      isMasked: true,
      failedField: '/sellingUnit',
    },
    events: [{ id: 'ev1', at: '2026-11-20T08:00:01.000Z', kind: 'opened', actorName: 'Throughline', details: {} }],
    attempts: [],
    transaction: {
      id: 't1',
      state: 'BLOCKED',
      workflowTitle: 'Order to cash',
      legalEntity: 'DE01',
      anchor: { id: 'c1', type: 'contract', key: 'C-1' },
      milestones: [
        {
          name: 'contract-approved',
          title: 'Contract approved',
          reachedAt: '2026-11-20T07:00:00.000Z',
          dueAt: null,
          startedAt: null,
          state: 'REACHED',
          ruleKind: 'none',
          isRequired: true,
          position: 0,
          object: null,
        },
        {
          name: 'order-accepted',
          title: 'Order accepted',
          reachedAt: null,
          dueAt: null,
          startedAt: null,
          state: 'BLOCKED',
          ruleKind: 'none',
          isRequired: true,
          position: 1,
          object: null,
        },
      ],
    },
    ...more,
  };
}
