import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { Database } from './database.js';
import { connected, createTestDatabase } from './testing/index.js';
import type { TestDatabase } from './testing/index.js';

describe('listen', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase();
  });
  afterAll(() => test.close());

  const notify = (channel: 'throughline_dirty' | 'throughline_intake', payload: string): Promise<void> =>
    test.database.withTenant(test.tenantId, (tx) => tx.notify(channel, payload));
  const until = async (isTrue: () => boolean | Promise<boolean>): Promise<void> => {
    for (const end = Date.now() + 5_000; Date.now() < end; await sleep(10)) if (await isTrue()) return;
    throw new Error('did not come true in 5 s');
  };

  it('delivers what was committed on its channel, to every listener, until stopped', async () => {
    const dirty: string[] = [];
    const also: string[] = [];
    const intake: string[] = [];
    const stop = await test.database.listen('throughline_dirty', (payload) => dirty.push(payload));
    const stopAlso = await test.database.listen('throughline_dirty', (payload) => also.push(payload));
    const stopIntake = await test.database.listen('throughline_intake', (payload) => intake.push(payload));
    const undone = test.database.withTenant(test.tenantId, async (tx) => {
      await tx.notify('throughline_dirty', 'undone');
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    await notify('throughline_dirty', '1');
    await until(() => dirty.length === 1 && also.length === 1);
    await stop();
    await notify('throughline_dirty', '2');
    await until(() => also.length === 2);
    await stopAlso();
    await notify('throughline_dirty', '3');
    await notify('throughline_intake', 'a');
    await until(() => intake.length === 1);
    expect([dirty, also, intake]).toEqual([['1'], ['1', '2'], ['a']]);
    await stopIntake();
  });

  it('connects again by itself when the connection breaks', async () => {
    const seen: string[] = [];
    const stop = await test.database.listen('throughline_dirty', (payload) => seen.push(payload));
    const cut = (): Promise<number | null> =>
      connected(test.appUrl, async (app) => {
        const cuts = await app.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'test listen'`,
        );
        return cuts.rowCount;
      });
    for (const round of ['1', '2']) {
      await until(async () => (await cut()) === 1);
      await until(async () => {
        await notify('throughline_dirty', round);
        return seen.includes(round);
      });
    }
    await stop();
  });

  it('lets the process close while the connection is away', async () => {
    const own = await Database.open({ url: test.appUrl, applicationName: 'own' });
    await own.listen('throughline_dirty', () => undefined);
    await connected(test.appUrl, (app) =>
      app.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'own listen'`),
    );
    await own.close();
    await expect(own.listen('throughline_dirty', () => undefined)).rejects.toThrow('closed');
  });
});
