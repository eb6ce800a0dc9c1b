import { describe, expect, it } from '@jest/globals';
import { migrate, revertLastMigration } from './migrate.js';
import { migrationNames } from './migrations/index.js';
import { connected, createTestDatabase } from './testing/index.js';

const silent = (): void => undefined;

const ORDER = '30000000-0000-8000-8000-000000000001';
const CRM_NAME = '10000000-0000-8000-8000-000000000001';
const ERP_NAME = '20000000-0000-8000-8000-000000000002';
const CONTRACT_NAME = '40000000-0000-8000-8000-000000000004';

const OBJECTS = JSON.stringify([
  {
    type: 'sales-order',
    qualifier: 'subject',
    aliases: [
      { system: 'salesforce', kind: 'order-number', scope: '', value: 'SO-1' },
      { system: 'sap', kind: 'sales-order', scope: '', value: '45-1' },
    ],
  },
  {
    type: 'contract',
    qualifier: 'upstream',
    aliases: [{ system: 'salesforce', kind: 'contract-number', scope: '', value: 'C-1' }],
  },
]);
const LINKS = JSON.stringify([
  { from: 1, to: 0, qualifier: 'fulfils', amount: { amount: '48200.00', currency: 'EUR' } },
]);

const insertFacts = `
insert into activity (tenant_id, activity_id, type, occurred_at, outcome, system, integration, run_key, signal_kind,
                      signal_received_on, signal_id, objects, links)
values ($1, '${ORDER}', 'sales-order.accepted', '2026-10-01T08:00:00.123456Z', 'success', 'sap', 'sync', 'r', 'cloud-event', '2026-10-01',
        '${ORDER}', $2, $3)`;
const insertNames = `
insert into alias_statement (tenant_id, activity_id, position, alias_id, is_subject, is_alone, activity_type, outcome, occurred_at,
                             object_type, system, kind, scope, value)
values ($1, '${ORDER}', 0, '${CRM_NAME}', true, false, 'sales-order.accepted', 'success', '2026-10-01T08:00:00.123456Z', 'sales-order', 'salesforce', 'order-number', '', 'SO-1'),
       ($1, '${ORDER}', 0, '${ERP_NAME}', true, false, 'sales-order.accepted', 'success', '2026-10-01T08:00:00.123456Z', 'sales-order', 'sap', 'sales-order', '', '45-1'),
       ($1, '${ORDER}', 1, '${CONTRACT_NAME}', false, true, 'sales-order.accepted', 'success', '2026-10-01T08:00:00.123456Z', 'contract', 'salesforce', 'contract-number', '', 'C-1')`;
const insertLink = `
insert into link_statement (tenant_id, activity_id, ordinal, from_alias_id, to_alias_id, qualifier, amount, currency)
values ($1, '${ORDER}', 0, '${CONTRACT_NAME}', '${CRM_NAME}', 'fulfils', 48200.00, 'EUR')`;
const insertProjected = `
insert into object_alias (tenant_id, alias_id, object_id, system, kind, scope, value)
values ($1, '${CRM_NAME}', '${CRM_NAME}', 'salesforce', 'order-number', '', 'SO-1'),
       ($1, '${ERP_NAME}', '${CRM_NAME}', 'sap', 'sales-order', '', '45-1')`;

describe('slim facts', () => {
  it('turns what a former version stored into the new form and back, names of a place and links included', async () => {
    const test = await createTestDatabase();
    await test.database.close();
    const slim = migrationNames.findIndex((name) => name.startsWith('SlimFacts'));
    const revert = async () => {
      for (const _name of migrationNames.slice(slim)) await revertLastMigration(test.ownerUrl);
    };
    await revert();
    const names = `select alias_id, is_alone, system, kind, scope, value from alias_statement order by alias_id`;
    const links = 'select * from link_statement';
    const before = await connected(test.ownerUrl, async (owner) => {
      await owner.query(insertFacts, [test.tenantId, OBJECTS, LINKS]);
      await owner.query(insertNames, [test.tenantId]);
      await owner.query(insertLink, [test.tenantId]);
      await owner.query(insertProjected, [test.tenantId]);
      return [(await owner.query(names)).rows, (await owner.query(links)).rows];
    });
    await migrate({ ownerUrl: test.ownerUrl, appUrl: test.appUrl, log: silent });
    const { rows } = await connected(test.ownerUrl, (owner) =>
      owner.query(`select alias_id, encode(beside, 'hex') as beside from alias_statement order by alias_id`),
    );
    expect(rows).toEqual([
      { alias_id: CRM_NAME, beside: ERP_NAME.replaceAll('-', '') },
      { alias_id: ERP_NAME, beside: CRM_NAME.replaceAll('-', '') },
      { alias_id: CONTRACT_NAME, beside: null },
    ]);
    const named = await connected(test.ownerUrl, (owner) =>
      owner.query('select throughline_ids(names) as id from activity'),
    );
    expect(named.rows).toEqual([{ id: CRM_NAME }, { id: CONTRACT_NAME }]);
    await revert();
    const after = await connected(test.ownerUrl, async (owner) => [
      (await owner.query(names)).rows,
      (await owner.query(links)).rows,
    ]);
    // The contract is not projected: its words come from the activity.
    expect(after).toEqual(before);
    await migrate({ ownerUrl: test.ownerUrl, appUrl: test.appUrl, log: silent });
    await test.close();
  });
});
