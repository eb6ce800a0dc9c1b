import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { at, storyObject, tell } from '../../testing/story-facts.js';
import { LifeStory } from './testing/life-story.js';

let story: LifeStory;

beforeAll(async () => {
  story = await LifeStory.start();
});

afterAll(async () => {
  await story.api.close();
});

const MUCH = '4200.00';

/** Asks to close much money without correction; answers the exception and the request. */
async function ask(key: string): Promise<{ id: string; acceptanceId: string }> {
  const id = await story.fail(key, MUCH);
  const answer = await story.accept(id);
  expect(answer.exceptions).toMatchObject([{ state: 'PENDING_APPROVAL', acceptance: { state: 'pending' } }]);
  return { id, acceptanceId: answer.exceptions?.[0]?.acceptance?.id ?? '' };
}

describe('closing without correction', () => {
  it('is done at once below the limit', async () => {
    const id = await story.fail('A-1', '1000.00');
    expect((await story.accept(id)).exceptions).toMatchObject([
      { state: 'ACCEPTED', resolution: null, acceptance: { state: 'direct' }, actions: ['note'] },
    ]);
    expect((await story.show(id)).events.at(-1)).toMatchObject({
      kind: 'accepted',
      details: { reason: 'immaterial', comment: 'Not worth it' },
    });
  });

  it('is not done in a queue where money must go out or be called back', async () => {
    const id = await story.fail('A-0', '10.00');
    await story.people.analyst.ask(
      'mutation ($id: ID!) { moveToQueue(ids: [$id], queue: "payments", reason: "x") { __typename } }',
      { id },
    );
    expect((await story.show(id)).actions).not.toContain('accept');
    expect(await story.accept(id)).toMatchObject({
      code: 'NOT_OF_QUEUE',
      message: 'In the queue Payments nothing is closed without correction.',
      current: { state: 'OPEN' },
    });
  });

  it('needs another person where nobody knows how much it is', async () => {
    const id = await story.fail('A-11', '10.00');
    const { database, tenantId } = story.api.test;
    await database.withTenant(tenantId, (tx) =>
      tx.query(
        `update exception set amount = null, currency = null, is_money_unknown = true where tenant_id = $1 and exception_id = $2`,
        [tenantId, id],
      ),
    );
    const asked = (await story.accept(id)).exceptions;
    expect(asked).toMatchObject([{ state: 'PENDING_APPROVAL' }]);
    await story.decide('rejectAcceptance', asked?.[0]?.acceptance?.id ?? '', story.people.approver);
  });

  it('is not approved in a queue that it was moved to meanwhile, where that is not done', async () => {
    const { id, acceptanceId } = await ask('A-10');
    await story.people.analyst.ask(
      'mutation ($id: ID!) { moveToQueue(ids: [$id], queue: "tax", reason: "x") { __typename } }',
      { id },
    );
    expect(await story.decide('approveAcceptance', acceptanceId, story.people.approver)).toMatchObject({
      code: 'NOT_OF_QUEUE',
    });
    await story.decide('rejectAcceptance', acceptanceId, story.people.approver);
  });

  it('needs another person above it, never the maker', async () => {
    const { id, acceptanceId } = await ask('A-2');
    const { analyst, approver } = story.people;
    expect((await story.show(id)).acceptance).toMatchObject({ canDecide: false });
    expect((await story.show(id, approver)).acceptance).toMatchObject({ canDecide: true });
    await expect(story.decide('approveAcceptance', acceptanceId, analyst)).rejects.toThrow('FORBIDDEN');
    expect((await story.decide('approveAcceptance', acceptanceId, approver)).exceptions).toMatchObject([
      { state: 'ACCEPTED', acceptance: { state: 'approved', deciderName: 'Test approver' } },
    ]);
    expect((await story.show(id)).events.map((event) => event.kind)).toEqual([
      'opened',
      'acceptance-requested',
      'accepted',
    ]);
  });

  it('is not approved by a maker who could approve others', async () => {
    const { approver, controller } = story.people;
    const id = await story.fail('A-3', MUCH);
    const acceptanceId = (await story.accept(id, { by: approver })).exceptions?.[0]?.acceptance?.id ?? '';
    for (const decision of ['approveAcceptance', 'rejectAcceptance'] as const) {
      expect(await story.decide(decision, acceptanceId, approver)).toMatchObject({
        code: 'MAKER_MAY_NOT_DECIDE',
        current: { state: 'PENDING_APPROVAL' },
      });
    }
    expect((await story.decide('approveAcceptance', acceptanceId, controller)).exceptions).toMatchObject([
      { state: 'ACCEPTED' },
    ]);
  });

  it('rejected goes back to where it was, and can be asked for again', async () => {
    const id = await story.fail('A-4', MUCH);
    await story.change(id, { act: 'START' });
    const acceptanceId = (await story.accept(id)).exceptions?.[0]?.acceptance?.id ?? '';
    await story.decide('rejectAcceptance', acceptanceId, story.people.controller);
    const shown = await story.show(id);
    expect(shown).toMatchObject({ state: 'IN_PROGRESS', acceptance: { state: 'rejected' } });
    expect(shown.events.at(-1)).toMatchObject({
      kind: 'acceptance-rejected',
      details: { decisionReason: 'Pursue it' },
    });
    expect((await story.accept(id)).exceptions).toMatchObject([{ state: 'PENDING_APPROVAL' }]);
  });

  it('is withdrawn by its maker alone', async () => {
    const { id, acceptanceId } = await ask('A-5');
    expect(await story.decide('withdrawAcceptance', acceptanceId, story.people.approver)).toMatchObject({
      code: 'MAKER_MAY_NOT_DECIDE',
    });
    await story.decide('withdrawAcceptance', acceptanceId, story.people.analyst);
    expect(await story.show(id)).toMatchObject({ state: 'OPEN', acceptance: { state: 'withdrawn' } });
  });

  it('is decided once, whoever decides at the same time', async () => {
    const { id, acceptanceId } = await ask('A-6');
    const answers = await Promise.all([
      story.decide('approveAcceptance', acceptanceId, story.people.approver),
      story.decide('rejectAcceptance', acceptanceId, story.people.controller),
    ]);
    expect(answers.map((answer) => answer.code ?? 'changed').sort()).toEqual(['NOT_PENDING', 'changed']);
    const decisions = (await story.show(id)).events.filter(({ kind }) => kind !== 'opened').map(({ kind }) => kind);
    expect(decisions).toHaveLength(2);
  });

  it('is not approved when it is no longer what was asked for', async () => {
    const { id, acceptanceId } = await ask('A-7');
    story.turnTo(35);
    await story.fail('A-7', '9000.00', { last: 34, occurrences: 2 });
    expect(await story.decide('approveAcceptance', acceptanceId, story.people.approver)).toMatchObject({
      code: 'CHANGED_SINCE_REQUEST',
      message:
        'Since it was asked for, the money at risk was EUR 4200.00 and is EUR 9000.00 and it failed 1 more time. Reject it, so that it is asked for again.',
    });
    expect(await story.show(id)).toMatchObject({ state: 'PENDING_APPROVAL' });
    expect((await story.decide('rejectAcceptance', acceptanceId, story.people.approver)).exceptions).toMatchObject([
      { state: 'OPEN' },
    ]);
  });

  it('is overtaken when the problem is overcome first', async () => {
    const { id, acceptanceId } = await ask('A-8');
    await tell(story.api.test.database, story.api.test.tenantId, (facts) =>
      facts.problem(storyObject('sales-order', 'A-8'), { clearedAt: 20 }),
    );
    await story.reconcile(storyObject('sales-order', 'A-8'));
    expect(await story.decide('approveAcceptance', acceptanceId, story.people.approver)).toMatchObject({
      code: 'NOT_PENDING',
      current: { id, state: 'RESOLVED' },
    });
  });

  it('of a currency without a rate needs another person however little it is', async () => {
    const id = await story.fail('A-9', '3.00');
    await story.api.test.database.withTenant(story.api.test.tenantId, (tx) =>
      tx.query(`update exception set currency = 'BRL' where tenant_id = $1 and exception_id = $2`, [tx.tenantId, id]),
    );
    expect((await story.accept(id)).exceptions).toMatchObject([{ state: 'PENDING_APPROVAL' }]);
  });

  it('lists what waits for a decision, the longest first, page by page', async () => {
    type Page = {
      acceptances: {
        totalCount: number;
        pageInfo: { hasNextPage: boolean; endCursor: string };
        edges: { node: { state: string; exception: { businessObject: { key: string } } } }[];
      };
    };
    const keys: string[] = [];
    let total = 0;
    for (let after: string | null | undefined; after !== null;) {
      const page: Page['acceptances'] = (
        await story.people.approver.ask<Page>(
          `query ($after: String) { acceptances(first: 1, after: $after) { totalCount pageInfo { hasNextPage endCursor }
             edges { node { state exception { businessObject { key } } } } } }`,
          { after },
        )
      ).acceptances;
      total = page.totalCount;
      keys.push(...page.edges.map(({ node }) => node.exception.businessObject.key));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    }
    expect(keys.sort()).toEqual(['A-4', 'A-9']);
    expect(total).toBe(2);
  });
});

describe('snoozing', () => {
  const keysOf = async (snoozed: boolean | null) => {
    const answer = await story.people.analyst.ask<{
      exceptions: { totalCount: number; edges: { node: { businessObject: { key: string } } }[] };
    }>(
      `query ($snoozed: Boolean) { exceptions(filter: { text: "Z-", snoozed: $snoozed }) {
         totalCount edges { node { businessObject { key } } } } }`,
      { snoozed },
    );
    expect(answer.exceptions.totalCount).toBe(answer.exceptions.edges.length);
    return answer.exceptions.edges.map(({ node }) => node.businessObject.key).sort();
  };

  it('hides for a while and brings back by itself: at its time, and when it fails again', async () => {
    story.turnTo(60);
    const [timed, again] = [await story.fail('Z-1'), await story.fail('Z-2'), await story.fail('Z-3')];
    await story.snooze([timed], { until: at(70) });
    await story.snooze([again], { untilNextOccurrence: true });
    expect([await keysOf(false), await keysOf(true), await keysOf(null)]).toEqual([
      ['Z-3'],
      ['Z-1', 'Z-2'],
      ['Z-1', 'Z-2', 'Z-3'],
    ]);
    await story.look(69);
    expect(await keysOf(true)).toEqual(['Z-1', 'Z-2']);
    await story.look(70);
    expect(await keysOf(true)).toEqual(['Z-2']);
    await story.fail('Z-2', '500.00', { last: 71, occurrences: 2 });
    await story.look(72);
    expect(await keysOf(true)).toEqual([]);
    const ended = [await story.show(timed), await story.show(again)].map(({ events }) => events.at(-1)?.details);
    expect(ended).toMatchObject([{ why: 'time-reached' }, { why: 'occurred-again' }]);
  });

  it('ends by hand, and when the exception is closed; what is closed is not snoozed', async () => {
    const [woken, closed] = [await story.fail('Z-4'), await story.fail('Z-5')];
    await story.snooze([woken, closed], { untilNextOccurrence: true });
    await story.wake([woken]);
    await story.change(closed, { act: 'RESOLVE', resolve: { resolution: 'SOURCE_FIXED' } });
    await story.look(80);
    expect([await story.show(woken), await story.show(closed)]).toMatchObject([{ snooze: null }, { snooze: null }]);
    expect(await story.snooze([woken, closed], { until: at(90) })).toMatchObject({ code: 'NOT_POSSIBLE_NOW' });
    expect(await story.show(woken)).toMatchObject({ snooze: null });
    await expect(story.snooze([woken], {})).rejects.toThrow('INVALID_INPUT');
    await expect(story.snooze([woken], { until: at(1) })).rejects.toThrow('INVALID_INPUT');
  });
});

describe('small amounts one by one', () => {
  let round = 0;

  beforeEach(async () => {
    round += 1;
    await aDayPasses();
  });

  /** What was closed so far was closed yesterday, or before. */
  const aDayPasses = () =>
    story.api.test.database.withTenant(story.api.test.tenantId, (tx) =>
      tx.query(`update exception_acceptance set requested_at = requested_at - interval '1 day' where tenant_id = $1`, [
        tx.tenantId,
      ]),
    );

  const ofCounterparty = async (key: string, amount: string, counterparty: string | null) => {
    const id = await story.fail(`${key}-${round}`, amount);
    const { database, tenantId } = story.api.test;
    await database.withTenant(tenantId, (tx) =>
      tx.query(
        'update exception set counterparty = $3, counterparty_folded = $4 where tenant_id = $1 and exception_id = $2',
        [tenantId, id, counterparty, counterparty?.toLowerCase() ?? null],
      ),
    );
    return id;
  };
  const close = async (key: string, amount: string, counterparty: string | null, by = story.people.analyst) => {
    const id = await ofCounterparty(key, amount, counterparty);
    return (await story.accept(id, { by })).exceptions?.[0]?.state;
  };

  it('add up over one counterparty and day', async () => {
    expect(await close('S-1', '600.00', 'ACME')).toBe('ACCEPTED');
    expect(await close('S-2', '400.00', 'ACME')).toBe('ACCEPTED');
    expect(await close('S-3', '0.01', 'ACME')).toBe('PENDING_APPROVAL');
    expect(await close('S-4', '600.00', 'Other')).toBe('ACCEPTED');
    expect(await close('S-5', '600.00', null)).toBe('ACCEPTED');
    expect(await close('S-6', '600.00', null)).toBe('PENDING_APPROVAL');
    // what a second person was asked about adds nothing, and neither does what somebody else closed
    expect(await close('S-7', '999.00', 'ACME', story.people.approver)).toBe('ACCEPTED');
    expect(await close('S-8', '0.00', 'ACME')).toBe('ACCEPTED');
  });

  it('add up however the counterparty is written, and one is called', async () => {
    expect(await close('N-1', '600.00', 'Äcme GmbH')).toBe('ACCEPTED');
    expect(await close('N-2', '600.00', 'ÄCME GMBH')).toBe('PENDING_APPROVAL');
    expect(await close('N-3', '600.00', 'constructor')).toBe('ACCEPTED');
    expect(await close('N-4', '600.00', 'constructor')).toBe('PENDING_APPROVAL');
  });

  it('begin anew on the next day', async () => {
    expect(await close('S-1', '600.00', 'ACME')).toBe('ACCEPTED');
    await aDayPasses();
    expect(await close('S-2', '600.00', 'ACME')).toBe('ACCEPTED');
    expect(await close('S-3', '600.00', 'ACME')).toBe('PENDING_APPROVAL');
  });

  it('count money once that a batch and its payments have', async () => {
    const [batch, payment] = [
      await ofCounterparty('B-1', '800.00', 'ACME'),
      await ofCounterparty('B-2', '800.00', 'ACME'),
    ];
    const { database, tenantId } = story.api.test;
    await database.withTenant(tenantId, (tx) =>
      tx.query(
        `update exception e set money_part_id = b.object_id, money_whole_id = b.object_id from exception b
         where e.tenant_id = $1 and b.tenant_id = $1 and b.exception_id = $2 and e.exception_id = any($3::uuid[])`,
        [tenantId, batch, [batch, payment]],
      ),
    );
    expect((await story.accept(batch)).exceptions).toMatchObject([{ state: 'ACCEPTED' }]);
    expect((await story.accept(payment)).exceptions).toMatchObject([{ state: 'ACCEPTED' }]);
  });

  it('add up also where two are closed at the same time', async () => {
    const ids = [await ofCounterparty('T-1', '600.00', 'ACME'), await ofCounterparty('T-2', '600.00', 'ACME')];
    const states = (await Promise.all(ids.map((id) => story.accept(id)))).map(
      ({ exceptions }) => exceptions?.[0]?.state,
    );
    expect(states.sort()).toEqual(['ACCEPTED', 'PENDING_APPROVAL']);
  });
});
