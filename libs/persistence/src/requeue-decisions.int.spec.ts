import { describe, expect, it } from '@jest/globals';
import { migrate, revertLastMigration } from './migrate.js';
import { migrationNames } from './migrations/index.js';
import { connected, createTestDatabase } from './testing/index.js';

const STATES = ['PENDING_APPROVAL', 'APPROVING', 'CLOSING', 'SENDING'];

const insertRequest = `
insert into requeue_request (tenant_id, request_id, maker_id, maker_name, reason, selection_hash, items, created_at, state)
values ($1, gen_random_uuid(), gen_random_uuid(), 'Ana', $2, '', 1, now(), $2)`;

describe('decisions on large requests', () => {
  it('that are being carried out end when they are taken back, so that what they claim is freed', async () => {
    const test = await createTestDatabase();
    await test.database.close();
    await connected(test.ownerUrl, async (owner) => {
      for (const state of STATES) await owner.query(insertRequest, [test.tenantId, state]);
    });
    for (const _name of migrationNames.slice(migrationNames.findIndex((name) => name.startsWith('RequeueDecisions')))) {
      await revertLastMigration(test.ownerUrl);
    }
    const { rows } = await connected(test.ownerUrl, (owner) =>
      owner.query(
        `select r.reason, r.state, u.is_ending as "isEnding" from requeue_request r left join requeue_run u using (tenant_id, request_id)
         order by r.reason`,
      ),
    );
    expect(rows).toEqual([
      { reason: 'APPROVING', state: 'CANCELLED', isEnding: true },
      { reason: 'CLOSING', state: 'CANCELLED', isEnding: true },
      { reason: 'PENDING_APPROVAL', state: 'PENDING_APPROVAL', isEnding: null },
      { reason: 'SENDING', state: 'SENDING', isEnding: null },
    ]);
    await migrate({ ownerUrl: test.ownerUrl, appUrl: test.appUrl, log: () => undefined });
    await test.close();
  });
});
