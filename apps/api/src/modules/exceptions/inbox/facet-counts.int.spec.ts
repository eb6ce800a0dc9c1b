import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { hashedUuid } from '@throughline/canonical';
import { type Database, type Tx } from '@throughline/persistence';
import { createTestDatabase, type TestDatabase } from '@throughline/persistence/testing';
import { sumUpFacets } from './facet-counts-stage.js';
import { FACETS_SQL } from './facet-sql.js';

const EXCEPTIONS = 60;
const STEPS = 80;
const SIDES = 4;

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.close());

/** Numbers from a seed: the same ones each time. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

const INSERT = `insert into exception (tenant_id, exception_id, group_id, object_id, first_object_id, hop, signature, taxonomy, title, message,
    integration, state, object_type, object_key, occurrences, opened_at, last_occurred_at, updated_at, queue, priority_points,
    priority_band, priority_order)
  select $1, id, $1, id, id, 'hop', 'signature', 'platform.time-out', 'title', 'message', 'flow', 'OPEN', 'sales-order', 'SO', 1, now(), now(),
         now(), 'platform', 0, 'P4', 0
  from unnest($2::uuid[]) as id
  on conflict (tenant_id, exception_id) do update set state = 'OPEN', occurrences = exception.occurrences + 1`;

const STATES = ['OPEN', 'WAITING', 'RESOLVED', 'ACCEPTED', 'REQUEUED'];

/** One statement of those that change exceptions, over some of them in the order of their ids. */
async function change(tx: Tx, next: (below: number) => number): Promise<void> {
  const ids = Array.from({ length: EXCEPTIONS }, (_, number) => hashedUuid(['facet', String(number)]))
    .filter(() => next(4) === 0)
    .sort();
  const lock = `with held as materialized (select exception_id from exception where tenant_id = $1 and exception_id = any($2::uuid[])
    order by exception_id for update)`;
  const changed = 'where e.tenant_id = $1 and e.exception_id = held.exception_id';
  switch (next(5)) {
    case 0:
      await tx.query(INSERT, [tx.tenantId, ids]);
      return;
    case 1:
      await tx.query(`${lock} delete from exception e using held ${changed}`, [tx.tenantId, ids]);
      return;
    case 2:
      await tx.query(`${lock} update exception e set queue = $3::text from held ${changed}`, [
        tx.tenantId,
        ids,
        ['platform', 'tax'][next(2)],
      ]);
      return;
    case 3:
      await tx.query(`${lock} update exception e set updated_at = now() from held ${changed}`, [tx.tenantId, ids]);
      return;
    default:
      await tx.query(`${lock} update exception e set state = $3::text from held ${changed}`, [
        tx.tenantId,
        ids,
        STATES[next(STATES.length)],
      ]);
  }
}

const GIVEN_BACK = new Error('given back');

async function changeMuch(database: Database, tenantId: string, next: (below: number) => number): Promise<void> {
  for (let step = 0; step < STEPS; step += 1) {
    const isGivenBack = next(6) === 0;
    await database
      .withTenant(tenantId, async (tx) => {
        await change(tx, next);
        if (isGivenBack) throw GIVEN_BACK;
        if (next(8) === 0) await sumUpFacets(tx, 10);
      })
      .catch((error: unknown) => {
        // two that insert the same ids may wait for each other: one is given back whole
        if (error !== GIVEN_BACK && !/deadlock/.test(String(error))) throw error;
      });
  }
}

const truth = (tx: Tx) =>
  tx.query(
    `select facet_key, string_to_array(min(facet), chr(31)) as p, count(*) as n from exception
     where tenant_id = $1 and state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE') group by facet_key order by facet_key`,
    [tx.tenantId],
  );
const told = (tx: Tx) => tx.query(`${FACETS_SQL} order by c.facet_key`, [tx.tenantId]);

it('counts what is open of each facet, whoever changes it at once, gives it back or sums up meanwhile', async () => {
  const { database, tenantId } = test;
  let isOver = false;
  const sumUp = async () => {
    while (!isOver) await database.withTenant(tenantId, (tx) => sumUpFacets(tx, 3));
  };
  const summing = [sumUp(), sumUp()];
  const compared = (async () => {
    let looks = 0;
    for (; !isOver; looks += 1) {
      // one snapshot for both
      const [row] = await database.withTenant(tenantId, (tx) =>
        tx.query<{ truth: number; told: number }>(
          `select (select count(*)::int from exception where tenant_id = $1 and state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE')) as truth,
                  (select coalesce(sum(n), 0)::int from (${FACETS_SQL}) f) as told`,
          [tenantId],
        ),
      );
      expect(row?.told).toBe(row?.truth);
    }
    return looks;
  })();
  await Promise.all(Array.from({ length: SIDES }, (_, side) => changeMuch(database, tenantId, seeded(side + 7))));
  isOver = true;
  await Promise.all(summing);
  expect(await compared).toBeGreaterThan(5);
  const [facts, counts] = await database.withTenant(tenantId, async (tx) => [await truth(tx), await told(tx)]);
  expect(facts?.length).toBeGreaterThan(2);
  expect(counts).toEqual(facts);
});

it('keeps few rows of a facet that changes often', async () => {
  await test.database.withTenant(test.tenantId, async (tx) => {
    await tx.query('update exception set queue = $2 where tenant_id = $1', [tx.tenantId, 'tax']);
    for (let time = 0; time < 10; time += 1) {
      await tx.query('update exception set queue = $2 where tenant_id = $1', [
        tx.tenantId,
        time % 2 === 0 ? 'platform' : 'tax',
      ]);
    }
    const before = await told(tx);
    await sumUpFacets(tx, 1_000);
    expect(await told(tx)).toEqual(before);
    const [rows] = await tx.query<{ most: number }>(
      `select max(n)::int as most from (select count(*) as n from exception_facet_count where tenant_id = $1 group by facet_key) f`,
      [tx.tenantId],
    );
    expect(rows?.most).toBeLessThan(5);
  });
});
