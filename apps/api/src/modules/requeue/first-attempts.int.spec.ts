import { afterEach, describe, expect, it } from '@jest/globals';
import { connected } from '@throughline/persistence/testing';
import { findAttemptsOfRequests, MOST_ATTEMPTS } from './requeue.repository.js';
import { copyFailures } from './testing/many-failures.js';
import { RequeueStory } from './testing/requeue-story.js';

let story: RequeueStory;

afterEach(async () => {
  await story.db.close();
});

describe('the attempts of requests', () => {
  it('are told up to a number of each, the first that go out, whatever others have', async () => {
    story = await RequeueStory.begin({ url: 'http://127.0.0.1:9/requeue' });
    const [own] = await story.exceptions();
    await copyFailures(story, 300);
    await connected(story.db.ownerUrl, (client) => client.query('analyze'));
    const small = await story.request([own!.id]);
    const open = (await story.exceptions()).filter(({ state }) => state === 'OPEN').map(({ id }) => id);
    const large = await story.request(open, { despitePredecessors: true });
    if (small.kind !== 'accepted' || large.kind !== 'accepted') throw new Error(JSON.stringify([small, large]));
    expect(large.exceptionIds.length).toBeGreaterThan(MOST_ATTEMPTS);
    const [nobody, most, one] = await story.database.withTenant(story.db.tenantId, async (tx) => {
      // their order is that of their turns, not of their writing
      await tx.query(
        `update requeue_attempt a set position = p.place from (
           select attempt_id, row_number() over (order by md5(attempt_id::text)) as place from requeue_attempt
           where tenant_id = $1 and request_id = $2
         ) p where a.tenant_id = $1 and a.attempt_id = p.attempt_id`,
        [tx.tenantId, large.requestId],
      );
      return findAttemptsOfRequests(tx, [story.db.tenantId, large.requestId, small.requestId]);
    });
    const turns = await story.database.withTenant(story.db.tenantId, (tx) =>
      tx.query<{ id: string }>(
        `select attempt_id as id from requeue_attempt where tenant_id = $1 and request_id = $2 and position <= $3 order by position`,
        [tx.tenantId, large.requestId, MOST_ATTEMPTS],
      ),
    );
    expect(nobody).toEqual([]);
    expect(most!.map(({ id }) => id)).toEqual(turns.map(({ id }) => id));
    expect(most).toHaveLength(MOST_ATTEMPTS);
    expect(one!.map(({ exceptionId }) => exceptionId)).toEqual([own!.id]);
  });
});
