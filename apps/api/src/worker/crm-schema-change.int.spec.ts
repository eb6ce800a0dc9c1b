import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { createTestDatabase } from '@throughline/persistence/testing';
import { financeEvent, summarizeLineage } from '@throughline/scenarios';
import { randomUUID } from 'node:crypto';
import { requestRemapping } from '../modules/lineage/index.js';
import { type PipelineBench, newPipelineBench } from '../modules/lineage/pipeline/testing/pipeline-bench.js';
import { storeRawSignals } from '../modules/lineage/pipeline/testing/store-raw-signals.js';

jest.setTimeout(60_000);

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

/** A pack for the CRM's closed deals; `orderNumber` is the expression of the field with the number of the order. */
const dealPack = (orderNumber: string) => `
name: deals
version: 1
title: Closed deals
sourceKinds: [deals]
identity: |
  Id
type: |
  'deal'
occurredAt: |
  $instant(CloseTime)
rules:
  - name: deal
    when: |
      $exists(Deal_Number__c)
    activities: |
      {
        "type": "booking.created",
        "objects": [
          {
            "type": "booking",
            "keys": [{ "kind": "booking", "value": Deal_Number__c }],
            "legalEntity": "DE01",
            "amount": { "amount": Total__c, "currency": "EUR" }
          },
          { "type": "sales-order", "keys": [{ "kind": "order-number", "value": ${orderNumber} }] }
        ],
        "links": [{ "from": "booking", "to": "sales-order", "qualifier": "fulfils" }]
      }
`;
const FIRST = dealPack('Order__c');
// The field has another name since the CRM's release, and the history has the old one.
const MENDED = dealPack('$exists(Sales_Order_Ref__c) ? Sales_Order_Ref__c : Order__c');

const deal = (number: string, order: Record<string, string>) => ({
  externalId: `deal-${number}`,
  sourceSystem: 'crm-deals',
  sourceKind: 'deals',
  type: 'deal',
  body: {
    Id: `deal-${number}`,
    Deal_Number__c: `BK-${number}`,
    Total__c: '7200.00',
    CloseTime: '2026-09-28T09:00:00Z',
    ...order,
  },
});
const accepted = (number: string) =>
  financeEvent('sales-order.accepted', `49${number}`, '2026-09-28T09:09:00Z', {
    system: 'sap-s4hana',
    integration: 'salesforce-booking-to-erp',
    objects: [
      {
        type: 'sales-order',
        keys: [
          { system: 'crm-deals', kind: 'order-number', value: `BO-${number}` },
          { kind: 'sales-order', value: `49${number}` },
        ],
      },
    ],
  });

const activate = (bench: PipelineBench, definition: string, version: number) =>
  bench.inTenant(async (tx) => {
    await tx.query(`update mapping_version set state = 'retired' where tenant_id = $1`, [tx.tenantId]);
    await tx.query(
      `insert into mapping_version (tenant_id, name, version, definition, state, created_by, created_at)
       values ($1, 'deals', $2, $3, 'active', $4, now())`,
      [tx.tenantId, version, definition, randomUUID()],
    );
  });

/** A deal of before the CRM's release and one of after it, both accepted by the ERP. */
async function receiveHistory(bench: PipelineBench): Promise<void> {
  const deals = [deal('60001', { Order__c: 'BO-60001' }), deal('60002', { Sales_Order_Ref__c: 'BO-60002' })];
  await bench.inTenant((tx) => storeRawSignals(tx, deals));
  await bench.store(['60001', '60002'].map(accepted));
  await bench.settle();
}

/** When each booking's order was accepted, and of how many objects its transaction is. */
async function bookings(bench: PipelineBench) {
  const { transactions } = summarizeLineage(await bench.read());
  return Object.fromEntries(
    Object.entries(transactions).map(([name, { milestones, members }]) => [
      name,
      [members.length, Object.entries(milestones).find(([milestone]) => milestone.startsWith('order-accepted'))?.[1]],
    ]),
  );
}

it('a field that the CRM renamed is mended by a new version of the mapping, replayed over history', async () => {
  const bench = await newPipelineBench(db);
  await activate(bench, FIRST, 1);
  await receiveHistory(bench);
  const acceptedInTime = [2, ['2026-09-28T09:09:00.000Z', '2026-09-28T09:15:00.000Z']];
  // Nothing failed and nothing was refused: the newer booking has just lost its order, and is late.
  expect(await bookings(bench)).toEqual({
    'bookings-to-plan BK-60001': acceptedInTime,
    'bookings-to-plan BK-60002': [1, ['pending', '2026-09-28T09:15:00.000Z']],
  });

  await activate(bench, MENDED, 2);
  await bench.inTenant((tx) =>
    requestRemapping(tx, {
      selection: { mapping: { name: 'deals' } },
      reason: 'the CRM renamed Order__c',
      requestedBy: null,
      requestedAt: new Date(),
    }),
  );
  await bench.remapWith(1);
  await bench.settle();
  expect(await bookings(bench)).toEqual({
    'bookings-to-plan BK-60001': acceptedInTime,
    'bookings-to-plan BK-60002': acceptedInTime,
  });

  // As if the mapping had known the new name from the beginning.
  const fresh = await newPipelineBench(db);
  await activate(fresh, MENDED, 1);
  await receiveHistory(fresh);
  expect(await bench.read()).toEqual(await fresh.read());
});
