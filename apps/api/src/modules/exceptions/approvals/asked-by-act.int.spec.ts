import { connected } from '@throughline/persistence/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Client } from '../../../testing/api-harness.js';
import { at } from '../../../testing/story-facts.js';
import { createBulkActStage } from '../bulk/bulk-act-stage.js';
import { selectionHash } from '../bulk/domain/selection-hash.js';
import { workBulkAct } from '../bulk/work-bulk-act.js';
import { createExceptionDeadlinesStage } from '../exception-deadlines-stage.js';
import { copyExceptions } from '../testing/copy-exceptions.js';
import { LifeStory } from '../testing/life-story.js';

type Seen = { count: number; hash: string; asOf: string };
type Act = { id: string; state: string; done: number; words: string; outcomes: { outcome: string; count: number }[] };
type Waiting = Seen & {
  expiresAt: string;
  unknown: number;
  sums: object[];
  groups: { title: string; count: number }[];
  groupCount: number;
};
type Asked = {
  id: string;
  comment: string;
  reason: { title: string };
  makerName: string;
  isAsking: boolean;
  canDecide: boolean;
  canWithdraw: boolean;
  waiting: Waiting | null;
  decision: Act | null;
  items: { totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string }; edges: { node: Item }[] };
};
type Item = { exceptionId?: string; state: string; exception: { id: string } };
type Entry = {
  id: string;
  acceptance: { state: string } | null;
  asked: { id: string; waiting: { count: number } | null } | null;
  decision: Act | null;
};
type Answer = { bulkAct?: Act; code?: string; message?: string; currentCount?: number | null };

const ACT = 'id state done words outcomes { outcome count }';
const ASKED = `query ($id: ID!, $first: Int, $after: String) { acceptanceEntry(id: $id) { asked {
  id comment reason { title } makerName isAsking canDecide canWithdraw decision { ${ACT} }
  waiting { count hash asOf expiresAt unknown sums { legalEntity currency inflow outflow count } groups { title count } groupCount }
  items(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
    edges { node { state exception { id } } } } } } }`;
const ENTRIES = `query ($pending: Boolean, $first: Int, $after: String) {
  acceptanceEntries(pending: $pending, first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
    edges { node { id acceptance { state } asked { id waiting { count } } decision { ${ACT} } } } } }`;
const RESULT = `{ ... on BulkActAccepted { bulkAct { ${ACT} } } ... on BulkActFailure { code message currentCount } }`;
const DECISIONS = {
  approve: `mutation ($id: ID!, $seen: SeenAsked!) { approveAskedByAct(id: $id, seen: $seen, comment: "Agreed") ${RESULT} }`,
  reject: `mutation ($id: ID!, $seen: SeenAsked!) { rejectAskedByAct(id: $id, seen: $seen, reason: "Pursue them") ${RESULT} }`,
  withdraw: `mutation ($id: ID!, $seen: SeenAsked!) { withdrawAskedByAct(id: $id, seen: $seen) ${RESULT} }`,
} as const;
const SUBMIT = `mutation ($selection: BulkSelection!, $act: BulkActInput!) {
  submitBulkAct(selection: $selection, act: $act, acceptChanged: true) ${RESULT} }`;
const STEER = `mutation ($id: ID!) { cancelBulkAct(id: $id) ${RESULT} }`;

let story: LifeStory;
let number = 0;

beforeAll(async () => {
  story = await LifeStory.start();
});

afterAll(() => story.api.close());

beforeEach(async () => {
  story.turnTo(30);
  const { ownerUrl, tenantId } = story.api.test;
  await connected(ownerUrl, async (client) => {
    for (const table of ['problem', 'exception', 'exception_acceptance', 'bulk_act', 'person_notification'])
      await client.query(`delete from ${table} where tenant_id = $1`, [tenantId]);
  });
});

function sql<T>(text: string, parameters: unknown[] = []): Promise<T[]> {
  const { database, tenantId } = story.api.test;
  return database.withTenant(tenantId, (tx) => tx.query<T>(text, [tenantId, ...parameters]));
}

/** An order that fails with so much money. */
async function fail(amount: string): Promise<string> {
  return story.fail(`M-${(number += 1)}`, amount);
}

/** What the worker does until there is nothing left. */
async function work(): Promise<void> {
  const { database, tenantId } = story.api.test;
  const stage = createBulkActStage({ database, clock: () => at(41), log: { error: () => undefined } });
  while (await stage.run(tenantId));
}

async function batch(most: number, isCut = false): Promise<void> {
  const { database, tenantId } = story.api.test;
  await database.withTenant(tenantId, async (tx) => {
    await workBulkAct(tx, { now: at(41), most });
    if (isCut) throw new Error('killed');
  });
}

/** One bulk act that asks to close all that is open, by an analyst. */
async function submit(by: Client = story.people.analyst): Promise<string> {
  const act = { kind: 'ACCEPT', acceptReason: 'immaterial', reason: 'Not worth it' };
  const answer = await by.ask<{ submitBulkAct: Answer }>(SUBMIT, { selection: { filter: { states: ['OPEN'] } }, act });
  return answer.submitBulkAct.bulkAct?.id ?? '';
}

async function askAll(by?: Client): Promise<string> {
  const id = await submit(by);
  await work();
  story.turnTo(41);
  return id;
}

async function show(id: string, by: Client = story.people.approver, page: object = {}): Promise<Asked> {
  return (await by.ask<{ acceptanceEntry: { asked: Asked } }>(ASKED, { id, ...page })).acceptanceEntry.asked;
}

async function see(id: string): Promise<Seen> {
  const { waiting } = await show(id);
  return {
    count: waiting?.count ?? 0,
    hash: waiting?.hash ?? '0'.repeat(64),
    asOf: waiting?.asOf ?? at(30).toISOString(),
  };
}

async function decide(how: keyof typeof DECISIONS, id: string, by: Client, seen?: Seen): Promise<Answer> {
  const answer = await by.ask<Record<string, Answer>>(DECISIONS[how], { id, seen: seen ?? (await see(id)) });
  return answer[`${how}AskedByAct`]!;
}

async function entries(isPending: boolean, page: object = {}) {
  type List = { totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string }; edges: { node: Entry }[] };
  const variables = { pending: isPending, ...page };
  return (await story.people.approver.ask<{ acceptanceEntries: List }>(ENTRIES, variables)).acceptanceEntries;
}

async function statesOf(ids: readonly string[]): Promise<string[]> {
  const rows = await sql<{ id: string; state: string }>(
    `select exception_id as id, state from exception where tenant_id = $1`,
  );
  return ids.map((id) => rows.find((row) => row.id === id)?.state ?? 'gone');
}

function audits(action: string, of: string): Promise<{ details: Record<string, unknown> }[]> {
  return sql(
    `select details from audit_record where tenant_id = $1 and action = $2 and (subject_id = $3 or details->>'bulkActId' = $3)`,
    [action, of],
  );
}

describe('what one act asked for', () => {
  it('is one entry beside single ones, with what it comes to, and page by page what is in it', async () => {
    const alone = await fail('5000.00');
    await story.accept(alone);
    story.turnTo(31);
    const ids = [await fail('2000.00'), await fail('3000.50'), await fail('4000.00')].sort();
    const id = await askAll();
    const { edges, totalCount } = await entries(true);
    expect(totalCount).toBe(2);
    expect(edges.map(({ node }) => [node.acceptance?.state, node.asked?.waiting?.count])).toEqual([
      ['pending', undefined],
      [undefined, 3],
    ]);
    const first = await entries(true, { first: 1 });
    expect(first.pageInfo.hasNextPage).toBe(true);
    expect((await entries(true, { first: 1, after: first.pageInfo.endCursor })).edges[0]?.node.id).toBe(id);
    const asked = await show(id, story.people.approver, { first: 2 });
    expect(asked).toMatchObject({
      ...{ comment: 'Not worth it', makerName: 'Test analyst', isAsking: false, decision: null },
      ...{ canDecide: true, canWithdraw: false },
      waiting: {
        ...{ count: 3, hash: selectionHash(ids), unknown: 0, groupCount: 1 },
        expiresAt: new Date(at(41).getTime() + 72 * 3_600_000).toISOString(),
        sums: [{ legalEntity: 'DE01', currency: 'EUR', inflow: '9000.50', outflow: '0.00', count: 3 }],
        groups: [{ count: 3 }],
      },
      items: { totalCount: 3, pageInfo: { hasNextPage: true } },
    });
    const { endCursor } = asked.items.pageInfo;
    const second = await show(id, story.people.approver, { first: 2, after: endCursor });
    const shown = [...asked.items.edges, ...second.items.edges].map(({ node }) => node.exception.id);
    expect(shown).toEqual(ids);
    expect(await show(id, story.people.analyst)).toMatchObject({ canDecide: false, canWithdraw: true });
  });

  it('is approved as one, each of it as by itself, and told to its maker once', async () => {
    const ids = [await fail('2000.00'), await fail('3000.00')];
    const id = await askAll();
    const seen = await see(id);
    const { bulkAct } = await decide('approve', id, story.people.approver, seen);
    expect(bulkAct).toMatchObject({
      state: 'DONE',
      words: 'Approve closing without correction',
      outcomes: [{ outcome: 'DONE', count: 2 }],
    });
    expect(await statesOf(ids)).toEqual(['ACCEPTED', 'ACCEPTED']);
    expect((await story.show(ids[0]!)).events.at(-1)).toMatchObject({
      kind: 'accepted',
      actorName: 'Test approver',
      details: { decisionReason: 'Agreed', makerName: 'Test analyst', bulkActId: bulkAct?.id },
    });
    const [record, ...more] = await audits('acceptances.approved', id);
    expect(more).toEqual([]);
    expect(record?.details).toMatchObject({ hash: seen.hash, count: 2, reason: 'Agreed', decisionId: bulkAct?.id });
    expect(await audits('exception.accepted', bulkAct?.id ?? '')).toHaveLength(2);
    expect(await noticesOf('analyst')).toEqual([{ kind: 'approval-decided', count: 2 }]);
    expect((await entries(true)).edges).toEqual([]);
    expect((await entries(false)).edges.map(({ node }) => node.decision?.id)).toEqual([bulkAct?.id]);
  });

  it('is refused with a reason, and withdrawn by its maker alone', async () => {
    const ids = [await fail('2000.00'), await fail('3000.00')];
    const id = await askAll();
    expect(await decide('withdraw', id, story.people.approver)).toMatchObject({
      code: 'MAKER_MAY_NOT_DECIDE',
      message: 'Only Test analyst can withdraw it.',
    });
    expect((await decide('reject', id, story.people.controller)).bulkAct?.state).toBe('DONE');
    expect(await statesOf(ids)).toEqual(['OPEN', 'OPEN']);
    expect((await story.show(ids[0]!)).events.at(-1)).toMatchObject({
      kind: 'acceptance-rejected',
      details: { decisionReason: 'Pursue them' },
    });
    const again = await askAll();
    expect((await decide('withdraw', again, story.people.analyst)).bulkAct).toMatchObject({
      state: 'DONE',
      outcomes: [{ outcome: 'DONE', count: 2 }],
    });
    expect(await statesOf(ids)).toEqual(['OPEN', 'OPEN']);
    expect(await audits('acceptances.withdrawn', again)).toHaveLength(1);
  });

  it('is never decided by its maker, nor without the right to, nor under a name that asked for nothing', async () => {
    await fail('2000.00');
    const id = await askAll(story.people.approver);
    expect(await decide('approve', id, story.people.approver)).toMatchObject({ code: 'MAKER_MAY_NOT_DECIDE' });
    await expect(decide('approve', id, story.people.treasurer)).rejects.toThrow('FORBIDDEN');
    const nothing = '00000000-0000-4000-8000-000000000000';
    expect(await decide('approve', nothing, story.people.controller, await see(id))).toMatchObject({
      code: 'NOT_FOUND',
    });
    const bad = { ...(await see(id)), hash: 'x' };
    await expect(decide('approve', id, story.people.controller, bad)).rejects.toThrow('seen.hash');
    expect(
      (await story.people.analyst.send(SUBMIT, { selection: { filter: {} }, act: { kind: 'APPROVE_ACCEPTANCES' } }))
        .errors?.[0]?.message,
    ).toContain('act.kind');
  });

  it('is not decided while more of it is asked for', async () => {
    await fail('2000.00');
    await fail('3000.00');
    const id = await submit();
    await batch(1);
    expect(await show(id)).toMatchObject({ isAsking: true, canDecide: false, waiting: { count: 1 } });
    expect(await decide('approve', id, story.people.approver)).toMatchObject({
      code: 'STILL_ASKED',
      message: 'It is still being asked for: 1 of 2 are looked at so far.',
    });
  });
});

async function noticesOf(role: string): Promise<object[]> {
  return sql(
    `select n.kind, n.subjects as count from person_notification n join person p on p.tenant_id = $1 and p.person_id = n.person_id
     where n.tenant_id = $1 and p.email = $2 and n.kind = 'approval-decided' order by n.subjects`,
    [`${role}@test.example`],
  );
}

describe('a decision on many', () => {
  it('is made once, whoever decides at the same time', async () => {
    const ids = [await fail('2000.00'), await fail('3000.00'), await fail('4000.00')];
    const id = await askAll();
    const seen = await see(id);
    const answers = await Promise.all([
      decide('approve', id, story.people.approver, seen),
      decide('reject', id, story.people.controller, seen),
    ]);
    expect(answers.map(({ code }) => code ?? 'decided').sort()).toEqual(['NOT_PENDING', 'decided']);
    expect(answers.find(({ code }) => code)?.message).toMatch(
      /^You were shown 3, and 0 wait now: 3 were (approved by Test approver|rejected by Test controller)\. Nothing was done/,
    );
    expect(new Set(await statesOf(ids)).size).toBe(1);
  });

  it('says what changed since it was seen, and does nothing', async () => {
    const ids = [await fail('2000.00'), await fail('3000.00'), await fail('4000.00')];
    const id = await askAll();
    const seen = await see(id);
    story.turnTo(42);
    const [acceptance] = await sql<{ id: string }>(
      `select acceptance_id as id from exception_acceptance where tenant_id = $1 and exception_id = $2`,
      [ids[0]],
    );
    await story.decide('rejectAcceptance', acceptance?.id ?? '', story.people.controller);
    await sql(`update exception set state = 'RESOLVED' where tenant_id = $1 and exception_id = $2`, [ids[1]]);
    expect(await decide('approve', id, story.people.approver, seen)).toMatchObject({
      code: 'SELECTION_CHANGED',
      currentCount: 1,
      message:
        'You were shown 3, and 1 waits now: 1 was rejected by Test controller, 1 went another way. Nothing was done: look again.',
    });
    expect(await statesOf(ids)).toEqual(['OPEN', 'RESOLVED', 'PENDING_APPROVAL']);
    expect(await audits('acceptances.approved', id)).toEqual([]);
    // what was decided by itself is told by itself
    expect((await entries(false)).edges.map(({ node }) => node.acceptance?.state)).toContain('rejected');
  });

  it('leaves waiting what is above the limit of who approves, which is told, and another one decides on that', async () => {
    const ids = [await fail('600000.00'), await fail('600000.00'), await fail('300000.00')].sort();
    const id = await askAll();
    const { bulkAct } = await decide('approve', id, story.people.approver);
    expect(bulkAct).toMatchObject({ state: 'DONE' });
    const states = await statesOf(ids);
    expect(states.toSorted()).toEqual(['ACCEPTED', 'ACCEPTED', 'PENDING_APPROVAL']);
    const left = ids[states.indexOf('PENDING_APPROVAL')]!;
    expect((await story.show(left)).events.at(-1)).toMatchObject({
      kind: 'acceptance-left',
      details: { code: 'ABOVE_LIMIT', why: expect.stringContaining('above the limit of EUR 1000000.00') },
    });
    expect(await show(id)).toMatchObject({
      canDecide: true,
      waiting: { count: 1 },
      decision: { outcomes: expect.arrayContaining([{ outcome: 'ABOVE_LIMIT', count: 1 }]) },
    });
    // by itself it is above the same limit
    const [acceptance] = await sql<{ id: string }>(
      `select acceptance_id as id from exception_acceptance where tenant_id = $1 and exception_id = $2`,
      [left],
    );
    expect(await story.decide('approveAcceptance', acceptance?.id ?? '', story.people.approver)).toMatchObject({
      code: 'ABOVE_LIMIT',
    });
    expect((await decide('approve', id, story.people.controller)).bulkAct?.outcomes).toEqual([
      { outcome: 'DONE', count: 1 },
    ]);
    expect(await statesOf(ids)).toEqual(['ACCEPTED', 'ACCEPTED', 'ACCEPTED']);
  });

  it('leaves waiting what is no longer what was asked for, or lies where that is not done', async () => {
    const keys = [`M-${number + 1}`];
    const changed = await fail('2000.00');
    const moved = await fail('3000.00');
    const fine = await fail('4000.00');
    const id = await askAll();
    story.turnTo(42);
    await story.fail(keys[0]!, '9000.00', { last: 34, occurrences: 2 });
    await story.people.analyst.ask(
      'mutation ($id: ID!) { moveToQueue(ids: [$id], queue: "tax", reason: "x") { __typename } }',
      { id: moved },
    );
    const { bulkAct } = await decide('approve', id, story.people.approver);
    expect(bulkAct?.outcomes.toSorted((a, b) => a.outcome.localeCompare(b.outcome))).toEqual([
      { outcome: 'CHANGED', count: 1 },
      { outcome: 'DONE', count: 1 },
      { outcome: 'NOT_OF_QUEUE', count: 1 },
    ]);
    expect(await statesOf([changed, moved, fine])).toEqual(['PENDING_APPROVAL', 'PENDING_APPROVAL', 'ACCEPTED']);
    // that it does not go so can be said of all of it
    expect((await decide('reject', id, story.people.approver)).bulkAct?.outcomes).toEqual([
      { outcome: 'DONE', count: 2 },
    ]);
    expect(await statesOf([changed, moved])).toEqual(['OPEN', 'OPEN']);
  });

  it('goes back to its maker when nobody decides in time', async () => {
    const ids = [await fail('2000.00'), await fail('3000.00')];
    const id = await askAll();
    const { database, tenantId } = story.api.test;
    const later = (hours: number) => new Date(at(41).getTime() + hours * 3_600_000);
    await createExceptionDeadlinesStage(database, () => later(71)).run(tenantId);
    expect(await statesOf(ids)).toEqual(['PENDING_APPROVAL', 'PENDING_APPROVAL']);
    await createExceptionDeadlinesStage(database, () => later(72)).run(tenantId);
    expect(await statesOf(ids)).toEqual(['OPEN', 'OPEN']);
    expect((await show(id)).waiting).toBeNull();
    expect((await story.show(ids[0]!)).events.at(-1)).toMatchObject({ kind: 'acceptance-expired' });
    expect(await noticesOf('analyst')).toEqual([{ kind: 'approval-decided', count: 2 }]);
  });
});

describe('a decision on very many', () => {
  const MANY = 250;

  async function askMany(): Promise<string> {
    const one = await fail('2000.00');
    const { database, tenantId } = story.api.test;
    await database.withTenant(tenantId, (tx) => copyExceptions(tx, one, MANY - 1, {}));
    const id = await askAll();
    expect((await show(id)).waiting?.count).toBe(MANY);
    return id;
  }

  const counts = () =>
    sql<{ state: string; count: number }>(
      `select state, count(*)::int as count from exception where tenant_id = $1 group by state order by state`,
    );

  it('is carried out batch by batch wherever a worker is killed, and told once', async () => {
    const id = await askMany();
    const { bulkAct } = await decide('approve', id, story.people.controller);
    expect(bulkAct).toMatchObject({ state: 'FROZEN', done: 0 });
    expect(await show(id)).toMatchObject({ canDecide: false, decision: { id: bulkAct?.id, done: 0 } });
    expect(await decide('reject', id, story.people.approver)).toMatchObject({
      code: 'BEING_DECIDED',
      message: 'Test controller decided on it, which is being carried out: Approve closing without correction.',
    });
    await batch(100);
    await expect(batch(100, true)).rejects.toThrow('killed');
    expect(await counts()).toEqual([
      { state: 'ACCEPTED', count: 100 },
      { state: 'PENDING_APPROVAL', count: 150 },
    ]);
    expect((await show(id)).decision).toMatchObject({ state: 'RUNNING', done: 100 });
    // somebody decides on one that the worker has not reached
    const [last] = await sql<{ id: string }>(
      `select acceptance_id as id from exception_acceptance where tenant_id = $1 and state = 'pending' order by exception_id desc limit 1`,
    );
    expect(await story.decide('rejectAcceptance', last?.id ?? '', story.people.approver)).not.toHaveProperty('code');
    await work();
    expect(await counts()).toEqual([
      { state: 'ACCEPTED', count: MANY - 1 },
      { state: 'OPEN', count: 1 },
    ]);
    expect((await show(id)).decision).toMatchObject({
      state: 'DONE',
      outcomes: [
        { outcome: 'DONE', count: MANY - 1 },
        { outcome: 'DECIDED_OTHERWISE', count: 1 },
      ],
    });
    expect(await noticesOf('analyst')).toEqual([
      { kind: 'approval-decided', count: 1 },
      { kind: 'approval-decided', count: MANY - 1 },
    ]);
    expect(await audits('acceptances.approved', id)).toHaveLength(1);
  });

  it('is told to stop by who made it alone; what it had done stays done, and the rest can be decided', async () => {
    const id = await askMany();
    const { bulkAct } = await decide('reject', id, story.people.controller);
    await batch(100);
    const cancel = async (by: Client) =>
      (await by.ask<{ cancelBulkAct: Answer }>(STEER, { id: bulkAct?.id })).cancelBulkAct;
    expect(await cancel(story.people.analyst)).toMatchObject({ code: 'NOT_ALLOWED' });
    expect((await cancel(story.people.controller)).bulkAct).toMatchObject({ state: 'CANCELLED', done: 100 });
    expect(await show(id)).toMatchObject({ canDecide: true, waiting: { count: 150 } });
    await decide('withdraw', id, story.people.analyst);
    expect((await decide('approve', id, story.people.approver)).code).toBe('NOT_PENDING');
  });
});
