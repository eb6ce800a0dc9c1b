import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { reconcile, type Reconciliation } from './reconcile.js';
import type { UrgencyFacts } from './priority.js';
import { identityOf, type RatedProblem, type StoredException } from './stored-exception.js';

const at = (hour: number) => new Date(Date.UTC(2026, 8, 30, hour));
const now = at(20);
const none = new Map<string, string>();

const calm: UrgencyFacts = {
  reportingMinor: '10000',
  isMoneyUnknown: false,
  nextDueAt: null,
  nextDueStep: null,
  missedDueAt: null,
  missedDueStep: null,
  blocks: 1,
  statutory: null,
};

function problem(over: Partial<RatedProblem> = {}): RatedProblem {
  return {
    objectId: 'b',
    hop: 'salesforce-contract-to-order',
    signature: 'mapping-and-master-data.missing-legal-entity-mapping|sellingUnit=DE01-BREMEN',
    taxonomy: 'mapping-and-master-data.missing-legal-entity-mapping',
    discriminators: { sellingUnit: 'DE01-BREMEN' },
    headline: null,
    message: 'no company code',
    integration: 'salesforce-contract-to-order',
    occurrences: 1,
    firstOccurredAt: at(8),
    lastOccurredAt: at(8),
    lastActivityId: 'activity-1',
    clearedAt: null,
    objectType: 'sales-order',
    objectKey: 'O-100234',
    legalEntity: 'DE01',
    counterparty: 'Bremen Werft',
    amount: '100.00',
    currency: 'EUR',
    direction: 'inflow',
    urgency: calm,
    route: { queue: 'master-data', rule: 'master data and mapping' },
    ...over,
  };
}

/** The exception that this problem opens, changed. */
function exception(over: Partial<StoredException> = {}, from: RatedProblem = problem()): StoredException {
  const [opened] = reconcile([], [from], none, now).opened;
  if (opened === undefined) {
    throw new Error('not opened');
  }
  const { row } = opened;
  return {
    exceptionId: 'e1',
    groupId: 'g1',
    duplicateOf: null,
    stateBeforeDuplicate: null,
    isDuplicateByHand: false,
    version: 1,
    ...row,
    ...over,
  };
}

const kinds = (result: Reconciliation) => result.changed.flatMap(({ steps }) => steps.map((step) => step.kind));

describe('reconcile: opening', () => {
  it('opens a problem that has no exception, with its title and group', () => {
    const { opened, changed } = reconcile([], [problem()], none, now);
    expect(changed).toEqual([]);
    expect(opened).toMatchObject([
      {
        row: {
          state: 'OPEN',
          resolution: null,
          title: 'No company code for DE01-BREMEN — order O-100234',
          openedAt: at(8),
          firstObjectId: 'b',
        },
        groupTitle: 'No company code for DE01-BREMEN',
        steps: [{ kind: 'opened' }],
      },
    ]);
  });

  it('groups by problem and hop, not by subject', () => {
    const { opened } = reconcile([], [problem(), problem({ objectId: 'c' }), problem({ hop: 'other' })], none, now);
    expect(new Set(opened.map((one) => one.fingerprint)).size).toBe(2);
  });

  it('groups failures without a declared difference by what they say, without documents and names', () => {
    const failed = (objectKey: string, counterparty: string, message: string) =>
      problem({ objectId: objectKey, discriminators: {}, objectKey, counterparty, message });
    const { opened } = reconcile(
      [],
      [
        failed('O-1', 'Bremen Werft', 'Order O-1 of Bremen Werft was refused'),
        failed('O-2', 'Kiel Yachts', 'Order O-2 of Kiel Yachts was refused'),
        failed('O-3', 'Kiel Yachts', 'Order O-3 of Kiel Yachts has no price'),
      ],
      none,
      now,
    );
    expect(opened.map((one) => one.fingerprint.split('|').at(-1))).toEqual([
      'order {n} of {name} was refused',
      'order {n} of {name} was refused',
      'order {n} of {name} has no price',
    ]);
  });

  it('opens a problem that was already overcome as vanished', () => {
    const { opened } = reconcile([], [problem({ clearedAt: at(9) })], none, now);
    expect(opened).toMatchObject([{ row: { state: 'RESOLVED', resolution: 'VANISHED', resolvedAt: at(9) } }]);
  });
});

type Case = [string, Partial<StoredException>, Partial<RatedProblem> | null, Partial<StoredException>, string[]];

describe('reconcile: what a person closed as put right', () => {
  const closed = exception({ state: 'RESOLVED', resolution: 'SOURCE_FIXED', resolvedAt: at(10) });

  it('is open again, and says why, once the facts should no longer show it', () => {
    const [changed] = reconcile([closed], [problem()], none, now, { overdue: new Set(['e1']) }).changed;
    expect(changed?.after).toMatchObject({ state: 'OPEN', resolution: null, reopenings: 1 });
    expect(changed?.steps).toMatchObject([{ kind: 'reopened', details: { why: 'still-there' } }]);
  });

  it('is not gone while planned maintenance holds back what it was about', () => {
    const held = new Set([identityOf('b', closed.hop, closed.signature)]);
    expect(reconcile([{ ...closed, goneAt: null }], [], none, now, { held }).changed).toEqual([]);
  });

  it('stays closed where they no longer do', () => {
    for (const facts of [[], [problem({ clearedAt: at(11) })]]) {
      const [changed] = reconcile([closed], facts, none, now, { overdue: new Set(['e1']) }).changed;
      expect(changed?.after).toMatchObject({ state: 'RESOLVED', resolution: 'SOURCE_FIXED', goneAt: now, version: 1 });
    }
  });
});

describe('reconcile: following', () => {
  it.each<Case>([
    ['nothing new', {}, {}, {}, []],
    [
      'a further occurrence',
      { state: 'IN_PROGRESS' },
      { occurrences: 2, lastOccurredAt: at(9), message: 'again' },
      { state: 'IN_PROGRESS', occurrences: 2, message: 'again' },
      ['occurred-again'],
    ],
    [
      'an earlier one that arrives late',
      {},
      { occurrences: 2, firstOccurredAt: at(7) },
      { openedAt: at(7) },
      ['occurred-again'],
    ],
    [
      'overcome',
      { state: 'WAITING' },
      { clearedAt: at(10) },
      { state: 'RESOLVED', resolution: 'VANISHED', resolvedAt: at(10) },
      ['resolved'],
    ],
    [
      'overcome while requeued: the requeue decides',
      { state: 'REQUEUED' },
      { clearedAt: at(10) },
      { state: 'REQUEUED' },
      [],
    ],
    [
      'failed again while requeued',
      { state: 'REQUEUED' },
      { occurrences: 2 },
      { state: 'REQUEUED', occurrences: 2 },
      ['occurred-again'],
    ],
    [
      'no longer among the facts',
      {},
      null,
      { state: 'RESOLVED', resolution: 'VANISHED', resolvedAt: now },
      ['resolved'],
    ],
    ['no longer among the facts while requeued', { state: 'REQUEUED' }, null, { state: 'REQUEUED' }, []],
    [
      'vanished, and failed after that',
      { state: 'RESOLVED', resolution: 'VANISHED', resolvedAt: at(10) },
      { occurrences: 2, lastOccurredAt: at(11) },
      { state: 'OPEN', resolution: null, resolvedAt: null, reopenings: 1 },
      ['occurred-again', 'reopened'],
    ],
    [
      'vanished, and an older failure arrives late',
      { state: 'RESOLVED', resolution: 'VANISHED', resolvedAt: at(10) },
      { occurrences: 2, lastOccurredAt: at(9), clearedAt: at(10) },
      { state: 'RESOLVED', occurrences: 2 },
      ['occurred-again'],
    ],
    [
      'vanished, but what cleared it was mapped away',
      { state: 'RESOLVED', resolution: 'VANISHED', resolvedAt: at(10) },
      {},
      { state: 'OPEN', resolution: null },
      ['reopened'],
    ],
    [
      'fixed at the source by a person, not failed since',
      { state: 'RESOLVED', resolution: 'SOURCE_FIXED', resolvedAt: at(10) },
      { occurrences: 2, lastOccurredAt: at(9) },
      { state: 'RESOLVED', resolution: 'SOURCE_FIXED' },
      ['occurred-again'],
    ],
    [
      'fixed at the source by a person, failed since',
      { state: 'RESOLVED', resolution: 'SOURCE_FIXED', resolvedAt: at(10) },
      { occurrences: 2, lastOccurredAt: at(11) },
      { state: 'OPEN', resolution: null },
      ['occurred-again', 'reopened'],
    ],
    [
      'accepted, failed since',
      { state: 'ACCEPTED', resolvedAt: at(10) },
      { lastOccurredAt: at(11) },
      { state: 'OPEN' },
      ['reopened'],
    ],
    ['accepted, not failed since', { state: 'ACCEPTED', resolvedAt: at(10) }, {}, { state: 'ACCEPTED' }, []],
    [
      'accepted, and gone since',
      { state: 'ACCEPTED', resolvedAt: at(10) },
      null,
      { state: 'ACCEPTED', goneAt: now },
      [],
    ],
    [
      'accepted, gone, and computed again of facts as old as before',
      { state: 'ACCEPTED', resolvedAt: at(10), goneAt: at(12) },
      { lastActivityId: null },
      { state: 'OPEN', goneAt: null, reopenings: 1 },
      ['reopened'],
    ],
    [
      'accepted, gone, and an old failure of it arrives late',
      { state: 'ACCEPTED', resolvedAt: at(10), goneAt: at(12) },
      { occurrences: 2, lastOccurredAt: at(9) },
      { state: 'ACCEPTED', goneAt: null },
      ['occurred-again'],
    ],
  ])('%s', (_name, before, fact, after, steps) => {
    const existing = exception(before);
    const result = reconcile([existing], fact === null ? [] : [problem(fact)], none, now);
    expect(result.opened).toEqual([]);
    expect(result.changed[0]?.after ?? existing).toMatchObject(after);
    expect(kinds(result)).toEqual(steps);
  });

  it('leaves the version alone when nothing differs, and counts it up once otherwise', () => {
    expect(reconcile([exception({ version: 7 })], [problem()], none, now).changed).toEqual([]);
    expect(
      reconcile([exception({ version: 7 })], [problem({ message: 'other' })], none, now).changed[0]?.after.version,
    ).toBe(8);
  });
});

describe('reconcile: merges', () => {
  const older = exception(
    { exceptionId: 'e-old', objectId: 'b', firstObjectId: 'b' },
    problem({ firstOccurredAt: at(6) }),
  );
  const younger = exception(
    { exceptionId: 'e-new', objectId: 'a', firstObjectId: 'a', state: 'REQUEUED' },
    problem({ objectId: 'a' }),
  );
  // b was merged into a, the lower id
  const merged = new Map([
    ['b', 'a'],
    ['a', 'a'],
  ]);
  const joint = problem({ objectId: 'a', firstOccurredAt: at(6), occurrences: 2, lastOccurredAt: at(8) });

  it('lets the older survive at the new place, whichever id the object has now', () => {
    const result = reconcile([younger, older], [joint], merged, now);
    const byId = new Map(result.changed.map(({ after }) => [after.exceptionId, after]));
    expect(result.opened).toEqual([]);
    expect(byId.get('e-old')).toMatchObject({ state: 'OPEN', objectId: 'a', firstObjectId: 'b', occurrences: 2 });
    expect(byId.get('e-new')).toMatchObject({
      state: 'DUPLICATE',
      duplicateOf: 'e-old',
      stateBeforeDuplicate: 'REQUEUED',
    });
  });

  it('restores what an un-merge parts', () => {
    const together = reconcile([younger, older], [joint], merged, now).changed.map(({ after }) => after);
    const apart = new Map([
      ['b', 'b'],
      ['a', 'a'],
    ]);
    const result = reconcile(together, [problem({ objectId: 'a' }), problem({ firstOccurredAt: at(6) })], apart, now);
    const byId = new Map(result.changed.map(({ after }) => [after.exceptionId, after]));
    expect(result.opened).toEqual([]);
    expect(byId.get('e-old')).toMatchObject({ state: 'OPEN', objectId: 'b' });
    expect(byId.get('e-new')).toMatchObject({
      state: 'REQUEUED',
      objectId: 'a',
      duplicateOf: null,
      stateBeforeDuplicate: null,
    });
  });

  it('is stable: a second look changes nothing', () => {
    const once = reconcile([younger, older], [joint], merged, now).changed.map(({ after }) => after);
    expect(reconcile(once, [joint], merged, now)).toEqual({ opened: [], changed: [] });
  });
});

describe('reconcile: duplicates that a person named', () => {
  const marked = exception({ state: 'DUPLICATE', duplicateOf: 'other', isDuplicateByHand: true, resolvedAt: at(12) });

  it.each<[string, RatedProblem[]]>([
    ['nothing new', [problem()]],
    ['an older failure that comes late', [problem({ occurrences: 2, lastOccurredAt: at(11) })]],
    ['its step overcome', [problem({ clearedAt: at(13) })]],
    ['its problem gone', []],
  ])('stay so: %s', (_name, problems) => {
    const result = reconcile([marked], problems, none, now);
    expect(result.opened).toEqual([]);
    for (const { after } of result.changed) {
      expect(after).toMatchObject({ state: 'DUPLICATE', duplicateOf: 'other', isDuplicateByHand: true });
    }
  });

  it('open again by a failure that occurred later', () => {
    const result = reconcile([marked], [problem({ occurrences: 2, lastOccurredAt: at(13) })], none, now);
    expect(result.changed).toMatchObject([
      { after: { state: 'OPEN', duplicateOf: null, isDuplicateByHand: false, resolvedAt: null } },
    ]);
    expect(kinds(result)).toEqual(['occurred-again', 'reopened']);
  });

  it('stay so beside one that lives, and after their objects part', () => {
    const living = exception({ exceptionId: 'e2', firstObjectId: 'a', objectId: 'a' });
    const merged = new Map([['b', 'a']]);
    expect(reconcile([marked, living], [problem({ objectId: 'a' })], merged, now).changed).toMatchObject([
      { after: { exceptionId: 'e1', objectId: 'a', state: 'DUPLICATE', duplicateOf: 'other' }, steps: [] },
    ]);
  });
});

describe('reconcile: nothing but duplicates left at one place', () => {
  const named = exception({ exceptionId: 'e1', state: 'DUPLICATE', duplicateOf: 'other', isDuplicateByHand: true });
  const merged = exception({ exceptionId: 'e0', state: 'DUPLICATE', duplicateOf: 'e1', stateBeforeDuplicate: 'OPEN' });
  // it began later than either of them was told
  const moved = problem({ firstOccurredAt: at(9), clearedAt: at(9) });

  it.each<[string, StoredException[]]>([
    ['one that a person named, and one that was merged into it', [merged, named]],
    ['two that a person named', [named, { ...named, exceptionId: 'e2', openedAt: at(1) }]],
  ])('%s stay as they are, however often it is looked at', (_name, family) => {
    const once = reconcile(family, [moved], none, now);
    expect(kinds(once)).toEqual([]);
    const after = family.map(
      (one) => once.changed.find((it) => it.after.exceptionId === one.exceptionId)?.after ?? one,
    );
    expect(reconcile(after, [moved], none, now)).toEqual({ opened: [], changed: [] });
  });
});

describe('reconcile: properties', () => {
  const states = fc.constantFrom('OPEN', 'IN_PROGRESS', 'WAITING', 'REQUEUED', 'RESOLVED', 'ACCEPTED', 'DUPLICATE');
  const anyException = fc.record({
    exceptionId: fc.uuid(),
    firstObjectId: fc.constantFrom('a', 'b', 'c'),
    state: states,
    isByHand: fc.boolean(),
    opened: fc.integer({ min: 0, max: 12 }),
  });
  const anyProblem = fc.record({
    objectId: fc.constantFrom('a', 'b', 'c'),
    occurrences: fc.integer({ min: 1, max: 3 }),
    cleared: fc.option(fc.integer({ min: 9, max: 12 }), { nil: null }),
  });
  const anyRedirects = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('a', 'b', 'c'));

  it('leaves at most one live exception per identity, in any order of input, and settles at once', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyException, { selector: (one) => one.exceptionId, maxLength: 5 }),
        fc.uniqueArray(anyProblem, { selector: (one) => one.objectId }),
        anyRedirects,
        (drafts, facts, moves) => {
          const existing = drafts.map(({ exceptionId, firstObjectId, state, isByHand, opened }) =>
            exception({
              exceptionId,
              firstObjectId,
              objectId: firstObjectId,
              state,
              openedAt: at(opened),
              stateBeforeDuplicate: state === 'DUPLICATE' && !isByHand ? 'OPEN' : null,
              isDuplicateByHand: state === 'DUPLICATE' && isByHand,
              resolution: state === 'RESOLVED' ? 'VANISHED' : null,
              resolvedAt: state === 'RESOLVED' || state === 'ACCEPTED' ? at(9) : null,
            }),
          );
          const problems = facts.map(({ objectId, occurrences, cleared }) =>
            problem({ objectId, occurrences, clearedAt: cleared === null ? null : at(cleared) }),
          );
          const redirects = new Map(Object.entries(moves));
          const result = reconcile(existing, problems, redirects, now);
          const backwards = reconcile([...existing].reverse(), [...problems].reverse(), redirects, now);
          const after = (one: Reconciliation) => {
            const changed = new Map(one.changed.map((change) => [change.after.exceptionId, change.after]));
            return existing.map((row) => changed.get(row.exceptionId) ?? row);
          };
          expect(after(backwards)).toEqual(after(result));
          const live = after(result).filter((row) => row.state !== 'DUPLICATE');
          const places = [...live, ...result.opened.map(({ row }) => row)].map((row) => row.objectId);
          expect(new Set(places).size).toBe(places.length);
          const again = reconcile(
            after(result),
            problems.filter((one) => !result.opened.some(({ row }) => row.objectId === one.objectId)),
            redirects,
            now,
          );
          expect(again.changed.map((change) => change.steps)).toEqual([]);
        },
      ),
    );
  });
});

describe('reconcile: queue and urgency', () => {
  const urgent: UrgencyFacts = {
    ...calm,
    reportingMinor: '120000000',
    nextDueAt: at(21),
    nextDueStep: 'Sent',
    blocks: 14,
  };
  const toApproval = problem({ urgency: urgent, route: { queue: 'approval', rule: 'large' } });

  it('come with it when it opens', () => {
    expect(reconcile([], [toApproval], none, now).opened).toMatchObject([
      {
        row: {
          queue: 'approval',
          isQueueStated: false,
          priorityBand: 'P1',
          priorityPoints: 90,
          nextDueAt: at(21),
          statedBand: null,
        },
      },
    ]);
  });

  it.each<[string, Partial<StoredException>, string | null, string[]]>([
    ['moves where the rules say', {}, 'approval', ['moved']],
    ['stays where a person moved it', { isQueueStated: true }, 'master-data', []],
    ['stays with whom has it in hand', { ownerId: 'person-1' }, 'master-data', []],
    ['is put in one when it was in none', { queue: null, ownerId: 'person-1' }, 'approval', []],
    ['stays there when it is closed', { state: 'ACCEPTED', resolvedAt: at(19) }, 'master-data', []],
  ])('%s when what they look at has changed', (_name, over, queue, steps) => {
    const [change] = reconcile([exception(over)], [toApproval], none, now).changed;
    expect([change?.after.queue ?? over.queue ?? 'master-data', change?.steps.map((step) => step.kind) ?? []]).toEqual([
      queue,
      steps,
    ]);
  });

  it('does not move because the rules alone have changed', () => {
    const ruledAnew = problem({ route: { queue: 'tax', rule: 'new' } });
    expect(reconcile([exception()], [ruledAnew], none, now).changed).toEqual([]);
  });

  it('is rated anew with every change, and keeps what a person said', () => {
    const stated = exception({
      statedBand: 'P4',
      statedReason: 'a test order',
      statedBy: 'person-1',
      isQueueStated: true,
    });
    expect(reconcile([stated], [toApproval], none, now).changed).toMatchObject([
      {
        after: { priorityBand: 'P1', statedBand: 'P4', statedReason: 'a test order', queue: 'master-data' },
        steps: [],
      },
    ]);
  });

  it('keeps the urgency that it had when it is over', () => {
    const over = problem({ clearedAt: at(12), urgency: { ...calm, blocks: 0 } });
    expect(reconcile([exception({}, toApproval)], [over], none, now).changed).toMatchObject([
      { after: { state: 'RESOLVED', priorityBand: 'P1', blocks: 14, queue: 'approval' } },
    ]);
  });

  it('is routed and rated as it is now when it begins again', () => {
    const ended = exception({ state: 'RESOLVED', resolution: 'VANISHED', resolvedAt: at(9) });
    expect(reconcile([ended], [toApproval], none, now).changed).toMatchObject([
      {
        after: { state: 'OPEN', priorityBand: 'P1', queue: 'approval' },
        steps: [{ kind: 'moved' }, { kind: 'reopened' }],
      },
    ]);
  });
});

describe('reconcile: whom a rule names', () => {
  const route = { queue: 'tax', rule: 'to Anna', personId: 'anna' } as const;
  const anna = { ownerId: 'anna', ownerName: 'Anna', insteadOf: null };
  const toAnna = problem({ legalEntity: 'US01', route, assignment: anna });
  const toNobody = problem({ legalEntity: 'US01', route, assignment: { ownerId: null, why: 'Anna is away.' } });

  it('is given what opens, with the rule that says so', () => {
    expect(reconcile([], [toAnna], none, now).opened).toMatchObject([
      {
        row: { ownerId: 'anna', queue: 'tax' },
        steps: [
          { kind: 'opened' },
          { kind: 'assigned', details: { ownerId: 'anna', ownerName: 'Anna', rule: 'to Anna' } },
        ],
      },
    ]);
  });

  it('is told instead of whom the deputy has it', () => {
    const toBen = problem({ route, assignment: { ownerId: 'ben', ownerName: 'Ben', insteadOf: 'Anna' } });
    expect(reconcile([], [toBen], none, now).opened[0]?.steps.at(-1)).toEqual({
      kind: 'assigned',
      details: { ownerId: 'ben', ownerName: 'Ben', rule: 'to Anna', insteadOf: 'Anna' },
    });
  });

  it('leaves it with nobody where that one cannot, and says why', () => {
    expect(reconcile([], [toNobody], none, now).opened).toMatchObject([
      {
        row: { ownerId: null },
        steps: [{ kind: 'opened' }, { kind: 'not-assigned', details: { why: 'Anna is away.' } }],
      },
    ]);
  });

  it('is not given what was overcome before it was opened', () => {
    const over = { ...toAnna, clearedAt: at(12) };
    expect(reconcile([], [over], none, now).opened).toMatchObject([
      { row: { ownerId: null }, steps: [{ kind: 'opened' }, { kind: 'resolved' }] },
    ]);
  });

  it.each<[string, Partial<StoredException>, RatedProblem, string | null, string[]]>([
    ['what is moved', {}, toAnna, 'anna', ['moved', 'assigned']],
    ['what is moved, to nobody', {}, toNobody, null, ['moved', 'not-assigned']],
    ['never what somebody has', { ownerId: 'cleo' }, toAnna, 'cleo', []],
    ['never what a person moved', { isQueueStated: true }, toAnna, null, []],
    ['not what stays in its queue, as after a hand-back', { queue: 'tax' }, toAnna, null, []],
    [
      'what opens again in its queue',
      { queue: 'tax', state: 'RESOLVED', resolution: 'VANISHED', resolvedAt: at(9) },
      toAnna,
      'anna',
      ['reopened', 'assigned'],
    ],
    [
      'not what opens again and is still held',
      { queue: 'tax', ownerId: 'cleo', state: 'RESOLVED', resolution: 'VANISHED', resolvedAt: at(9) },
      toAnna,
      'cleo',
      ['reopened'],
    ],
    ['not what is closed', { state: 'ACCEPTED', resolvedAt: at(19) }, toAnna, null, []],
  ])('is given %s', (_name, over, told, ownerId, steps) => {
    const result = reconcile([exception(over)], [told], none, now);
    expect([result.changed[0]?.after.ownerId ?? null, kinds(result)]).toEqual([ownerId, steps]);
  });
});
