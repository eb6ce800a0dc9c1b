import { describe, expect, it } from '@jest/globals';
import { migrate, revertLastMigration } from './migrate.js';
import { migrationNames } from './migrations/index.js';
import { connected, createTestDatabase } from './testing/index.js';

const silent = (): void => undefined;

const insertException = `
insert into exception (tenant_id, exception_id, group_id, object_id, first_object_id, hop, signature, taxonomy, title, message, integration,
                       state, object_type, object_key, occurrences, opened_at, last_occurred_at, updated_at)
values ($1, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'hop', 's', $2, $3, 'm', '', $4, $5, 'k', 1, now(), now(), now())`;

const STORED = [
  ['cash-and-payment.returned', 'a payment', 'OPEN', 'payment'],
  ['mapping-and-master-data.unknown-customer', 'a customer', 'IN_PROGRESS', 'sales-order'],
  ['data-quality.unmapped-signal', 'a signal', 'WAITING', 'signal'],
  ['data-quality.missing-field', 'a field', 'REQUEUED', 'sales-order'],
  ['platform.time-out', 'a closed one', 'RESOLVED', 'sales-order'],
];

describe('queues and priority', () => {
  it('put what a former version left open in a queue, leave what was closed in none, and can be taken back', async () => {
    const test = await createTestDatabase();
    await test.database.close();
    const from = migrationNames.findIndex((name) => name.startsWith('QueuesAndPriority'));
    const revert = async () => {
      for (const _name of migrationNames.slice(from)) await revertLastMigration(test.ownerUrl);
    };
    await revert();
    const before = await connected(test.ownerUrl, async (owner) => {
      for (const row of STORED) await owner.query(insertException, [test.tenantId, ...row]);
      return (await owner.query('select * from exception order by title')).rows;
    });
    await migrate({ ownerUrl: test.ownerUrl, appUrl: test.appUrl, log: silent });
    const { rows } = await connected(test.ownerUrl, (owner) =>
      owner.query(
        `select title, queue, priority_band as band, stated_band as stated from exception order by title collate "C"`,
      ),
    );
    expect(rows).toEqual([
      { title: 'a closed one', queue: null, band: 'P4', stated: null },
      { title: 'a customer', queue: 'master-data', band: 'P4', stated: null },
      { title: 'a field', queue: 'data-repair', band: 'P4', stated: null },
      { title: 'a payment', queue: 'payments', band: 'P4', stated: null },
      { title: 'a signal', queue: 'unreadable', band: 'P4', stated: null },
    ]);
    await revert();
    const after = await connected(test.ownerUrl, (owner) => owner.query('select * from exception order by title'));
    expect(after.rows).toEqual(before);
    await migrate({ ownerUrl: test.ownerUrl, appUrl: test.appUrl, log: silent });
    await test.close();
  });
});
