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
    actions: ['requeue', 'assign', 'note'],
    problem: { code: 'mapping-and-master-data.missing-legal-entity-mapping', title: 'Missing legal-entity mapping' },
    businessObject: { id: `object-${id}`, type: 'sales-order', key: `O-${id}` },
    moneyAtRisk: { amount: '48200.00', currency: 'EUR' },
    integration: { name: 'salesforce-contract-to-order', title: 'Contract to sales order' },
    owner: null,
    group: { id: 'g1', title: 'No company code for DE01-BREMEN', memberCount: 3 },
    wait: null,
    snooze: null,
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
    wait: null,
    handPosting: null,
    acceptance: null,
    duplicateOf: null,
    clock: {
      band: 'normal',
      calendar: 'TARGET',
      startedAt: '2026-11-20T08:00:01.000Z',
      endedAt: null,
      countedMinutes: 65,
      pausedMinutes: 0,
      grossMinutes: 65,
      response: { target: 'PT4H', dueAt: '2026-11-20T12:00:00.000Z', metAt: null, state: 'running' },
      resolution: { target: 'PT24H', dueAt: '2026-11-24T10:00:00.000Z', metAt: null, state: 'running' },
      pauses: [],
      holders: [{ holder: null, countedMinutes: 65, pausedMinutes: 0 }],
    },
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
