import { afterEach, describe, expect, it } from '@jest/globals';
import { connected } from '@throughline/persistence/testing';
import { HOP } from '../../testing/story-facts.js';
import { readPicked } from '../exceptions/index.js';
import type { Viewer } from '../identity/index.js';
import type { ApprovalRow } from './approval/approval.repository.js';
import { ApprovalStory, person } from './testing/approval-story.js';
import { copyFailures } from './testing/many-failures.js';
import { RequeueStory } from './testing/requeue-story.js';
import { createRequeuePlanStage } from './plans/requeue-plan-stage.js';
import { startPlan } from './plans/start-plan.js';

/** Payloads are read a thousand at a time: what is wrong is among those after them. */
const AT_ONCE = 1_000;
const COPIES = 2_400;
const WITHIN_MS = 240_000;

let base: RequeueStory;
let story: ApprovalStory;
let maker: Viewer;
let checker: Viewer;

afterEach(async () => {
  await base.db.close();
});

const sql = <Row>(statement: string, parameters: unknown[] = []) =>
  base.database.withTenant(base.db.tenantId, (tx) => tx.query<Row>(statement, [tx.tenantId, ...parameters]));

async function begin(payloadJson: string): Promise<void> {
  base = await RequeueStory.begin({ url: 'http://127.0.0.1:9/requeue' });
  story = new ApprovalStory(base);
  maker = await person(base, 'Ana', 'analyst');
  checker = await person(base, 'Emil', 'treasurer');
  await copyFailures(base, COPIES);
  // one kind of payload, and one failure of each document
  await sql(`update activity set problem = jsonb_set(problem, '{payload}', $2::jsonb) where tenant_id = $1`, [
    payloadJson,
  ]);
  await sql('delete from object_link where tenant_id = $1');
  await connected(base.db.ownerUrl, (client) => client.query('analyze'));
}

const openIds = async () =>
  (await sql<{ id: string }>(`select exception_id as id from exception where tenant_id = $1 and state = 'OPEN'`)).map(
    ({ id }) => id,
  );

async function asked(): Promise<ApprovalRow> {
  const request = await story.asked(maker, await openIds());
  expect(request.items).toBeGreaterThan(AT_ONCE);
  return request;
}

/** A contract by which the number of an order is one of these. */
const contract = (version: number, numbers: readonly number[]) =>
  sql(
    `insert into event_contract (tenant_id, event_type, version, schema, compatibility, created_at)
     values ($1, 'order.strict', $2, $3, 'none', now())`,
    [version, JSON.stringify({ properties: { n: { enum: numbers } } })],
  );

const declare = () =>
  sql(
    `insert into correction_setting (tenant_id, integration, version, fields, contract_type, note, changed_by, changed_by_name, changed_at)
     values ($1, $2, 1, '[]', 'order.strict', '', $3, 'Ana', now())`,
    [HOP, maker.personId],
  );

describe('of more than a thousand payloads', () => {
  it(
    'each is held against its contract when they are approved',
    async () => {
      await begin('{"n":1}');
      await contract(1, [1, 2]);
      await declare();
      const request = await asked();
      await sql(
        `update requeue_attempt set body = replace(body, '"n": 1', '"n": 2') where tenant_id = $1 and exception_id = (
           select max(exception_id::text)::uuid from requeue_attempt where tenant_id = $1)`,
      );
      expect(await base.count('requeue_attempt', `body like '%"n": 2%'`)).toBe(1);
      await contract(2, [1]);
      expect(await story.approve(checker, request)).toMatchObject({
        code: 'CHANGED_SINCE_REQUEST',
        message: expect.stringContaining('does not fit its contract order.strict'),
      });
      await contract(3, [1, 2]);
      expect(await story.approve(checker, request)).toMatchObject({ kind: 'decided' });
    },
    WITHIN_MS,
  );

  it(
    'the date of each order to pay is looked at when they are approved',
    async () => {
      await begin('{"PmtInf":{"ReqdExctnDt":"2999-12-31"}}');
      const request = await asked();
      expect(request.approval).toMatchObject({ isHard: true });
      const [last] = await sql<{ id: string; position: number }>(
        `select i.attempt_id as id, i.position from requeue_item i join requeue_attempt a using (tenant_id, attempt_id)
         where i.tenant_id = $1 and a.body like '%2999-12-31%' order by i.position desc limit 1`,
      );
      expect(last!.position).toBeGreaterThan(AT_ONCE);
      await sql(
        `update requeue_attempt set body = replace(body, '2999-12-31', '2001-12-31') where tenant_id = $1 and attempt_id = $2`,
        [last!.id],
      );
      expect(await story.approve(checker, request)).toMatchObject({ code: 'CARRY_FORWARD_NEEDED' });
      await sql(`update requeue_attempt set body = replace(body, '2001-12-31', '2999-12-31') where tenant_id = $1`);
      expect(await story.approve(checker, request)).toMatchObject({ kind: 'decided' });
    },
    WITHIN_MS,
  );

  it(
    'each is held against its contract when they are planned',
    async () => {
      await begin('{"n":1}');
      await contract(1, [1]);
      await declare();
      // the last of all that could go, in the order in which a plan looks at them
      const [last] = await sql<{ id: string; activityId: string }>(
        `select exception_id as id, last_activity_id as "activityId" from exception
         where tenant_id = $1 and state = 'OPEN' and integration = $2 order by priority_order, exception_id desc limit 1`,
        [HOP],
      );
      await sql(
        `update activity set problem = jsonb_set(problem, '{payload}', '{"n":2}') where tenant_id = $1 and activity_id = $2`,
        [last!.activityId],
      );
      const picked = readPicked({ filter: { states: ['OPEN'] } }, base.now);
      const wish = { picked, reason: 'plan', inSpiteOf: {}, mode: 'as-is' as const };
      const act = { viewer: maker, now: base.now, traceId: undefined };
      const planned = await base.database.withTenant(base.db.tenantId, (tx) => startPlan(tx, act, wish));
      if (planned.kind !== 'planned') throw new Error(planned.message);
      const stage = createRequeuePlanStage({
        database: base.database,
        secretKey: base.secretKey,
        clock: () => base.now,
        log: { error: () => undefined },
      });
      while ((await stage.run(base.db.tenantId)) !== false);
      const unfit = await sql<{ id: string; position: number }>(
        `select exception_id as id, position from requeue_plan_item where tenant_id = $1 and request_id = $2 and code = 'PAYLOAD_UNFIT'`,
        [planned.requestId],
      );
      expect(unfit.map(({ id }) => id)).toEqual([last!.id]);
      expect(unfit[0]!.position).toBeGreaterThan(AT_ONCE);
    },
    WITHIN_MS,
  );
});
