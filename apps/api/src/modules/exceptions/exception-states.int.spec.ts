import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at, countOf, storyObject, tell } from '../../testing/story-facts.js';
import { LifeStory } from './testing/life-story.js';

let story: LifeStory;

beforeAll(async () => {
  story = await LifeStory.start();
});

afterAll(async () => {
  await story.api.close();
});

const UNTIL_EXPIRY = { expiresAt: at(300).toISOString() };

describe('changing the state of an exception', () => {
  it('starts, puts back, and tells both; who starts has it', async () => {
    const id = await story.fail('S-1');
    expect((await story.change(id, { act: 'START' })).exceptions).toMatchObject([
      { state: 'IN_PROGRESS', owner: { displayName: 'Test analyst' } },
    ]);
    expect((await story.change(id, { act: 'PUT_BACK' })).exceptions).toMatchObject([{ state: 'OPEN' }]);
    const { events, actions } = await story.show(id);
    expect(events.map((event) => event.kind)).toEqual(['opened', 'started', 'put-back']);
    expect(await story.show(id)).toMatchObject({ owner: null });
    expect(actions).toEqual([
      'assign',
      'move',
      'prioritise',
      'note',
      'start',
      'wait',
      'resolve',
      'accept',
      'mark-duplicate',
      'snooze',
    ]);
    const { database, tenantId } = story.api.test;
    expect(
      await countOf(database, tenantId, 'audit_record', `subject_id = '${id}' and action = 'exception.started'`),
    ).toBe(1);
  });

  it.each([
    ['handed back', 'assignExceptions(ids: [$id])'],
    ['moved', 'moveToQueue(ids: [$id], queue: "tax", reason: "x")'],
  ])('is open again when it is %s, also once it waited, and can be taken in hand', async (name, act) => {
    const nobody = (id: string) => story.people.analyst.ask(`mutation ($id: ID!) { ${act} { __typename } }`, { id });
    const [id, waiting] = [await story.fail(`S-8-${name}`), await story.fail(`S-9-${name}`)];
    for (const started of [id, waiting]) await story.change(started, { act: 'START' });
    await story.change(waiting, { act: 'WAIT', wait: { reason: 'bank', until: at(32).toISOString() } });
    await nobody(waiting);
    await nobody(id);
    expect(await story.show(waiting)).toMatchObject({ state: 'WAITING', owner: null });
    await story.look(33);
    story.turnTo(30);
    for (const one of [id, waiting]) {
      expect(await story.show(one)).toMatchObject({ state: 'OPEN', owner: null });
      expect((await story.change(one, { act: 'START' })).exceptions).toMatchObject([
        { state: 'IN_PROGRESS', owner: { displayName: 'Test analyst' } },
      ]);
    }
  });

  it('refuses what the state does not know, and does nothing', async () => {
    const id = await story.fail('S-2');
    await story.change(id, { act: 'RESOLVE', resolve: { resolution: 'SOURCE_FIXED' }, comment: 'mended' });
    const { version } = await story.show(id);
    for (const input of [
      { act: 'START' },
      { act: 'PUT_BACK' },
      { act: 'WAIT', wait: { reason: 'bank', until: at(60).toISOString() } },
      { act: 'RESOLVE', resolve: { resolution: 'SOURCE_FIXED' } },
    ]) {
      expect(await story.change(id, input)).toMatchObject({
        code: 'NOT_POSSIBLE_NOW',
        current: { id, state: 'RESOLVED', version },
      });
    }
  });

  it('refuses what was changed since it was seen, and says who did what', async () => {
    const id = await story.fail('S-3');
    const { version } = await story.show(id);
    await story.change(id, { act: 'START' }, { by: story.people.approver });
    const answer = await story.change(id, { act: 'PUT_BACK' }, { version });
    expect(answer).toMatchObject({ code: 'STALE_VERSION', current: { state: 'IN_PROGRESS', version: version + 1 } });
    expect(answer.message).toBe(
      'Test approver changed S-3 since you looked at it: it is in progress now. Nothing was done.',
    );
  });

  it('lets one of two who act at once win', async () => {
    const id = await story.fail('S-4');
    const { version } = await story.show(id);
    const [first, second] = await Promise.all([
      story.change(id, { act: 'START' }, { version }),
      story.change(
        id,
        { act: 'RESOLVE', resolve: { resolution: 'SOURCE_FIXED' } },
        { version, by: story.people.approver },
      ),
    ]);
    const outcomes = [first, second].map((answer) => answer?.code ?? 'changed').sort();
    expect(outcomes).toEqual(['STALE_VERSION', 'changed']);
    expect((await story.show(id)).version).toBe(version + 1);
  });

  it('changes several or none', async () => {
    const [one, other] = [await story.fail('S-5'), await story.fail('S-6')];
    await story.change(other, { act: 'RESOLVE', resolve: { resolution: 'SOURCE_FIXED' } });
    const exceptions = [await story.show(one), await story.show(other)].map(({ id, version }) => ({ id, version }));
    expect(await story.change(one, { act: 'START', exceptions })).toMatchObject({ code: 'NOT_POSSIBLE_NOW' });
    expect(await story.show(one)).toMatchObject({ state: 'OPEN' });
  });

  it.each<[string, Record<string, unknown>]>([
    ['a wait without terms', { act: 'WAIT' }],
    ['a wait for nothing', { act: 'WAIT', wait: { reason: 'bank', ...UNTIL_EXPIRY } }],
    ['a reason that is not declared', { act: 'WAIT', wait: { reason: 'whim', until: at(60).toISOString() } }],
    ['a time that is over', { act: 'WAIT', wait: { reason: 'bank', until: at(1).toISOString() } }],
    [
      'a predicate without an end',
      { act: 'WAIT', wait: { reason: 'bank', predicate: { kind: 'OBJECT_KNOWN', objectType: 'invoice', key: 'I' } } },
    ],
    [
      'half a predicate',
      {
        act: 'WAIT',
        wait: { reason: 'bank', predicate: { kind: 'POSTING_PERIOD_OPEN', period: '2026-10' }, ...UNTIL_EXPIRY },
      },
    ],
    ['a resolution of the facts', { act: 'RESOLVE', resolve: { resolution: 'VANISHED' } }],
    ['posted by hand without the document', { act: 'RESOLVE', resolve: { resolution: 'POSTED_BY_HAND' } }],
    ['a duplicate of nothing', { act: 'MARK_DUPLICATE' }],
  ])('refuses as invalid: %s', async (_name, input) => {
    const id = '00000000-0000-4000-8000-000000000001';
    await expect(story.change(id, input, { version: 1 })).rejects.toThrow('INVALID_INPUT');
  });

  it('is for those who work on exceptions', async () => {
    const id = await story.fail('S-7');
    await expect(story.change(id, { act: 'START' }, { by: story.people.treasurer })).rejects.toThrow('FORBIDDEN');
  });
});

describe('correcting by hand', () => {
  it('stays unverified until the lineage shows the document', async () => {
    const id = await story.fail('H-1');
    const resolve = { resolution: 'POSTED_BY_HAND', documentType: 'journal-entry', documentKey: 'JE-77' };
    await story.change(id, { act: 'RESOLVE', resolve, comment: 'by hand' });
    await story.look(40);
    expect(await story.show(id)).toMatchObject({
      state: 'RESOLVED',
      resolution: 'POSTED_BY_HAND',
      handPosting: { documentKey: 'JE-77', verifiedAt: null, object: null },
    });
    const { database, tenantId } = story.api.test;
    const entry = storyObject('journal-entry', 'JE-77');
    await tell(database, tenantId, (facts) => facts.object(entry));
    await story.look(40);
    // of before the failure: an entry of the same number, not the one that corrects it
    expect((await story.show(id)).handPosting).toMatchObject({ verifiedAt: null });
    await database.withTenant(tenantId, (tx) =>
      tx.query('update business_object set first_occurred_at = $3 where tenant_id = $1 and object_id = $2', [
        tenantId,
        entry.objectId,
        at(35),
      ]),
    );
    await story.look(41);
    await story.look(42);
    const shown = await story.show(id);
    expect(shown.handPosting).toMatchObject({ verifiedAt: at(41).toISOString(), object: { key: 'JE-77' } });
    expect(shown.events.map(({ kind, actorName }) => `${kind} ${actorName}`)).toEqual([
      'opened Throughline',
      'resolved Test analyst',
      'hand-posting-verified Throughline',
    ]);
  });

  it('is not verified by the document that was wrong', async () => {
    const id = await story.fail('H-2');
    const resolve = { resolution: 'POSTED_BY_HAND', documentType: 'sales-order', documentKey: 'H-2' };
    await story.change(id, { act: 'RESOLVE', resolve, comment: 'by hand' });
    const { database, tenantId } = story.api.test;
    await database.withTenant(tenantId, (tx) =>
      tx.query('update business_object set first_occurred_at = $3 where tenant_id = $1 and object_id = $2', [
        tenantId,
        storyObject('sales-order', 'H-2').objectId,
        at(35),
      ]),
    );
    await story.look(43);
    expect((await story.show(id)).handPosting).toMatchObject({ verifiedAt: null });
  });
});

describe('calling it a duplicate', () => {
  it('closes it, keeps it closed while nothing fails, and opens it with the next failure', async () => {
    const [id, of] = [await story.fail('D-1'), await story.fail('D-2')];
    expect(await story.change(id, { act: 'MARK_DUPLICATE', duplicateOf: of })).toMatchObject({
      exceptions: [{ state: 'DUPLICATE', duplicateOf: { id: of } }],
    });
    await story.reconcile(storyObject('sales-order', 'D-1'));
    expect(await story.show(id)).toMatchObject({ state: 'DUPLICATE', actions: ['note'] });
    story.turnTo(60);
    await story.fail('D-1', '500.00', { last: 55, occurrences: 2 });
    expect(await story.show(id)).toMatchObject({ state: 'OPEN', duplicateOf: null });
  });

  it('refuses itself, and what is a duplicate', async () => {
    const [one, other, third] = [await story.fail('D-3'), await story.fail('D-4'), await story.fail('D-5')];
    expect(await story.change(one, { act: 'MARK_DUPLICATE', duplicateOf: one })).toMatchObject({
      code: 'NO_DUPLICATE',
    });
    await story.change(other, { act: 'MARK_DUPLICATE', duplicateOf: third });
    expect(await story.change(one, { act: 'MARK_DUPLICATE', duplicateOf: other })).toMatchObject({
      code: 'NO_DUPLICATE',
      current: { id: other },
    });
    await story.change(third, { act: 'RESOLVE', resolve: { resolution: 'SOURCE_FIXED' }, comment: 'mended' });
    expect(await story.change(one, { act: 'MARK_DUPLICATE', duplicateOf: third })).toMatchObject({
      code: 'NO_DUPLICATE',
      message: 'D-5 is closed: nobody works on it, so nothing goes on there.',
    });
  });
});

describe('what comes before', () => {
  it('is shown where it is stuck too, with the one to begin with, until it goes on', async () => {
    const order = (key: string) => storyObject('sales-order', key);
    const first = await story.fail('P-1');
    const third = await story.fail('P-3');
    const fourth = await story.fail('P-4');
    await tell(story.api.test.database, story.api.test.tenantId, async (facts) => {
      await facts.object(order('P-2'));
      await facts.link(order('P-1'), order('P-2'), 'continues', null, 5);
      await facts.link(order('P-2'), order('P-3'), 'continues', null, 5);
      await facts.link(order('P-3'), order('P-4'), 'continues', null, 5);
    });
    const shown = async () =>
      (
        await story.people.analyst.ask<{
          exception: { predecessors: { steps: number; isRoot: boolean; exception: { id: string } }[] };
        }>(`query ($id: ID!) { exception(id: $id) { predecessors { steps isRoot exception { id } } } }`, {
          id: fourth,
        })
      ).exception.predecessors;
    expect(await shown()).toEqual([
      { steps: 1, isRoot: false, exception: { id: third } },
      { steps: 3, isRoot: true, exception: { id: first } },
    ]);
    await story.change(first, { act: 'RESOLVE', resolve: { resolution: 'SOURCE_FIXED' } });
    expect(await shown()).toEqual([{ steps: 1, isRoot: true, exception: { id: third } }]);
  });
});
