import { afterEach, describe, expect, it } from '@jest/globals';
import { readPicked } from '../../exceptions/index.js';
import type { Viewer } from '../../identity/index.js';
import { AS_IS } from '../corrections/choose-payloads.js';
import { MOST_VALIDATED } from '../domain/validation.js';
import { person } from '../testing/approval-story.js';
import { orderAttempts } from '../release.repository.js';
import { copyFailures } from '../testing/many-failures.js';
import { RequeueStory } from '../testing/requeue-story.js';
import { validationQuestions } from '../usecases/validate-requeue.js';
import { canaryOfPlan } from './canary-of-plan.js';
import { createRequeuePlanStage } from './requeue-plan-stage.js';
import { startPlan } from './start-plan.js';

let story: RequeueStory;
let maker: Viewer;

afterEach(async () => {
  await story.db.close();
});

const sql = <Row>(statement: string, parameters: unknown[] = []) =>
  story.database.withTenant(story.db.tenantId, (tx) => tx.query<Row>(statement, [tx.tenantId, ...parameters]));

/** Urgent in another order than that of the ids; who writes exceptions ranks them anew. */
const rank = () =>
  sql(
    `update exception set priority_order = 1000 - ('x' || substr(md5(exception_id::text), 1, 6))::bit(24)::int where tenant_id = $1`,
  );

async function planned(): Promise<string> {
  const picked = readPicked({ filter: { states: ['OPEN'] } }, story.now);
  const wish = { picked, reason: 'plan', inSpiteOf: {}, mode: 'as-is' as const };
  const act = { viewer: maker, now: story.now, traceId: undefined };
  const outcome = await story.database.withTenant(story.db.tenantId, (tx) => startPlan(tx, act, wish));
  if (outcome.kind !== 'planned') throw new Error(outcome.message);
  const stage = createRequeuePlanStage({
    database: story.database,
    secretKey: story.secretKey,
    clock: () => story.now,
    log: { error: () => undefined },
  });
  while ((await stage.run(story.db.tenantId)) !== false);
  return outcome.requestId;
}

describe('what goes first of a selection', () => {
  it.each([
    ['equal stakes, the least urgent', 'reporting_minor = 5'],
    ['money that nobody can tell, the known ones', `amount = null, reporting_minor = null, object_type = 'payment'`],
  ])('is the same by the plan of a large one, of a small one and in the run: of %s', async (_name, change) => {
    story = await RequeueStory.begin({ url: 'http://127.0.0.1:9/requeue' });
    maker = await person(story, 'Ana', 'analyst');
    await copyFailures(story, 60);
    await rank();
    await sql(`update exception set ${change} where tenant_id = $1 and priority_points % 3 <> 0`);
    const planId = await planned();
    const going = (
      await sql<{ id: string }>(
        'select exception_id as id from requeue_plan_item where tenant_id = $1 and request_id = $2 and code is null order by exception_id',
        [planId],
      )
    ).map(({ id }) => id);
    expect(going.length).toBeGreaterThan(MOST_VALIDATED);
    const [large, small] = await story.database.withTenant(story.db.tenantId, async (tx) => [
      (await canaryOfPlan(tx, planId)).exceptionIds,
      (await validationQuestions(tx, going, AS_IS, { secretKey: story.secretKey, now: story.now }))
        .slice(0, MOST_VALIDATED)
        .map(({ exceptionId }) => exceptionId),
    ]);
    expect(small).toEqual(large);
    // not by their ids alone
    expect(small).not.toEqual([...small].sort());
    const asked = await story.request(going, { despitePredecessors: true });
    if (asked.kind !== 'accepted') throw new Error(JSON.stringify(asked));
    await rank();
    // as when its run begins, whoever has to approve it before
    await story.database.withTenant(story.db.tenantId, (tx) => orderAttempts(tx, asked.requestId, MOST_VALIDATED));
    const run = await sql<{ id: string }>(
      'select exception_id as id from requeue_attempt where tenant_id = $1 and position > 0 order by position limit $2',
      [MOST_VALIDATED],
    );
    expect(run.map(({ id }) => id)).toEqual(large);
  });
});
