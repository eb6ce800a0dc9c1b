import { describe, expect, it } from '@jest/globals';
import { connected } from '@throughline/persistence/testing';
import { seededNumbers } from '@throughline/scenarios';
import { ApprovalStory, person } from './testing/approval-story.js';
import { ChaosStory, LATE_MS } from './testing/chaos/chaos-story.js';
import { BOUNDARIES, KillPoints, type Boundary } from './testing/chaos/kill-points.js';
import { MoodyTarget } from './testing/chaos/moody-target.js';
import { RequeueStory } from './testing/requeue-story.js';

const SEED = Number(process.env['CHAOS_SEED'] ?? 20_260_930);
const SENT = 90;
const CANCELLED = 30;
const APPROVED = 4;
const TICKS = 400;
const KILL_SHARE = 0.03;
const MOST_KILLS = 12;
const LIMITS = { canaryProof: 'ACKNOWLEDGED', ramp: 0, stopPercent: 100, stopMinimum: 10_000 } as const;
const MS_PER_HOUR = 3_600_000;

/** Applied without an answer, and what may have been: only the target knows. */
const APPLIED: readonly string[] = ['answers late', 'drops the connection'];
const UNANSWERED: readonly string[] = [...APPLIED, 'hangs'];

/** The problem that is stated of what was not seen downstream in time. */
const IS_TOLD_UNVERIFIED = /outcome (not seen )?in time/;

type Kind = { isIdempotent: boolean; isAsked: boolean };

const killedAt = new Set<Boundary>();

describe(`workers are killed at every step (seed ${SEED})`, () => {
  it.each<[string, Kind]>([
    ['that keeps idempotency keys', { isIdempotent: true, isAsked: false }],
    ['that keeps idempotency keys, and says when it is asked', { isIdempotent: true, isAsked: true }],
    ['that keeps no keys, and says when it is asked', { isIdempotent: false, isAsked: true }],
    ['that keeps no keys, and cannot be asked', { isIdempotent: false, isAsked: false }],
  ])(
    'and each item is applied once, its outcome known, by a target %s',
    async (_name, kind) => {
      const { isIdempotent, isAsked } = kind;
      const random = seededNumbers(SEED + Number(isIdempotent));
      const points = new KillPoints(random, KILL_SHARE, MOST_KILLS);
      let chaos: ChaosStory | undefined;
      const target = await MoodyTarget.start({
        seed: String(SEED),
        isIdempotent,
        lateMs: LATE_MS,
        onApplied: (entry) => chaos?.applied(entry),
      });
      const story = await RequeueStory.begin(target.http, isIdempotent);
      if (isAsked) await setStatusUrl(story, `${target.http.url}/status`);
      try {
        await connected(story.db.ownerUrl, async (client) => {
          chaos = new ChaosStory(story, target, points, random, client);
          await play(story, chaos, kind);
        });
        await settled(story, target, kind);
      } finally {
        await target.http.stop();
        await story.db.close();
      }
      for (const boundary of points.killedAt.keys()) killedAt.add(boundary);
    },
    240_000,
  );

  it('and none of the steps is left out', () => {
    expect(BOUNDARIES.filter((boundary) => !killedAt.has(boundary))).toEqual([]);
  });
});

function setStatusUrl(story: RequeueStory, url: string): Promise<unknown> {
  return story.database.withTenant(story.db.tenantId, (tx) =>
    tx.query(`update integration set requeue_status_url = $2 where tenant_id = $1`, [tx.tenantId, url]),
  );
}

/** Sent, cancelled and asked for again, expired and asked for again, until nothing is left to do; then until every outcome is due. */
async function play(story: RequeueStory, chaos: ChaosStory, { isIdempotent, isAsked }: Kind): Promise<void> {
  const limits = { ...LIMITS, canary: isIdempotent ? 3 : 0 };
  // the queue's jobs are due by the clock of the database: begun in its past, all would be carried over its deadline by one leap
  story.now = new Date();
  const approvals = new ApprovalStory(story);
  const maker = await person(story, 'Ana', 'analyst');
  const checker = await person(story, 'Bruno', 'approver');
  const large: string[] = [];
  for (let index = 0; index < APPROVED; index += 1) large.push(await approvals.failed(`O-9${index}`, '50000.00'));
  await chaos.failedOrders(SENT + CANCELLED);
  const isLarge = new Set(large);
  const small = (await story.exceptions()).map(({ id }) => id).filter((id) => !isLarge.has(id));
  const ask = (ids: readonly string[]) => chaos.byPeople((database) => story.request(ids, { database, limits }));
  const askLarge = () => approvals.request(maker, large);

  story.now = new Date(story.now.getTime() - 72 * MS_PER_HOUR);
  await askLarge();
  story.now = new Date(story.now.getTime() + 72 * MS_PER_HOUR);
  await ask(small.slice(0, SENT));
  await ask(small.slice(SENT));
  const cancelled = (await story.attempts()).find(({ exceptionId }) => exceptionId === small.at(-1))!.requestId;
  const wentOut = async () =>
    (await story.attempts()).some(({ requestId, state }) => requestId === cancelled && state !== 'QUEUED');
  for (let tick = 0; tick < TICKS && !(await wentOut()); tick += 1) await chaos.tick();
  await chaos.byPeople((database) => story.steer(cancelled, 'cancel', database));
  for (let tick = 0; tick < TICKS; tick += 1) {
    await chaos.tick();
    const open = (await story.exceptions()).filter(({ state }) => state === 'OPEN').map(({ id }) => id);
    const again = open.filter((id) => !isLarge.has(id));
    if (again.length > 0) await ask(again.slice(0, SENT));
    if (open.some((id) => isLarge.has(id))) await askLarge();
    for (const { id, state } of await requests(story)) {
      if (state === 'STOPPED') await chaos.byPeople((database) => story.steer(id, 'resume', database));
      const isDecided = state !== 'PENDING_APPROVAL' || (await approvals.row(id)).dueAt! <= story.now;
      if (!isDecided) {
        const row = await approvals.row(id);
        await chaos.byPeople((database) => approvals.approve(checker, row, database));
      }
    }
    const isSending = (await story.requestStates()).some(
      (state) => state === 'SENDING' || state === 'PENDING_APPROVAL',
    );
    const isUnknown = isAsked && (await story.count('requeue_attempt', `state = 'UNKNOWN'`)) > 0;
    if (open.length === 0 && !isSending && !isUnknown && (await chaos.isQuiet())) break;
  }
  expect(await chaos.isQuiet()).toBe(true);
  story.now = new Date(story.now.getTime() + 2 * MS_PER_HOUR);
  for (let tick = 0; tick < 3; tick += 1) await chaos.tick();
  expect(await story.count('requeue_attempt', `is_told_unverified`)).toBeGreaterThan(0);
  chaos.releaseNews();
  for (let tick = 0; tick < 3; tick += 1) await chaos.tick();
}

function requests(story: RequeueStory): Promise<{ id: string; state: string }[]> {
  return story.database.withTenant(story.db.tenantId, (tx) =>
    tx.query(`select request_id as id, state from requeue_request where tenant_id = $1`, [tx.tenantId]),
  );
}

async function settled(story: RequeueStory, target: MoodyTarget, { isIdempotent, isAsked }: Kind): Promise<void> {
  const attempts = await story.attempts();
  const exceptions = await story.exceptions();
  const unknown = attempts.filter(({ state }) => state === 'UNKNOWN');
  const entries = [...target.byKey.entries()];
  // an outcome is known: ended, or unknown and told so
  expect(attempts.filter(({ state }) => ['QUEUED', 'SENDING', 'ACKNOWLEDGED'].includes(state))).toEqual([]);
  expect(await story.count('requeue_attempt', `state = 'UNKNOWN' and not is_told_unverified`)).toBe(0);
  expect(await story.count('requeue_attempt', `finished_at is not null and retry_at is not null`)).toBe(0);
  expect(await story.count('requeue_claim')).toBe(unknown.length);
  const verified = attempts.filter(({ state }) => state === 'VERIFIED').map(({ exceptionId }) => exceptionId);
  const left = new Set([...verified, ...unknown.map(({ exceptionId }) => exceptionId)]);
  expect(exceptions.filter(({ id, title }) => !left.has(id) && !IS_TOLD_UNVERIFIED.test(title))).toEqual([]);
  expect(new Set(verified).size).toBe(verified.length);
  expect(await story.count('audit_record', `action = 'exception.requeue-verified'`)).toBe(verified.length);
  // applied exactly once, whatever was sent how often
  const perItem = new Map<string, number>();
  for (const [, { object, applied, isSuccess }] of entries) {
    expect(applied).toBeLessThanOrEqual(1);
    if (isSuccess) perItem.set(object.key, (perItem.get(object.key) ?? 0) + applied);
  }
  expect([...perItem.values()].filter((applied) => applied > 1)).toEqual([]);
  // nothing went out again but after an answer that said "later" or "not applied", or a look that found nothing of it in telemetry
  const blind = `transmissions - 1 > (select count(*) from audit_record r where r.tenant_id = $1
    and (r.subject_id = attempt_id::text and r.action = 'requeue.outcome-recorded' and r.details ->> 'outcome' = 'QUEUED'
         or r.subject_id = exception_id::text and r.action = 'exception.requeue-looked'
            and r.details ->> 'attemptId' = attempt_id::text))`;
  expect(await story.count('requeue_attempt', blind)).toBe(0);
  const isLooked = (await story.count('audit_record', `action = 'exception.requeue-looked'`)) > 0;
  expect(isLooked).toBe(isIdempotent && !isAsked);
  if (isLooked) return;
  const never = isAsked ? APPLIED : UNANSWERED;
  const again = entries.filter(([, { moods }]) => moods.slice(0, -1).some((mood) => never.includes(mood)));
  expect(again).toEqual([]);
  if (isAsked) expect(unknown).toEqual([]);
}
