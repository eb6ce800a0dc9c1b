import { randomUUID } from 'node:crypto';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { connected } from '@throughline/persistence/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { at } from '../../../testing/story-facts.js';
import { LifeStory, type Shown } from '../testing/life-story.js';
import { createBulkActStage } from './bulk-act-stage.js';
import { selectionHash } from './domain/selection-hash.js';
import { workBulkAct } from './work-bulk-act.js';

type Outcome = { outcome: string; count: number };
type BulkAct = {
  id: string;
  state: string;
  stateNote: string | null;
  count: number;
  hash: string;
  done: number;
  words: string;
  selectionWords: string;
  amounts: { currency: string; inflow: string; count: number }[];
  outcomes: Outcome[];
  acts: string[];
};
type Failure = {
  code: string;
  message: string;
  previewedCount: number | null;
  currentCount: number | null;
  previewedHash: string | null;
  currentHash: string | null;
};
type Result = Partial<Failure> & { bulkAct?: BulkAct };
type Preview = Partial<Failure> & {
  count: number;
  hash: string;
  amounts: unknown[];
  forecast: Outcome[];
  selectionWords: string;
};

const FAILURE = '... on BulkActFailure { code message previewedCount currentCount previewedHash currentHash }';
const BULK_ACT = `id state stateNote count hash done words selectionWords amounts { currency inflow count }
  outcomes { outcome count } acts`;
const RESULT = `{ ... on BulkActAccepted { bulkAct { ${BULK_ACT} } } ${FAILURE} }`;
const PREVIEW = `query ($selection: BulkSelection!, $act: BulkActInput!) { previewBulkAct(selection: $selection, act: $act) {
  ... on BulkActPreview { count hash amounts { currency inflow count } forecast { outcome count } selectionWords } ${FAILURE} } }`;
const SUBMIT = `mutation ($selection: BulkSelection!, $act: BulkActInput!, $previewed: BulkPreviewed, $acceptChanged: Boolean) {
  submitBulkAct(selection: $selection, act: $act, previewed: $previewed, acceptChanged: $acceptChanged) ${RESULT} }`;
const ITEMS = `query ($id: ID!, $outcome: BulkOutcome, $first: Int, $after: String) {
  bulkActItems(id: $id, outcome: $outcome, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { node { exceptionId outcome detail exception { state } } } } }`;

type Items = {
  bulkActItems: {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string };
    edges: { node: { exceptionId: string; outcome: string; detail: string | null } }[];
  };
};

const OPEN = { filter: { states: ['OPEN'] } };
const NOTE = { kind: 'NOTE', reason: 'Master data knows' };

let story: LifeStory;
let number = 0;

beforeAll(async () => {
  story = await LifeStory.start();
});

afterAll(() => story.api.close());

beforeEach(async () => {
  await story.api.test.database.withTenant(story.api.test.tenantId, async (tx) => {
    for (const table of ['problem', 'exception'])
      await tx.query(`delete from ${table} where tenant_id = $1`, [tx.tenantId]);
  });
});

/** So many orders that fail; ids of their exceptions in their order. */
async function fail(count: number, amount = '500.00'): Promise<string[]> {
  const ids: string[] = [];
  for (let made = 0; made < count; made += 1) ids.push(await story.fail(`O-${(number += 1)}`, amount));
  return ids.sort();
}

async function preview(act: object, selection: object = OPEN): Promise<Preview> {
  return (await story.people.analyst.ask<{ previewBulkAct: Preview }>(PREVIEW, { selection, act })).previewBulkAct;
}

async function submit(act: object, over: Record<string, unknown> = {}): Promise<Result> {
  const variables = { selection: OPEN, act, acceptChanged: over['previewed'] === undefined, ...over };
  return (await story.people.analyst.ask<{ submitBulkAct: Result }>(SUBMIT, variables)).submitBulkAct;
}

async function submitted(act: object, over: Record<string, unknown> = {}): Promise<BulkAct> {
  const { bulkAct, code, message } = await submit(act, over);
  if (bulkAct === undefined) throw new Error(`it was refused: ${code} ${message}`);
  return bulkAct;
}

async function steer(steering: 'pause' | 'resume' | 'cancel', id: string): Promise<Result> {
  const name = `${steering}BulkAct`;
  return (
    await story.people.analyst.ask<Record<string, Result>>(`mutation ($id: ID!) { ${name}(id: $id) ${RESULT} }`, { id })
  )[name]!;
}

async function shown(id: string): Promise<BulkAct> {
  return (
    await story.people.analyst.ask<{ bulkAct: BulkAct }>(`query ($id: ID!) { bulkAct(id: $id) { ${BULK_ACT} } }`, {
      id,
    })
  ).bulkAct;
}

async function outcomes(id: string): Promise<Record<string, string>> {
  const { bulkActItems } = await story.people.analyst.ask<Items>(ITEMS, { id });
  return Object.fromEntries(bulkActItems.edges.map(({ node }) => [node.exceptionId, node.outcome]));
}

/** What the worker does until there is nothing left. */
async function work(): Promise<void> {
  const stage = createBulkActStage({
    database: story.api.test.database,
    clock: () => at(40),
    log: { error: () => undefined },
  });
  while (await stage.run(story.api.test.tenantId));
}

/** One batch of two; `crash` = the program dies before it is committed. */
async function batch(crash = false): Promise<void> {
  await story.api.test.database.withTenant(story.api.test.tenantId, async (tx) => {
    await workBulkAct(tx, { now: at(40), most: 2 });
    if (crash) throw new Error('crash');
  });
}

async function noted(ids: readonly string[]): Promise<number[]> {
  const all = await Promise.all(ids.map((id) => story.show(id)));
  return all.map(({ events }) => events.filter(({ kind }) => kind === 'commented').length);
}

async function audits(action: string): Promise<Record<string, unknown>[]> {
  return story.api.test.database.withTenant(story.api.test.tenantId, async (tx) => {
    const rows = await tx.query<{ details: Record<string, unknown> }>(
      'select details from audit_record where tenant_id = $1 and action = $2 order by at',
      [tx.tenantId, action],
    );
    return rows.map(({ details }) => details);
  });
}

describe('a bulk act', () => {
  it('is previewed, frozen as it was previewed, done, and told for each exception', async () => {
    const ids = await fail(3);
    const plan = await preview({ kind: 'MOVE', queue: 'tax' });
    expect(plan).toEqual({
      count: 3,
      hash: selectionHash(ids),
      amounts: [{ currency: 'EUR', inflow: '1500.00', count: 3 }],
      forecast: [{ outcome: 'DONE', count: 3 }],
      selectionWords: 'states open',
    });
    const previewed = { hash: plan.hash, count: 3 };
    const frozen = await submitted({ kind: 'MOVE', queue: 'tax', reason: 'They are tax' }, { previewed });
    expect(frozen).toMatchObject({
      state: 'FROZEN',
      hash: plan.hash,
      count: 3,
      done: 0,
      words: 'Move to Tax',
      acts: ['pause', 'cancel'],
    });
    expect(await preview(NOTE, { filter: { text: 'O-', snoozed: false } })).toMatchObject({
      count: 3,
      hash: plan.hash,
    });
    // what opens now is not of the selection
    const [later] = await fail(1);
    await work();
    expect(await shown(frozen.id)).toMatchObject({
      state: 'DONE',
      done: 3,
      outcomes: [{ outcome: 'DONE', count: 3 }],
      acts: [],
    });
    const one = await story.show(ids[0]!);
    expect(one.events.at(-1)).toMatchObject({
      kind: 'moved',
      actorName: 'Test analyst',
      details: { to: 'tax', reason: 'They are tax', bulkActId: frozen.id },
    });
    expect((await story.show(later!)).events.map(({ kind }) => kind)).toEqual(['opened']);
    expect((await audits('bulk-act.submitted')).at(-1)).toMatchObject({ kind: 'MOVE', hash: plan.hash, count: 3 });
    expect((await audits('bulk-act.finished')).at(-1)).toMatchObject({ hash: plan.hash, outcomes: { DONE: 3 } });
    expect((await audits('exception.moved')).map(({ bulkActId }) => bulkActId)).toEqual([
      frozen.id,
      frozen.id,
      frozen.id,
    ]);
  });

  it('is refused with both figures when what matches has changed since the preview, unless that is accepted', async () => {
    await fail(2);
    const plan = await preview(NOTE);
    const ids = [...(await fail(1))];
    for (const previewed of [{ count: 2 }, { hash: plan.hash }]) {
      expect(await submit(NOTE, { previewed })).toMatchObject({
        code: 'SELECTION_CHANGED',
        currentCount: 3,
        previewedCount: previewed.count ?? null,
        previewedHash: previewed.hash ?? null,
        currentHash: (await preview(NOTE)).hash,
      });
    }
    expect(await noted(ids)).toEqual([0]);
    expect(await submit(NOTE, { previewed: { count: 2 }, acceptChanged: true })).toMatchObject({
      bulkAct: { count: 3 },
    });
    await work();
    expect(await noted(ids)).toEqual([1]);
  });

  it('reads a note as it is read on one exception, and whoever it calls hears of all at once', async () => {
    await fail(3);
    expect(await submit({ kind: 'NOTE', reason: 'Ask @nobody-here' })).toMatchObject({ code: 'PERSON_NOT_FOUND' });
    await submitted({ kind: 'NOTE', reason: 'Please look, @approver' });
    await batch();
    await batch();
    const { myNotifications } = await story.people.approver.ask<{ myNotifications: object }>(
      '{ myNotifications(unreadOnly: true) { edges { node { kind count } } } }',
    );
    expect(myNotifications).toEqual({ edges: [{ node: { kind: 'MENTIONED', count: 3 } }] });
  });

  it('leaves alone what changed, is closed or was never there, and says so of each', async () => {
    const [fresh, stale, closed] = (await fail(3)) as [string, string, string];
    await story.change(closed, { act: 'RESOLVE', resolve: { resolution: 'SOURCE_FIXED' } });
    const none = randomUUID();
    const version = (await story.show(closed)).version;
    const exceptions = [
      { id: fresh, version: 1 },
      { id: stale, version: 7 },
      { id: closed, version },
      { id: none, version: 1 },
    ];
    const act = { kind: 'RESOLVE' };
    expect((await preview(act, { exceptions })).forecast).toEqual(
      expect.arrayContaining([
        { outcome: 'DONE', count: 1 },
        { outcome: 'CHANGED', count: 1 },
        { outcome: 'CLOSED', count: 1 },
        { outcome: 'GONE', count: 1 },
      ]),
    );
    const { id, selectionWords } = await submitted(act, { selection: { exceptions } });
    expect(selectionWords).toBe('4 exceptions picked by hand');
    await work();
    expect(await outcomes(id)).toEqual({ [fresh]: 'DONE', [stale]: 'CHANGED', [closed]: 'CLOSED', [none]: 'GONE' });
    expect((await story.show(stale)).state).toBe('OPEN');
  });

  it('does nothing twice and leaves nothing out when the worker dies between and within batches', async () => {
    const ids = await fail(5);
    const { id } = await submitted(NOTE);
    await batch();
    await expect(batch(true)).rejects.toThrow('crash');
    expect([await noted(ids), (await shown(id)).done]).toEqual([[1, 1, 0, 0, 0], 2]);
    await work();
    expect([await noted(ids), (await shown(id)).state]).toEqual([[1, 1, 1, 1, 1], 'DONE']);
  });

  it('pauses, goes on and is cancelled from the next batch on', async () => {
    const ids = await fail(5);
    const { id } = await submitted(NOTE);
    await batch();
    expect(await steer('pause', id)).toMatchObject({ bulkAct: { state: 'PAUSED', acts: ['resume', 'cancel'] } });
    await work();
    expect(await noted(ids)).toEqual([1, 1, 0, 0, 0]);
    expect(await steer('resume', id)).toMatchObject({ bulkAct: { state: 'RUNNING' } });
    await batch();
    expect(await steer('cancel', id)).toMatchObject({
      bulkAct: {
        state: 'CANCELLED',
        outcomes: [
          { outcome: 'PENDING', count: 1 },
          { outcome: 'DONE', count: 4 },
        ],
      },
    });
    await work();
    expect(await noted(ids)).toEqual([1, 1, 1, 1, 0]);
    expect(await steer('resume', id)).toMatchObject({
      code: 'NOT_POSSIBLE_NOW',
      message: 'It is cancelled, so it cannot be told to resume.',
    });
    expect(await steer('pause', randomUUID())).toMatchObject({ code: 'NOT_FOUND' });
    expect([await audits('bulk-act.paused'), await audits('bulk-act.cancelled')]).toMatchObject([
      [{ done: 2 }],
      [{ done: 4 }],
    ]);
  });

  it('goes round what fails by a fault of the program', async () => {
    const ids = await fail(5);
    const poisoned = ids[3]!;
    await connected(story.api.test.ownerUrl, async (owner) => {
      await owner.query(`create function poison() returns trigger language plpgsql as
        $$ begin if new.exception_id = '${poisoned}' then raise 'poisoned'; end if; return new; end $$`);
      await owner.query(
        'create trigger poison before insert on exception_event for each row execute function poison()',
      );
    });
    const { id } = await submitted(NOTE);
    await work();
    await connected(story.api.test.ownerUrl, (owner) => owner.query('drop trigger poison on exception_event'));
    expect(await shown(id)).toMatchObject({ state: 'DONE_WITH_FAILURES', done: 5 });
    expect(await outcomes(id)).toEqual(
      Object.fromEntries(ids.map((one) => [one, one === poisoned ? 'FAILED' : 'DONE'])),
    );
    expect(await noted(ids)).toEqual([1, 1, 1, 0, 1]);
  });

  it('asks a second person where more hangs on an exception than one may close', async () => {
    const [small] = await fail(1, '500.00');
    const [large] = await fail(1, '5000.00');
    const act = { kind: 'ACCEPT', acceptReason: 'immaterial', reason: 'Not worth it' };
    expect((await preview(act)).forecast).toEqual(
      expect.arrayContaining([
        { outcome: 'DONE', count: 1 },
        { outcome: 'APPROVAL_ASKED', count: 1 },
      ]),
    );
    const { id } = await submitted(act);
    await work();
    expect(await outcomes(id)).toEqual({ [small!]: 'DONE', [large!]: 'APPROVAL_ASKED' });
    const { acceptance } = await story.show(large!, story.people.approver);
    expect(acceptance).toMatchObject({ state: 'pending', canDecide: true });
    expect(await story.decide('approveAcceptance', acceptance!.id, story.people.approver)).toMatchObject({
      exceptions: [{ state: 'ACCEPTED' }],
    });
  });

  it('asks a second person where many small amounts come to more than one may close', async () => {
    const ids = await fail(3, '400.00');
    const act = { kind: 'ACCEPT', acceptReason: 'immaterial', reason: 'Not worth it' };
    expect((await preview(act)).forecast).toEqual([{ outcome: 'APPROVAL_ASKED', count: 3 }]);
    const { id } = await submitted(act);
    await work();
    expect(await outcomes(id)).toEqual(Object.fromEntries(ids.map((one) => [one, 'APPROVAL_ASKED'])));
  });

  it('asks a second person where small amounts of one counterparty come to more, with what was closed of it that day', async () => {
    const ofCounterparty = async (ids: readonly string[], counterparty: string) => {
      await story.api.test.database.withTenant(story.api.test.tenantId, (tx) =>
        tx.query(
          `update exception set counterparty = $3, counterparty_folded = $4, legal_entity = $5
           where tenant_id = $1 and exception_id = any($2::uuid[])`,
          [tx.tenantId, ids, counterparty, counterparty.toLowerCase(), `E-${counterparty}`],
        ),
      );
      return ids;
    };
    const [closed] = await ofCounterparty(await fail(1, '700.00'), 'ACME');
    expect((await story.accept(closed!)).exceptions).toMatchObject([{ state: 'ACCEPTED' }]);
    const [one, another] = await fail(2, '200.00');
    const acme = [...(await ofCounterparty([one!], 'Acme')), ...(await ofCounterparty([another!], 'ACME'))];
    const other = await ofCounterparty(await fail(2, '200.00'), 'Other');
    // no sum is kept of one that stands alone, whatever it is called
    const [alone] = await ofCounterparty(await fail(1, '900.00'), 'constructor');
    const act = { kind: 'ACCEPT', acceptReason: 'immaterial', reason: 'Not worth it' };
    expect((await preview(act)).forecast).toEqual(
      expect.arrayContaining([
        { outcome: 'DONE', count: 3 },
        { outcome: 'APPROVAL_ASKED', count: 2 },
      ]),
    );
    const { id } = await submitted(act);
    await work();
    expect(await outcomes(id)).toEqual({
      ...Object.fromEntries(acme.map((one) => [one, 'APPROVAL_ASKED'])),
      ...Object.fromEntries([...other, alone!].map((one) => [one, 'DONE'])),
    });
    // and one by one goes on from there
    const [next] = await ofCounterparty(await fail(1, '700.00'), 'Other');
    expect((await story.accept(next!)).exceptions).toMatchObject([{ state: 'PENDING_APPROVAL' }]);
  });

  it('asks a second person where amounts of one counterparty that were not known at first come to more over its batches', async () => {
    const ids = await fail(3, '400.00');
    await story.api.test.database.withTenant(story.api.test.tenantId, (tx) =>
      tx.query(
        `update exception set counterparty = 'Late', is_money_unknown = true where tenant_id = $1 and exception_id = any($2::uuid[])`,
        [tx.tenantId, ids],
      ),
    );
    const { id } = await submitted({ kind: 'ACCEPT', acceptReason: 'immaterial', reason: 'Not worth it' });
    await batch();
    await batch();
    expect(Object.values(await outcomes(id)).toSorted()).toEqual(['APPROVAL_ASKED', 'DONE', 'DONE']);
  });

  it('stops when whoever asked for it may not do it any more', async () => {
    const ids = await fail(3);
    const { id } = await submitted(NOTE);
    const setActive = (isActive: boolean) =>
      story.api.test.database.withTenant(story.api.test.tenantId, (tx) =>
        tx.query(`update person set is_active = $2 where tenant_id = $1 and email = 'analyst@test.example'`, [
          tx.tenantId,
          isActive,
        ]),
      );
    await batch();
    await setActive(false);
    await work();
    await setActive(true);
    expect(await shown(id)).toMatchObject({
      state: 'CANCELLED',
      stateNote: 'Test analyst may not do this any more.',
      done: 2,
    });
    expect(await noted(ids)).toEqual([1, 1, 0]);
  });

  it('refuses what cannot be done with anything, and says why', async () => {
    expect(await submit(NOTE)).toMatchObject({ code: 'EMPTY_SELECTION' });
    const toNobody = { ...NOTE, reason: '@Nobody.At.All knows' };
    expect(await submit(toNobody)).toMatchObject({ code: 'PERSON_NOT_FOUND' });
    const unsaid = await story.people.analyst.send(SUBMIT, {
      selection: OPEN,
      act: { kind: 'NOTE' },
      acceptChanged: true,
    });
    expect(unsaid.errors?.[0]?.message).toBe('act.reason must have 1 to 10000 characters');
    await fail(1);
    const { viewer } = await story.people.treasurer.ask<{ viewer: { id: string } }>('{ viewer { id } }');
    expect(await submit({ kind: 'ASSIGN', ownerId: randomUUID() })).toMatchObject({ code: 'OWNER_NOT_FOUND' });
    expect(await submit({ kind: 'ASSIGN', ownerId: viewer.id })).toMatchObject({ code: 'OWNER_CANNOT_WORK' });
    const predicate = { kind: 'CUSTOMER_MAPPED', key: 'C-1', system: 'nowhere' };
    const wait = { reason: 'customer', predicate, expiresAt: at(900).toISOString() };
    expect(await submit({ kind: 'WAIT', wait })).toMatchObject({ code: 'PREDICATE_CANNOT_BE_EVALUATED' });
    const refused = await story.people.analyst.send(SUBMIT, { selection: OPEN, act: NOTE });
    expect(refused.errors?.[0]?.message).toBe(
      'previewed must state the count or the hash of the preview, or acceptChanged must be true',
    );
    const both = { ...OPEN, exceptions: [{ id: randomUUID(), version: 1 }] };
    expect((await story.people.analyst.send(PREVIEW, { selection: both, act: NOTE })).errors?.[0]?.message).toBe(
      'selection must hold exceptions or a filter, one of both',
    );
    const long = { kind: 'NOTE', reason: 'x'.repeat(1_000_000) };
    expect(await story.people.analyst.send(PREVIEW, { selection: OPEN, act: long })).toMatchObject({
      data: { previewBulkAct: { code: 'NOTE_TOO_LONG' } },
    });
  });

  it('lists its exceptions page by page, by outcome', async () => {
    const ids = await fail(5);
    story.turnTo(35);
    const { id } = await submitted({ kind: 'HAND_BACK' });
    story.turnTo(30);
    await work();
    const page = async (after?: string) =>
      (await story.people.analyst.ask<Items>(ITEMS, { id, outcome: 'ALREADY_SO', first: 3, after })).bulkActItems;
    const first = await page();
    const second = await page(first.pageInfo.endCursor);
    expect([first.totalCount, first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([5, true, false]);
    expect([...first.edges, ...second.edges].map(({ node }) => node.exceptionId)).toEqual(ids);
    const { bulkActs } = await story.people.treasurer.ask<{ bulkActs: { edges: { node: { id: string } }[] } }>(
      '{ bulkActs(first: 1) { edges { node { id } } } }',
    );
    expect(bulkActs.edges).toEqual([{ node: { id } }]);
  });
});

describe('the progress of a bulk act', () => {
  it('is told to its end, at most four times a second', async () => {
    await fail(5);
    const { id } = await submitted(NOTE);
    const port = await story.api.listen();
    class SignedInSocket extends WebSocket {
      constructor(address: string, protocols: string | string[]) {
        super(address, protocols, { headers: { cookie: story.people.treasurer.cookie ?? '' } });
      }
    }
    const url = `ws://127.0.0.1:${port}/graphql`;
    const socket = createClient({ url, webSocketImpl: SignedInSocket, retryAttempts: 0 });
    const told: { at: number; state: string; done: number }[] = [];
    const begunAt = performance.now();
    socket.subscribe<{ bulkActProgress: { state: string; done: number } }>(
      { query: 'subscription ($id: ID!) { bulkActProgress(id: $id) { state done } }', variables: { id } },
      {
        next: ({ data }) => void (data && told.push({ at: performance.now(), ...data.bulkActProgress })),
        error: () => undefined,
        complete: () => undefined,
      },
    );
    // until the subscription is there nothing is told
    while (told.length === 0) {
      await steer('pause', id);
      await steer('resume', id);
    }
    for (let batches = 0; batches < 3; batches += 1) await batch();
    while (told.at(-1)?.state !== 'DONE') await shown(id);
    await socket.dispose();
    expect(told.at(-1)).toMatchObject({ state: 'DONE', done: 5 });
    expect(told.length - 1).toBeLessThanOrEqual((told.at(-1)!.at - begunAt) / 250);
  });
});

describe('each exception of a bulk act gets what it would get by itself', () => {
  const until = at(300).toISOString();
  const SINGLE: [string, object, (id: string) => Promise<unknown>][] = [
    ['START', { kind: 'START' }, (id) => story.change(id, { act: 'START' })],
    [
      'WAIT',
      { kind: 'WAIT', reason: 'asked', wait: { reason: 'bank', until } },
      (id) => story.change(id, { act: 'WAIT', comment: 'asked', wait: { reason: 'bank', until } }),
    ],
    [
      'RESOLVE',
      { kind: 'RESOLVE', reason: 'mended' },
      (id) => story.change(id, { act: 'RESOLVE', comment: 'mended', resolve: { resolution: 'SOURCE_FIXED' } }),
    ],
    ['SNOOZE', { kind: 'SNOOZE', reason: 'Known', until }, (id) => story.snooze([id], { until: new Date(until) })],
    ['ACCEPT', { kind: 'ACCEPT', acceptReason: 'immaterial', reason: 'Not worth it' }, (id) => story.accept(id)],
    [
      'PRIORITISE',
      { kind: 'PRIORITISE', band: 'P1', reason: 'now' },
      (id) =>
        story.people.analyst.ask(
          `mutation ($id: ID!) { overridePriority(id: $id, band: P1, reason: "now") { __typename } }`,
          { id },
        ),
    ],
    [
      'NOTE',
      NOTE,
      (id) =>
        story.people.analyst.ask(
          `mutation ($id: ID!) { commentOnException(id: $id, text: "Master data knows") { __typename } }`,
          { id },
        ),
    ],
  ];

  it.each(SINGLE)('%s', async (_name, act, single) => {
    const [one, other] = (await fail(2)) as [string, string];
    story.turnTo(40);
    await submitted(act, { selection: { exceptions: [{ id: other, version: 1 }] } });
    await work();
    await single(one);
    story.turnTo(30);
    expect(plain(await story.show(other))).toEqual(plain(await story.show(one)));
  });

  /** Without what tells them apart. */
  function plain({ id: _id, acceptance, events, ...rest }: Shown): object {
    const told = events.map(({ kind, actorName, details }) => {
      const { bulkActId: _bulk, acceptanceId: _acceptance, requestHash: _hash, ...same } = details;
      return { kind, actorName, details: same };
    });
    return { ...rest, acceptance: acceptance && { ...acceptance, id: '' }, events: told };
  }
});
