import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClaimedBatch, SignalLog } from '../signal-log/signal-log.js';
import type { Tx } from '../tx.js';
import { connected } from './connections.js';
import { adminUrl } from './test-environment.js';
import { type TestDatabase, createTenant, createTestDatabase } from './test-database.js';

const ALL = { mostBatches: 10, mostItems: 100 };

/** What every signal log has to keep, whatever it is made of. `done` rows stand for the facts that a worker stores. */
export function describeSignalLog(name: string, open: () => SignalLog): void {
  describe(`the signal log ${name}`, () => {
    let db: TestDatabase;
    let log: SignalLog;
    let tenantId: string;

    beforeAll(async () => {
      db = await createTestDatabase();
      log = open();
      await connected(db.ownerUrl, (owner) =>
        owner.query(
          `create table done (tenant_id uuid, batch_id uuid, by text); grant select, insert on done to throughline_app`,
        ),
      );
    });
    beforeEach(async () => {
      tenantId = randomUUID();
      await createTenant(db.ownerUrl, tenantId);
    });
    afterAll(() => db.close());

    const inTenant = <T>(work: (tx: Tx) => Promise<T>) => db.database.withTenant(tenantId, work);
    const batch = (items = 1, receivedAt = new Date()) => ({
      batchId: randomUUID(),
      kind: 'events' as const,
      receivedAt,
      items,
    });
    const append = async (items = 1, receivedAt = new Date()) => {
      const one = batch(items, receivedAt);
      await inTenant((tx) => log.append(tx, one));
      return one.batchId;
    };
    const work = async (tx: Tx, by = 'worker'): Promise<ClaimedBatch[]> => {
      const claimed = await log.claim(tx, ALL);
      await tx.query(`insert into done (tenant_id, batch_id, by) select $1, id, $3 from unnest($2::uuid[]) as id`, [
        tx.tenantId,
        claimed.map((one) => one.batchId),
        by,
      ]);
      await log.acknowledge(tx, claimed);
      return claimed;
    };
    const drain = async () => {
      while ((await inTenant((tx) => work(tx))).length > 0);
    };
    const done = async () =>
      (
        await inTenant((tx) =>
          tx.query<{ id: string }>('select batch_id as id from done where tenant_id = $1 order by 1', [tx.tenantId]),
        )
      ).map((row) => row.id);

    it('gives out each batch once, oldest first, within the bounds and at least one', async () => {
      const [young, old, large] = [
        await append(10, new Date(3_000)),
        await append(10, new Date(1_000)),
        await append(999, new Date(2_000)),
      ];
      const claims: string[][] = [];
      for (let round = 0; round < 4; round += 1)
        claims.push((await inTenant((tx) => work(tx))).map((one) => one.batchId));
      expect(claims).toEqual([[old], [large], [young], []]);
    });

    it('gives nothing out before the storing transaction has committed, and nothing of one that rolled back', async () => {
      await expect(
        inTenant(async (tx) => {
          await log.append(tx, batch());
          expect(await inTenant((other) => log.claim(other, ALL))).toEqual([]);
          throw new Error('changed my mind');
        }),
      ).rejects.toThrow();
      await drain();
      expect(await done()).toEqual([]);
    });

    it('gives out a batch that commits long after younger ones are done', async () => {
      const late = batch(1, new Date(Date.now() - 30_000));
      let younger = '';
      await inTenant(async (tx) => {
        await log.append(tx, late);
        younger = await append();
        await drain();
        expect(await done()).toEqual([younger]);
      });
      await drain();
      expect(await done()).toEqual([late.batchId, younger].sort());
    });

    it('gives a batch that one worker holds to no other, and again when that worker fails', async () => {
      const batchId = await append();
      await expect(
        inTenant(async (tx) => {
          expect(await log.claim(tx, ALL)).toMatchObject([{ batchId }]);
          expect(await inTenant((other) => log.claim(other, ALL))).toEqual([]);
          throw new Error('died');
        }),
      ).rejects.toThrow('died');
      expect(await inTenant((tx) => log.claim(tx, ALL))).toMatchObject([{ batchId }]);
    });

    it('puts a batch off that cannot be worked on, and tells of it', async () => {
      const [poison, good] = [await append(1, new Date(1_000)), await append(2)];
      await inTenant((tx) => log.defer(tx, poison));
      expect((await inTenant((tx) => work(tx))).map((one) => one.batchId)).toEqual([good]);
      expect(await inTenant((tx) => log.pending(tx))).toEqual({
        batches: 1,
        items: 1,
        deferred: 1,
        oldestReceivedAt: new Date(1_000),
      });
    });

    it('loses none and doubles none with many producers and workers whose connections are cut at any moment', async () => {
      const acknowledged: string[] = [];
      let isProducing = true;
      const survive = async (act: () => Promise<void>) => act().catch(() => sleep(5));
      const produce = async () => {
        for (let number = 0; number < 60; number += 1) {
          const one = batch();
          // A producer that hears no answer sends again, under the same id.
          for (let isStored = false; !isStored;) {
            await survive(async () => {
              await inTenant(async (tx) => {
                const [known] = await tx.query('select 1 from done where tenant_id = $1 and batch_id = $2', [
                  tx.tenantId,
                  one.batchId,
                ]);
                if (known === undefined) await log.append(tx, one);
              }).catch((error: unknown) => {
                if ((error as { code?: string }).code !== '23505') throw error;
              });
              isStored = true;
            });
          }
          acknowledged.push(one.batchId);
        }
      };
      const consume = async (by: string) => {
        for (let isIdle = false; isProducing || !isIdle;)
          await survive(async () => {
            isIdle = (await inTenant((tx) => work(tx, by))).length === 0;
            if (isIdle) await sleep(2);
          });
      };
      let cuts = 0;
      const database = new URL(db.appUrl).pathname.slice(1);
      // Only the server's superuser may end the connections of others.
      const cut = () =>
        connected(adminUrl(), async (admin) => {
          for (; isProducing; await sleep(25)) {
            const { rowCount } = await admin.query(
              `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 order by random() limit 1`,
              [database],
            );
            cuts += rowCount ?? 0;
          }
        });
      const cutting = cut();
      const consuming = ['a', 'b', 'c'].map(consume);
      await Promise.all(Array.from({ length: 3 }, produce));
      isProducing = false;
      await cutting;
      await Promise.all(consuming);
      await drain();
      expect(cuts).toBeGreaterThan(3);
      expect(await done()).toEqual(acknowledged.sort());
    }, 120_000);
  });
}
