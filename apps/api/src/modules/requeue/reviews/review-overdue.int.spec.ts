import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Viewer } from '../../identity/index.js';
import type { ApprovalRow } from '../approval/approval.repository.js';
import { ApprovalStory, person } from '../testing/approval-story.js';
import { RequeueStory } from '../testing/requeue-story.js';
import { createReviewOverdueStage } from './review-overdue-stage.js';

let base: RequeueStory;
let story: ApprovalStory;
let alone: Viewer;
let maker: Viewer;
let checker: Viewer;

beforeEach(async () => {
  base = await RequeueStory.begin({ url: 'http://127.0.0.1:9/requeue' });
  story = new ApprovalStory(base);
  maker = await person(base, 'Ana', 'approver');
  alone = await person(base, 'Cleo', 'approver');
  checker = await person(base, 'Bruno', 'approver');
});

afterEach(async () => {
  await base.db.close();
});

async function emergency(): Promise<ApprovalRow> {
  const request = await story.asked(maker, [await story.failed('O-2', '150000.00')]);
  expect(await story.breakGlass(alone, request)).toMatchObject({ kind: 'decided' });
  return story.row(request.id);
}

const look = () => createReviewOverdueStage(base.database, () => base.now).run(base.db.tenantId);

const sql = (statement: string, parameters: unknown[]) =>
  base.database.withTenant(base.db.tenantId, (tx) => tx.query(statement, [tx.tenantId, ...parameters]));

const told = () =>
  base.database.withTenant(base.db.tenantId, (tx) =>
    tx.query<{ name: string; details: object }>(
      `select p.display_name as name, n.details from person_notification n
       join person p on p.tenant_id = $1 and p.person_id = n.person_id
       where n.tenant_id = $1 and n.kind = 'review-overdue' order by 1`,
      [tx.tenantId],
    ),
  );

describe('the review of an emergency', () => {
  it('has a due time, in business days of the queue of approvals, as the rules in force say', async () => {
    const first = await emergency();
    expect(first.reviewDueAt!.getTime()).toBeGreaterThan(base.now.getTime());
    expect(await base.count('audit_record', `action = 'requeue.glass-broken' and details ? 'reviewDueAt'`)).toBe(1);
    await base.database.withTenant(base.db.tenantId, (tx) =>
      tx.query(
        `insert into four_eyes_version (tenant_id, name, version, definition, note, state, created_by, created_at)
         values ($1, 'requeue', 2, $2, '', 'active', $3, now())`,
        [
          tx.tenantId,
          `version: 2
expiresAfterHours: 72
reviewWithinBusinessDays: 10
rules: [{ name: all, title: All, people: 2 }]
limits: []
`,
          checker.personId,
        ],
      ),
    );
    const request = await story.asked(maker, [await story.failed('O-3', '10.00')]);
    await story.breakGlass(alone, request);
    const later = (await story.row(request.id)).reviewDueAt!;
    expect(later.getTime()).toBeGreaterThanOrEqual(first.reviewDueAt!.getTime() + 8 * 86_400_000);
  });

  it('is told once, to whoever may review it, when nobody did in time', async () => {
    const { id, reviewDueAt } = await emergency();
    base.now = new Date(reviewDueAt!.getTime() - 1);
    await look();
    expect(await told()).toEqual([]);
    base.now = reviewDueAt!;
    await Promise.all([look(), look()]);
    await look();
    // never the maker, nor who let it go
    expect(await told()).toMatchObject([
      { name: 'Bruno', details: { subjectId: id, reviewOf: 'requeue-request', letGoBy: 'Cleo' } },
    ]);
    expect(await base.count('audit_record', `action = 'requeue.review-overdue'`)).toBe(1);
    expect(await story.review(checker, await story.row(id))).toMatchObject({ kind: 'decided' });
  });

  it('keeps who let it go from another emergency until it is reviewed, once it is overdue', async () => {
    const first = await emergency();
    base.now = new Date(first.reviewDueAt!.getTime() - 1);
    const inTime = await story.asked(maker, [await story.failed('O-3', '150000.00')]);
    const late = await story.asked(maker, [await story.failed('O-4', '150000.00')]);
    expect(await story.breakGlass(alone, inTime)).toMatchObject({ kind: 'decided' });
    base.now = first.reviewDueAt!;
    expect(await story.breakGlass(alone, late)).toMatchObject({ code: 'REVIEW_OVERDUE' });
    await story.review(checker, first);
    await story.review(checker, inTime);
    expect(await story.breakGlass(alone, late)).toMatchObject({ kind: 'decided' });
  });

  it('is told once somebody may make it, where nobody did at its time', async () => {
    const { reviewDueAt } = await emergency();
    const setActive = (isActive: boolean) =>
      sql('update person set is_active = $3 where tenant_id = $1 and person_id = $2', [checker.personId, isActive]);
    await setActive(false);
    base.now = reviewDueAt!;
    expect(await look()).toBe(false);
    expect(await base.count('audit_record', `action = 'requeue.review-overdue'`)).toBe(0);
    await setActive(true);
    await look();
    await look();
    expect(await told()).toMatchObject([{ name: 'Bruno' }]);
  });

  it('is not told to who let it go, also in the place of who is away', async () => {
    const { reviewDueAt } = await emergency();
    base.now = reviewDueAt!;
    await sql(
      `insert into person_absence (tenant_id, absence_id, person_id, from_at, until_at, deputy_id, note, stated_at, stated_by, stated_by_name)
       values ($1, gen_random_uuid(), $2, $4::timestamptz - interval '1 day', $4::timestamptz + interval '1 day', $3, '', $4, $2, 'Bruno')`,
      [checker.personId, alone.personId, base.now],
    );
    await look();
    expect(await told()).toMatchObject([{ name: 'Bruno' }]);
  });

  it('that was made in time tells nobody', async () => {
    const row = await emergency();
    await story.review(checker, row);
    base.now = new Date(row.reviewDueAt!.getTime() + 86_400_000);
    await look();
    expect(await told()).toEqual([]);
  });
});
