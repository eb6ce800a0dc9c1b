import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createTestDatabase } from '@throughline/persistence/testing';
import { IntegrationSightings, createSightingsStage } from './integration-sightings.js';

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

it('an integration that nobody configured is listed with how often and when it was seen; a configured one is not', async () => {
  const inTenant = <T>(sql: string, params: unknown[] = []) =>
    db.database.withTenant(db.tenantId, (tx) => tx.query<T>(sql, [tx.tenantId, ...params]));
  await inTenant(
    `insert into integration (tenant_id, name, title, from_system, to_system, owner, criticality)
     values ($1, 'known', 'Known', 'a', 'b', 'team', 'high')`,
  );
  const sightings = new IntegrationSightings();
  const stage = createSightingsStage(db.database, sightings);
  const [first, later] = [new Date(1_000), new Date(2_000)];
  sightings.note(
    db.tenantId,
    new Map([
      ['known', 5],
      ['shop-invoices', 2],
    ]),
    first,
  );
  await stage.run(db.tenantId);
  sightings.note(db.tenantId, new Map([['shop-invoices', 1]]), later);
  sightings.note(db.tenantId, new Map([['shop-invoices', 1]]), later);
  await stage.run(db.tenantId);
  await stage.run(db.tenantId);
  expect(
    await inTenant(
      'select kind, name, first_seen_at, last_seen_at, signals from unclaimed_integration where tenant_id = $1',
    ),
  ).toEqual([{ kind: 'integration', name: 'shop-invoices', first_seen_at: first, last_seen_at: later, signals: '4' }]);
});

it('what could not be written is written the next time', async () => {
  const sightings = new IntegrationSightings();
  sightings.note(db.tenantId, new Map([['lost-and-found', 3]]), new Date(1_000));
  const broken = new Proxy(db.database, {
    get: (target, name) =>
      name === 'withTenant' ? () => Promise.reject(new Error('away')) : Reflect.get(target, name, target),
  });
  await expect(createSightingsStage(broken, sightings).run(db.tenantId)).rejects.toThrow('away');
  expect(sightings.take(db.tenantId).get('lost-and-found')?.count).toBe(3);
});
