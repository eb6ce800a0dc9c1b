import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Tx } from '@throughline/persistence';
import { createTestDatabase, type TestDatabase } from '@throughline/persistence/testing';
import { at, exceptionsOf, storyObject, tell } from '../../testing/story-facts.js';
import {
  afterAct,
  canApply,
  EXCEPTION_STATES,
  LIFE_CYCLE,
  type Act,
  type ExceptionState,
  type Transition,
} from './domain/life-cycle.js';
import { createExceptionsConsumer } from './exceptions.events.js';
import { lockExceptions } from './exceptions.repository.js';
import { applyActs } from './usecases/apply-acts.js';

const AT_ONCE = 4;

/** Of duplicates, and what brings them back, the facts decide: reconcile, which has tests of its own. */
const BY_FACTS: readonly string[] = ['merge', 'restore', 'reopen'];
const ACTS = (LIFE_CYCLE as readonly Transition[]).filter(({ act }) => !BY_FACTS.includes(act));
const CASES = ACTS.flatMap(({ act, from }) => from.map((state) => [act as Act, state] as const));

let db: TestDatabase;
let ids: string[];

beforeAll(async () => {
  db = await createTestDatabase();
  const orders = Array.from({ length: CASES.length + EXCEPTION_STATES.length + 1 }, (_, number) =>
    storyObject('sales-order', `O-${String(number)}`),
  );
  await tell(db.database, db.tenantId, async (facts) => {
    for (const order of orders) {
      await facts.object(order);
      await facts.problem(order);
    }
  });
  const consumer = createExceptionsConsumer({ clock: () => at(50) });
  const payload = { objectIds: orders.map((order) => order.objectId), transactionIds: [] };
  await db.database.withTenant(db.tenantId, (tx) =>
    consumer.handle(tx, { deliveryId: '1', topic: 'lineage.projected', payload }),
  );
  ids = (await exceptionsOf(db.database, db.tenantId)).map((one) => one.id);
});

afterAll(async () => {
  await db.close();
});

const SOMEBODY = '11111111-1111-4111-8111-111111111111';

const inTenant = <T>(work: (tx: Tx) => Promise<T>) => db.database.withTenant(db.tenantId, work);

/** Does the act if the state knows it then, as everybody who acts does: locked first. */
const attempt = (exceptionId: string, act: Act) =>
  inTenant(async (tx) => {
    const [exception] = await lockExceptions(tx, [exceptionId]);
    if (exception === undefined || !canApply(exception.state, act)) {
      return 'refused';
    }
    const backTo = targetOf(act);
    const duplicateOf = act === 'mark-duplicate' ? ids.at(-1) : undefined;
    await applyActs(tx, { actor: { kind: 'system', id: 'test', name: 'Test' }, at: at(60) }, [
      // somebody has in hand what is in progress
      { exception, act, backTo, ownerId: SOMEBODY, ...(duplicateOf && { duplicateOf }), kind: act, details: {} },
    ]);
    return 'done';
  });

const targetOf = (act: Act) => LIFE_CYCLE.find((one) => one.act === act)!.to[0];

/** The shortest way of acts to a state. */
function wayTo(wanted: ExceptionState): Act[] {
  const ways = new Map<ExceptionState, Act[]>([['OPEN', []]]);
  for (const [state, way] of ways) {
    for (const { act, from, to } of ACTS) {
      if (from.includes(state) && to.length === 1 && !ways.has(to[0]!)) {
        ways.set(to[0]!, [...way, act as Act]);
      }
    }
  }
  return ways.get(wanted)!;
}

async function bring(exceptionId: string, state: ExceptionState): Promise<void> {
  for (const act of wayTo(state)) {
    expect(await attempt(exceptionId, act)).toBe('done');
  }
}

const show = async (exceptionId: string) => {
  const [exception] = await inTenant((tx) => lockExceptions(tx, [exceptionId]));
  const events = await inTenant((tx) =>
    tx.query<{ kind: string }>(
      `select kind from exception_event where tenant_id = $1 and exception_id = $2 order by ordinal`,
      [db.tenantId, exceptionId],
    ),
  );
  return { ...exception!, kinds: events.map((event) => event.kind).filter((kind) => kind !== 'opened') };
};

describe('acts at once', () => {
  it.each(CASES)('%s in %s is done by one of four, or by each where it leads to where it began', async (act, state) => {
    const id = ids[CASES.findIndex(([one, from]) => one === act && from === state)]!;
    await bring(id, state);
    const before = await show(id);
    const outcomes = await Promise.all(Array.from({ length: AT_ONCE }, () => attempt(id, act)));
    const to = targetOf(act)!;
    const expected = canApply(to, act) ? AT_ONCE : 1;
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(expected);
    const after = await show(id);
    expect(after.state).toBe(to);
    expect(after.version).toBe(before.version + expected);
    expect(after.kinds.slice(before.kinds.length)).toEqual(Array.from({ length: expected }, () => act));
  });

  it.each(EXCEPTION_STATES.filter((state) => state !== 'DUPLICATE'))(
    'of every kind, beginning in %s, happen one after the other',
    async (state) => {
      const id = ids[CASES.length + EXCEPTION_STATES.indexOf(state)]!;
      await bring(id, state);
      const before = await show(id);
      // a duplicate keeps the state that it comes back to, which is another story
      const acts = ACTS.map(({ act }) => act as Act).filter((act) => act !== 'mark-duplicate');
      const outcomes = await Promise.all(acts.map((act) => attempt(id, act)));
      const after = await show(id);
      const done = after.kinds.slice(before.kinds.length) as Act[];
      expect(done.toSorted()).toEqual(acts.filter((_, index) => outcomes[index] === 'done').toSorted());
      expect(done.reduce<ExceptionState>((now, act) => afterAct(now, act, targetOf(act)).state, state)).toBe(
        after.state,
      );
      expect(after.version).toBe(before.version + done.length);
    },
  );
});
