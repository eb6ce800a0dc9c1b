import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { story } from '../browser/story.mjs';
import { eventually } from '../eventually.mjs';
import { ApiClient } from '../graphql.mjs';
import { rowsOf } from '../stack/sql.mjs';
import { kill, pidOf } from '../stack/victims.mjs';

const ITEMS = Number(process.env.REQUEUE_KILLS_ITEMS ?? 10_000);
const SEED = process.env.REQUEUE_KILLS_SEED ?? 'requeue kills';
/** Of so many items one goes to a target that keeps no idempotency keys. */
const KEEPS_NONE_EVERY = 10;
/** Fewer than need a second person. */
const ITEMS_OF_A_REQUEST = 190;
const REQUESTS_AT_ONCE = 4;
const EVENTS_OF_A_POST = 200;
const KEY = 'tl_demo_ingest_key';
/** Integrations whose work is proved by the order that is accepted, by whether their target keeps keys. */
const TARGETS = { true: 'salesforce-contract-to-order', false: 'salesforce-contract-to-legacy-br' };
/** What is about the items of this story. */
const OURS = `e.object_key like 'CHAOS-%'`;
/** The worker dies most. */
const VICTIMS = ['worker', 'target', 'worker', 'database', 'worker', 'api', 'collector'];
/** How long all of it works until the next one is killed. */
const PAUSE_MS = 8_000;
const RECOVERS_WITHIN_MS = 90_000;
/** A process that takes a connection and says nothing is not ready. */
const ANSWERS_WITHIN_MS = 5_000;
/** Half of the time something is down, and a target takes no more than 50 a second. */
const ENDED_WITHIN_MS = Math.max(540_000, ITEMS * 180);

const targetScript = fileURLToPath(new URL('../stack/moody-target.mjs', import.meta.url));

/** In [0, 1), the same run of numbers every time. */
function seeded(seed) {
  let drawn = 0;
  return () =>
    createHash('sha256')
      .update(`${seed}:${String((drawn += 1))}`)
      .digest()
      .readUInt32BE() /
    2 ** 32;
}

const keepsKeys = (number) => number % KEEPS_NONE_EVERY !== 0;
const itemOf = (number) => `CHAOS-${String(number)}`;

function groupBy(all, keyOf) {
  const groups = new Map();
  for (const one of all) groups.set(keyOf(one), (groups.get(keyOf(one)) ?? []).concat(one));
  return groups;
}

const isReady = async ({ workerUrl, collectorUrl, consoleUrl }) => {
  const ask = (url) => fetch(`${url}/readyz`, { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) });
  const answers = await Promise.all([workerUrl, collectorUrl, consoleUrl].map(ask));
  return answers.every(({ ok }) => ok);
};

/** The target, once it listens: the port of one that was killed may be taken for a moment. */
async function startTarget(stack) {
  const environment = {
    PATH: process.env.PATH,
    PORT: String(stack.requeueTargetPort),
    JOURNAL: journalOf(stack),
    SEED,
    COLLECTOR_URL: stack.collectorUrl,
    INGEST_KEY: KEY,
    LATE_MS: String(stack.outboundTimeoutMs * 2),
  };
  return eventually(
    'the target listens',
    async () => {
      const target = spawn(process.execPath, [targetScript], {
        env: environment,
        stdio: ['ignore', 'inherit', 'inherit'],
      });
      const isGone = once(target, 'exit').then(() => false);
      const isUp = eventually('it answers', () => isListening(stack), RECOVERS_WITHIN_MS).catch(() => false);
      if (await Promise.race([isGone, isUp])) return target;
      target.kill('SIGKILL');
      return null;
    },
    RECOVERS_WITHIN_MS,
  );
}

const isListening = async ({ requeueTargetPort }) => {
  const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS);
  return (await fetch(`http://127.0.0.1:${String(requeueTargetPort)}/status`, { signal })).ok;
};

const journalOf = (stack) => join(stack.dataDir, 'moody-target.jsonl');

/** Every transmission that reached the target, in their order. */
const transmissionsOf = (stack) =>
  readFileSync(journalOf(stack), 'utf8')
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line));

/** Both integrations send to the target of this story, signed with the demo's secret; the one that keeps no keys can be asked. */
async function setTargets(stack) {
  for (const isIdempotent of [true, false]) {
    const url = `http://127.0.0.1:${String(stack.requeueTargetPort)}`;
    const path = isIdempotent ? 'keeps-keys' : 'keeps-none';
    await rowsOf(
      stack,
      `insert into integration (tenant_id, name, title, from_system, to_system, owner, criticality, requeue_url,
                                requeue_secret_encrypted, requeue_is_idempotent, requeue_status_url)
       (select tenant_id, $1, $1, from_system, to_system, owner, criticality, $2, requeue_secret_encrypted, $3::boolean, $4
        from integration where requeue_secret_encrypted is not null order by name limit 1)
       on conflict (tenant_id, name) do update set requeue_url = excluded.requeue_url, requeue_adapter = 'webhook',
         requeue_secret_encrypted = excluded.requeue_secret_encrypted,
         requeue_is_idempotent = excluded.requeue_is_idempotent, requeue_status_url = excluded.requeue_status_url`,
      [TARGETS[isIdempotent], `${url}/${path}`, isIdempotent, isIdempotent ? null : `${url}/status`],
    );
    await rowsOf(
      stack,
      `insert into requeue_settings (tenant_id, integration, rate_per_second, canary, canary_proof, ramp, max_in_flight,
                                     stop_percent, stop_minimum, verify_within_minutes)
       select tenant_id, name, 500, 0, 'ACKNOWLEDGED', 0, 200, 100, 10000, 2 from integration where name = $1
       on conflict do nothing`,
      [TARGETS[isIdempotent]],
    );
  }
}

async function postFailures(stack) {
  const startedAt = Date.now() - ITEMS;
  for (let first = 0; first < ITEMS; first += EVENTS_OF_A_POST) {
    const numbers = Array.from({ length: Math.min(EVENTS_OF_A_POST, ITEMS - first) }, (_, at) => first + at);
    const events = numbers.map((number) => ({
      specversion: '1.0',
      id: `failed-${String(number)}`,
      source: '/chaos',
      type: 'finance.sales-order.accepted',
      time: new Date(startedAt + number).toISOString(),
      datacontenttype: 'application/json',
      data: {
        system: 'sap-s4hana',
        integration: TARGETS[keepsKeys(number)],
        outcome: 'failure',
        objects: [
          {
            type: 'sales-order',
            keys: [{ kind: 'sales-order', value: itemOf(number) }],
            legalEntity: 'DE01',
            amount: { amount: '10.00', currency: 'EUR' },
            direction: 'inflow',
          },
        ],
        problem: { code: 'platform.vendor-outage', message: `Order ${itemOf(number)} was not taken` },
      },
    }));
    const answer = await fetch(`${stack.collectorUrl}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents-batch+json', authorization: `Bearer ${KEY}` },
      body: JSON.stringify(events),
    });
    assert.equal(answer.status, 200, await answer.text());
  }
}

/** Exceptions of the story in this state, about failures of the hop and not about what came of sending again. */
const exceptionsIn = (stack, state) =>
  rowsOf(
    stack,
    `select exception_id as id from exception e
     where ${OURS} and e.state = $1 and e.taxonomy = 'platform.vendor-outage' order by exception_id`,
    [state],
  ).then((rows) => rows.map(({ id }) => id));

/** Attempts of the story, with the exceptions that they are about. */
const ATTEMPTS = `requeue_attempt a join exception e using (tenant_id, exception_id)`;

async function countAttempts(stack) {
  const rows = await rowsOf(
    stack,
    `select a.state, count(*)::int as n from ${ATTEMPTS} where ${OURS} group by a.state`,
  );
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}

story(
  `${String(ITEMS)} items are sent again while processes are killed, by targets that hang, answer late and drop connections`,
  async ({ step, newPage: _newPage, ...stack }) => {
    const random = seeded(SEED);
    const kills = {};
    let isOver = false;
    let target;
    let exceptions;
    let client;
    console.log(`seed: ${SEED}`);

    /** Rejects where the target ends by itself: it was sent what it must not be sent, and no wait would tell. */
    let failEarly;
    const failed = new Promise((_resolve, reject) => (failEarly = reject));
    failed.catch(() => undefined);
    const upTarget = async () => {
      const started = (target = await startTarget(stack));
      const ended = (code) => {
        if (!started.killed) failEarly(new Error(`the target ended by itself with ${String(code)}`));
      };
      started.once('exit', ended);
      if (started.exitCode !== null) ended(started.exitCode);
    };
    const killTarget = async () => {
      const gone = target.exitCode === null && target.signalCode === null ? once(target, 'exit') : null;
      target.kill('SIGKILL');
      await gone;
      await upTarget();
    };
    const killAll = async () => {
      for (let round = 0; !isOver; round += 1) {
        await sleep(PAUSE_MS * (0.6 + 0.8 * random()));
        if (isOver) return;
        const victim = VICTIMS[round % VICTIMS.length];
        kills[victim] = (kills[victim] ?? 0) + 1;
        if (victim === 'target') {
          await killTarget();
          continue;
        }
        const before = await kill(stack, victim);
        await eventually(
          `the ${victim} runs again`,
          async () => {
            const now = await pidOf(stack, victim).catch(() => null);
            return now !== null && now !== before;
          },
          RECOVERS_WITHIN_MS,
        );
        // what is killed while it starts does nothing in between
        await eventually('all of it is ready', () => isReady(stack), RECOVERS_WITHIN_MS);
      }
    };
    const patiently = (what, ask) => eventually(what, ask, RECOVERS_WITHIN_MS);
    /** Asks for all of them, some at a time, until each is taken: an API that is killed gives no answer. */
    const askFor = async (ids, reason) => {
      const slices = [];
      for (let first = 0; first < ids.length; first += ITEMS_OF_A_REQUEST) {
        slices.push(ids.slice(first, first + ITEMS_OF_A_REQUEST));
      }
      const ask = async () => {
        for (let slice = slices.shift(); slice !== undefined; slice = slices.shift()) {
          const wanted = slice;
          await patiently('it is sent again', async () => {
            const answer = await client.requestRequeue(wanted, reason).catch(async () => {
              client = await new ApiClient(stack.consoleUrl).signIn('analyst@demo.example');
              return null;
            });
            if (answer === null || answer.__typename === 'RequeueAccepted') return answer !== null;
            // told by the wait where it never is another one
            if (!/^(ALREADY_REQUEUED|OPEN_CLAIM)$/.test(answer.code)) throw new Error(JSON.stringify(answer));
            return true;
          });
        }
      };
      await Promise.all(Array.from({ length: REQUESTS_AT_ONCE }, ask));
    };

    try {
      await step('they have failed', async () => {
        await setTargets(stack);
        await postFailures(stack);
        await eventually(
          'each has its exception',
          async () => (exceptions = await exceptionsIn(stack, 'OPEN')).length === ITEMS,
          240_000,
        );
      });

      await step('they are sent again until every outcome is known', async () => {
        await upTarget();
        client = await new ApiClient(stack.consoleUrl).signIn('analyst@demo.example');
        const startedAt = Date.now();
        // what does not come back ends the story at once, not when the wait for the outcomes is over
        const killing = killAll().catch(failEarly);
        const sent = async () => {
          await askFor(exceptions, 'the service is back');
          await eventually(
            'every outcome is known',
            async () => {
              if (isOver) return true;
              await askFor(await exceptionsIn(stack, 'OPEN'), 'it failed again');
              const [{ waiting }] = await rowsOf(
                stack,
                `select count(*)::int as waiting from ${ATTEMPTS} where ${OURS} and a.finished_at is null`,
              );
              if (waiting > 0) await sleep(2_000);
              return waiting === 0 && (await exceptionsIn(stack, 'OPEN')).length === 0;
            },
            ENDED_WITHIN_MS,
          );
        };
        try {
          const done = sent();
          done.catch(() => undefined);
          await Promise.race([done, failed]);
        } finally {
          isOver = true;
          await killing;
        }
        console.log(
          `after ${String(Math.round((Date.now() - startedAt) / 1_000))} s; killed: ${JSON.stringify(kills)}`,
        );
        // whatever a process that did not come back told after the last wait
        await Promise.race([failed, sleep(0)]);
      });
    } finally {
      isOver = true;
      target?.kill('SIGKILL');
    }

    await step('each was sent, applied once, and never again when that was not known', async () => {
      const transmissions = transmissionsOf(stack);
      const byKey = groupBy(transmissions, ({ key }) => key);
      const reached = new Set(transmissions.map(({ item }) => item));
      const applied = transmissions.filter(({ isApplied }) => isApplied);
      const successes = groupBy(
        applied.filter(({ isSuccess }) => isSuccess),
        ({ item }) => item,
      );
      const attempts = await countAttempts(stack);
      console.log(
        JSON.stringify({
          items: ITEMS,
          transmissions: transmissions.length,
          keys: byKey.size,
          applied: applied.length,
          moods: Object.fromEntries(
            [...groupBy(transmissions, ({ mood }) => mood)].map(([mood, all]) => [mood, all.length]),
          ),
          attempts,
        }),
      );

      const items = Array.from({ length: ITEMS }, (_, number) => itemOf(number));
      const missing = items.filter((item) => !reached.has(item));
      assert.deepEqual(missing, [], 'not sent');

      const isOnce = ([, all]) => all.length === 1;
      assert.deepEqual(
        [...successes].filter((one) => !isOnce(one)),
        [],
        'applied more than once',
      );
      const unapplied = items.filter((item) => !successes.has(item));
      assert.deepEqual(unapplied, [], 'not applied');

      const isApplied = ({ isApplied: isDone }) => isDone;
      const blind = [...byKey.values()].filter(
        (all) => all[0].integration === TARGETS.false && all.slice(0, -1).some(isApplied),
      );
      assert.deepEqual(blind, [], 'sent again after it was applied');
      // only "later", and "not applied" of a target that was asked, let what keeps no keys get it again
      const blindly = await rowsOf(
        stack,
        `select a.attempt_id from ${ATTEMPTS} where ${OURS} and a.integration = $1 and a.transmissions - 1 > (
           select count(*) from audit_record r where r.tenant_id = a.tenant_id and r.subject_type = 'requeue-attempt'
             and r.subject_id = a.attempt_id::text and r.action = 'requeue.outcome-recorded'
             and r.details ->> 'outcome' = 'QUEUED')`,
        [TARGETS.false],
      );
      assert.deepEqual(blindly, []);

      const others = Object.keys(attempts).filter((state) => !['VERIFIED', 'FAILED'].includes(state));
      assert.deepEqual(others, [], `outcomes that are not known: ${JSON.stringify(attempts)}`);
      assert.equal(attempts.VERIFIED, ITEMS);
      const [{ claims }] = await rowsOf(
        stack,
        `select count(*)::int as claims from requeue_claim c join exception e using (tenant_id, exception_id) where ${OURS}`,
      );
      assert.equal(claims, 0, 'claims without an open outcome');
    });
  },
);
