import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { person } from './testing/approval-story.js';
import { RequeueStory } from './testing/requeue-story.js';
import { RequeueTarget } from './testing/requeue-target.js';
import { requestRequeue } from './usecases/request-requeue.js';

let target: RequeueTarget;
let story: RequeueStory;

beforeEach(async () => {
  target = await RequeueTarget.start();
  story = await RequeueStory.begin(target, false);
});

afterEach(async () => {
  await target.stop();
  await story.db.close();
});

const told = () =>
  story.database.withTenant(story.db.tenantId, (tx) =>
    tx.query<{ name: string; title: string; reason: string; requestId: string }>(
      `select p.display_name as name, n.title, n.details->>'reason' as reason, n.details->>'requestId' as "requestId"
       from person_notification n join person p on p.tenant_id = $1 and p.person_id = n.person_id
       where n.tenant_id = $1 and n.kind = 'run-stopped' order by 1`,
      [tx.tenantId],
    ),
  );

it('tells whoever asked for a run, and those of the queue, that it stopped by itself', async () => {
  await story.failedOrders(4);
  const maker = await person(story, 'Ana', 'analyst');
  const member = await person(story, 'Mia', 'analyst');
  await person(story, 'Otto', 'analyst');
  await story.database.withTenant(story.db.tenantId, (tx) =>
    tx.query(
      `insert into queue_member (tenant_id, queue, person_id)
       select distinct $1::uuid, queue, $2::uuid from exception where tenant_id = $1`,
      [tx.tenantId, member.personId],
    ),
  );
  const exceptionIds = (await story.exceptions()).map(({ id }) => id);
  const asked = await story.database.withTenant(story.db.tenantId, (tx) =>
    requestRequeue(tx, {
      ...{ viewer: maker, exceptionIds, reason: 'mapping added', now: story.now, secretKey: story.secretKey },
      ...{ traceId: undefined, limits: { canary: 1, ratePerSecond: 1 } },
    }),
  );
  target.answer = (response) => response.writeHead(422).end('no');
  await story.turn();
  const sent = (await story.attempts()).find(({ releasedAt }) => releasedAt !== null);
  await story.sendAttempt(sent?.attemptId, target);
  story.now = new Date(story.now.getTime() + 2_000);
  await story.turn();
  expect(await story.requestStates()).toEqual(['STOPPED']);
  const requestId = asked.kind === 'accepted' ? asked.requestId : '';
  const one = { title: 'Sending 4 again, asked for by Ana', reason: expect.stringContaining('1 failed'), requestId };
  expect(await told()).toEqual([
    { name: 'Ana', ...one },
    { name: 'Mia', ...one },
  ]);
});
