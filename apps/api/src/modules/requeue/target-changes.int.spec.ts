import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { SecretBox } from '@throughline/persistence';
import { setTimeout as pause } from 'node:timers/promises';
import { HOP } from '../../testing/story-facts.js';
import { setRequeueTarget } from '../catalog/usecases/set-requeue-target.js';
import { RequeueStory } from './testing/requeue-story.js';
import { RequeueTarget } from './testing/requeue-target.js';
import { requestRequeue } from './usecases/request-requeue.js';

let target: RequeueTarget;
let story: RequeueStory;

beforeEach(async () => {
  target = await RequeueTarget.start();
  story = await RequeueStory.begin(target);
});

afterEach(async () => {
  await target.stop();
  await story.db.close();
});

it('is held by a request that is just being asked for: the target is changed behind it, or not at all', async () => {
  const viewer = story.viewer();
  const exceptionIds = (await story.exceptions()).map(({ id }) => id);
  let isChanged = false;
  const change = () =>
    story.database.withTenant(story.db.tenantId, async (tx) => {
      const outcome = await setRequeueTarget(
        tx,
        { viewer, now: story.now, traceId: undefined },
        {
          integration: HOP,
          statement: {
            ...{ adapter: 'webhook', url: 'https://elsewhere.example/requeue', settings: {}, secrets: {} },
            ...{ statusUrl: null, validateUrl: null, isIdempotent: true },
          },
          ...{ makesSecret: true, box: new SecretBox(story.secretKey), allowedHosts: new Set<string>() },
        },
      );
      isChanged = true;
      return outcome;
    });
  const changed = await story.database.withTenant(story.db.tenantId, async (tx) => {
    const asked = await requestRequeue(tx, {
      ...{ viewer, exceptionIds, reason: 'mapping added', now: story.now, secretKey: story.secretKey },
      traceId: undefined,
    });
    expect(asked).toMatchObject({ kind: 'accepted' });
    const changing = change();
    while (!isChanged && (await waiting()) === 0) await pause(10);
    return { changing };
  });
  expect(await changed.changing).toMatchObject({ code: 'CONFLICT' });
});

async function waiting(): Promise<number> {
  const rows = await story.database.withTenant(story.db.tenantId, (tx) =>
    tx.query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and state = 'active'`,
    ),
  );
  return rows.length;
}
