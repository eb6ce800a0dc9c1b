import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aliasId } from '@throughline/canonical';
import { connected } from '@throughline/persistence/testing';
import { at, storyObject, type StoryFacts, type StoryObject } from '../../testing/story-facts.js';
import type { LeftOutCode } from './domain/left-out.js';
import { createRequeueExpiryStage } from './approval/expire-requests.js';
import { ApprovalStory, person } from './testing/approval-story.js';
import { RequeueStory } from './testing/requeue-story.js';
import { planRequeueOf } from './usecases/read-plan.js';

let base: RequeueStory;
let story: ApprovalStory;

beforeEach(async () => {
  base = await RequeueStory.begin({ url: 'http://127.0.0.1:9/requeue' });
  story = new ApprovalStory(base);
});

afterEach(async () => {
  await base.db.close();
});

const codesOf = (ids: readonly string[]) =>
  base.database.withTenant(
    base.db.tenantId,
    async (tx) => (await planRequeueOf(tx, ids, base.secretKey, {}, base.now)).items.map(({ code }) => code),
    { readOnly: true },
  );

const sql = (statement: string, parameters: unknown[] = []) =>
  base.database.withTenant(base.db.tenantId, (tx) => tx.query(statement, [tx.tenantId, ...parameters]));

const invoice = storyObject('invoice', 'INV-1');

describe('what the lineage says of a document since it failed', () => {
  const cases: [string, (facts: StoryFacts) => Promise<unknown>, LeftOutCode | null][] = [
    ['nothing', () => Promise.resolve(), null],
    ['the step was overcome', (facts) => facts.problem(invoice, { clearedAt: 20 }), 'ALREADY_PROCESSED'],
    [
      'it was reversed',
      (facts) => facts.activity(invoice, { outcome: 'success', minute: 9, participle: 'reversed' }),
      'CANCELLED_OR_REVERSED',
    ],
    [
      'reversing it failed',
      (facts) => facts.activity(invoice, { outcome: 'failure', minute: 9, participle: 'reversed' }),
      null,
    ],
    [
      'it was changed',
      (facts) => facts.activity(invoice, { outcome: 'success', minute: 9, participle: 'changed' }),
      'SUPERSEDED',
    ],
    [
      'it had been changed before it failed',
      (facts) => facts.activity(invoice, { outcome: 'success', minute: 0, participle: 'changed' }),
      null,
    ],
    [
      'a newer version of the payload failed too',
      (facts) => facts.activity(invoice, { outcome: 'failure', minute: 9, payloadJson: '{}', payloadVersion: 2 }),
      'SUPERSEDED',
    ],
    [
      'the same version failed again elsewhere',
      (facts) => facts.activity(invoice, { outcome: 'failure', minute: 9, payloadJson: '{}', payloadVersion: 1 }),
      null,
    ],
    [
      'one like it was posted',
      (facts) => posted(facts, storyObject('invoice', 'INV-9'), '1234.50'),
      'LOOK_ALIKE_POSTED',
    ],
    ['one of another amount was posted', (facts) => posted(facts, storyObject('invoice', 'INV-9'), '1234.51'), null],
  ];

  it.each(cases)('%s', async (_name, happens, code) => {
    const before = new Set((await base.exceptions()).map((one) => one.id));
    await base.facts(async (facts) => {
      await facts.object(invoice);
      await facts.problem(invoice);
      const activityId = await facts.activity(invoice, { outcome: 'failure', minute: 1, payloadJson: '{}' });
      await facts.lastActivity(invoice, activityId);
    });
    await base.project('exceptions', [invoice]);
    const id = (await base.exceptions()).find((one) => !before.has(one.id))?.id ?? '';
    await base.facts(async (facts) => {
      await happens(facts);
    });
    expect(await codesOf([id])).toEqual([code]);
  });

  /** Another document of the same partner, known since after the failure. */
  async function posted(facts: StoryFacts, object: StoryObject, amount: string): Promise<void> {
    await facts.object(object, amount);
    await facts.activity(object, { outcome: 'success', minute: 12, participle: 'posted' });
    await facts.heardAt(object, 12);
  }

  it('its posting period was closed, and was opened again', async () => {
    const id = await story.failed('O-9', '10.00');
    await sql('update exception set posting_period = $2 where tenant_id = $1 and exception_id = $3', ['2026-09', id]);
    const period = aliasId('accounting-period', { system: 'sap', kind: 'period', scope: '', value: 'DE01/0L/2026-09' });
    await sql(
      `insert into business_object (tenant_id, object_id, type, key, legal_entity, attributes, is_placeholder, first_occurred_at,
                                    last_occurred_at)
       values ($1, $2, 'accounting-period', 'DE01/0L/2026-09', 'DE01', '{"ledger": "0L", "period": "2026-09"}', false, $3, $3)`,
      [period, at(0)],
    );
    await sql(
      `insert into object_alias (tenant_id, alias_id, object_id, system, kind, scope, value)
       values ($1, $2, $2, 'sap', 'period', '', 'DE01/0L/2026-09')`,
      [period],
    );
    const periodObject: StoryObject = { type: 'accounting-period', key: 'DE01/0L/2026-09', objectId: period };
    await base.facts(async (facts) => {
      await facts.activity(periodObject, { outcome: 'success', minute: 2, participle: 'closed' });
    });
    expect(await codesOf([id])).toEqual(['PERIOD_CLOSED']);
    await base.facts(async (facts) => {
      await facts.activity(periodObject, { outcome: 'success', minute: 3, participle: 'reopened' });
    });
    expect(await codesOf([id])).toEqual([null]);
  });

  it('it was sent and nobody answered', async () => {
    const id = await story.failed('O-9', '10.00');
    await base.request([id]);
    expect(await codesOf([id])).toEqual(['ALREADY_REQUEUED']);
    await sql(`update requeue_attempt set state = 'UNKNOWN' where tenant_id = $1`);
    expect(await codesOf([id])).toEqual(['OUTCOME_UNKNOWN']);
  });
});

describe('the worker', () => {
  const expire = async () => {
    const failed: unknown[] = [];
    const log = { error: (facts: unknown) => void failed.push(facts) };
    await createRequeueExpiryStage(base.database, () => base.now, log).run(base.db.tenantId);
    return failed;
  };

  it('ends what nobody decided in time and what has nothing left, and leaves the rest', async () => {
    const maker = await person(base, 'Ana', 'analyst');
    const late = await story.asked(maker, [await story.failed('O-11', '200000.00')]);
    base.now = new Date(base.now.getTime() + 72 * 3_600_000);
    const fresh = await story.asked(maker, [await story.failed('O-12', '200000.00')]);
    const solved = await story.asked(maker, [await story.failed('O-13', '200000.00')]);
    const object = storyObject('sales-order', 'O-13');
    await base.facts((facts) => facts.problem(object, { clearedAt: 29 }));
    await base.project('exceptions', [object]);
    await base.project('requeue', [object]);
    await expire();
    const states = await Promise.all([late, fresh, solved].map(async ({ id }) => (await story.row(id)).state));
    expect(states).toEqual(['EXPIRED', 'PENDING_APPROVAL', 'EXPIRED']);
  });

  it('ends the others when one of them fails', async () => {
    const maker = await person(base, 'Ana', 'analyst');
    const first = await story.asked(maker, [await story.failed('O-11', '200000.00')]);
    base.now = new Date(base.now.getTime() + 60_000);
    const second = await story.asked(maker, [await story.failed('O-12', '200000.00')]);
    base.now = new Date(base.now.getTime() + 72 * 3_600_000);
    await connected(base.db.ownerUrl, (client) =>
      client.query(`
        create function fail_request() returns trigger language plpgsql as $$ begin raise exception 'a fault'; end $$;
        create trigger fail_request before update on requeue_request for each row
          when (new.request_id = '${first.id}') execute function fail_request();`),
    );
    expect(await expire()).toMatchObject([{ requestId: first.id }]);
    const states = await Promise.all([first, second].map(async ({ id }) => (await story.row(id)).state));
    expect(states).toEqual(['PENDING_APPROVAL', 'EXPIRED']);
  });
});
