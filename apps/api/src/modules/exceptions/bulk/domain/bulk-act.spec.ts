import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canApply, EXCEPTION_STATES, isOpen, type Act, type ExceptionState } from '../../domain/life-cycle.js';
import type { Permission } from '../../../identity/index.js';
import {
  BULK_ACT_KINDS,
  forecastOf,
  rightsFor,
  toBulkAct,
  whySkipped,
  whySteeringBarred,
  whyTooLate,
  type BulkAct,
  type BulkActKind,
  type BulkOutcome,
  type BulkSubject,
} from './bulk-act.js';

const NOW = new Date('2026-09-30T08:00:00Z');
const LATER = new Date('2026-10-01T08:00:00Z');
const ANNA = '00000000-0000-4000-8000-00000000000a';

const ACTS: Readonly<Record<BulkActKind, BulkAct>> = {
  ASSIGN: { kind: 'ASSIGN', ownerId: ANNA },
  HAND_BACK: { kind: 'HAND_BACK' },
  MOVE: { kind: 'MOVE', queue: 'tax' },
  PRIORITISE: { kind: 'PRIORITISE', band: null },
  SNOOZE: { kind: 'SNOOZE', until: LATER, isUntilNextOccurrence: false },
  START: { kind: 'START' },
  PUT_BACK: { kind: 'PUT_BACK' },
  WAIT: { kind: 'WAIT', waitReason: 'customer', terms: { until: LATER, predicate: null, expiresAt: LATER } },
  RESOLVE: { kind: 'RESOLVE' },
  NOTE: { kind: 'NOTE' },
  ACCEPT: { kind: 'ACCEPT', reasonCode: 'immaterial' },
  REROUTE: { kind: 'REROUTE' },
  APPROVE_ACCEPTANCES: { kind: 'APPROVE_ACCEPTANCES', ofActId: 'a' },
  REJECT_ACCEPTANCES: { kind: 'REJECT_ACCEPTANCES', ofActId: 'a' },
  WITHDRAW_ACCEPTANCES: { kind: 'WITHDRAW_ACCEPTANCES', ofActId: 'a' },
};

const OPEN: BulkSubject = { state: 'OPEN', queue: 'credit', ownerId: null, statedBand: null, isQueueStated: false };

describe('whether a bulk act is done with an exception', () => {
  it.each<[string, BulkAct, Partial<BulkSubject>, boolean, BulkOutcome | null]>([
    ['given to somebody', ACTS.ASSIGN, {}, false, null],
    ['given to who has it', ACTS.ASSIGN, { ownerId: ANNA }, false, 'ALREADY_SO'],
    ['given away when closed', ACTS.ASSIGN, { state: 'ACCEPTED' }, false, 'CLOSED'],
    ['given away while it is sent again', ACTS.ASSIGN, { state: 'REQUEUED' }, false, null],
    ['handed back', ACTS.HAND_BACK, { ownerId: ANNA }, false, null],
    ["handed back when it is nobody's", ACTS.HAND_BACK, {}, false, 'ALREADY_SO'],
    ['moved', ACTS.MOVE, {}, false, null],
    ['moved to where it waits', ACTS.MOVE, { queue: 'tax' }, false, 'ALREADY_SO'],
    ['rated again when nobody said otherwise', ACTS.PRIORITISE, {}, false, 'ALREADY_SO'],
    ['rated again', ACTS.PRIORITISE, { statedBand: 'P1' }, false, null],
    ['another priority', { kind: 'PRIORITISE', band: 'P2' }, {}, false, null],
    ['snoozed', ACTS.SNOOZE, {}, false, null],
    ['taken in hand by whoever has it', ACTS.START, { state: 'IN_PROGRESS' }, false, 'ALREADY_SO'],
    ['put back when nobody works on it', ACTS.PUT_BACK, {}, false, 'ALREADY_SO'],
    ['waits for something else', ACTS.WAIT, { state: 'WAITING' }, false, null],
    ['resolved while it is sent again', ACTS.RESOLVE, { state: 'REQUEUED' }, false, 'IN_REQUEUE'],
    ['resolved while it waits for approval', ACTS.RESOLVE, { state: 'PENDING_APPROVAL' }, false, 'IN_APPROVAL'],
    ['resolved twice', ACTS.RESOLVE, { state: 'RESOLVED' }, false, 'CLOSED'],
    ['resolved after it changed', ACTS.RESOLVE, {}, true, 'CHANGED'],
    ['noted after it changed', ACTS.NOTE, {}, true, null],
    ['noted when closed', ACTS.NOTE, { state: 'DUPLICATE' }, false, null],
    ['accepted', ACTS.ACCEPT, {}, false, null],
    ['accepted where nothing is accepted', ACTS.ACCEPT, { queue: 'payments' }, false, 'NOT_OF_QUEUE'],
    ['accepted from before there were queues', ACTS.ACCEPT, { queue: null }, false, null],
    ['ruled anew after it changed', ACTS.REROUTE, {}, true, null],
    ['approved while it waits', ACTS.APPROVE_ACCEPTANCES, { state: 'PENDING_APPROVAL' }, true, null],
    ['approved when it waits no more', ACTS.APPROVE_ACCEPTANCES, { state: 'IN_PROGRESS' }, false, 'DECIDED_OTHERWISE'],
    ['withdrawn when it is closed', ACTS.WITHDRAW_ACCEPTANCES, { state: 'RESOLVED' }, false, 'DECIDED_OTHERWISE'],
    ['ruled anew when closed', ACTS.REROUTE, { state: 'RESOLVED' }, false, 'CLOSED'],
  ])('%s', (_name, act, over, hasChanged, skipped) => {
    expect(whySkipped(act, { ...OPEN, ...over }, hasChanged)).toBe(skipped);
  });

  it('is as the life cycle says, in every state', () => {
    const STATE_ACTS: readonly [BulkActKind, Act][] = [
      ['START', 'start'],
      ['PUT_BACK', 'put-back'],
      ['WAIT', 'wait'],
      ['RESOLVE', 'resolve'],
      ['ACCEPT', 'accept'],
    ];
    for (const state of EXCEPTION_STATES) {
      for (const [kind, act] of STATE_ACTS) {
        expect([kind, state, whySkipped(ACTS[kind], { ...OPEN, state }, false) === null]).toEqual([
          kind,
          state,
          canApply(state, act),
        ]);
      }
    }
  });

  it('is never so with what is closed, but for notes, and forecast as it is decided', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...BULK_ACT_KINDS),
        fc.constantFrom<ExceptionState>(...EXCEPTION_STATES),
        fc.boolean(),
        fc.boolean(),
        fc.option(fc.constant(ANNA)),
        (kind, state, hasChanged, isQueueStated, ownerId) => {
          const subject = { ...OPEN, state, isQueueStated, ownerId };
          const skipped = whySkipped(ACTS[kind], subject, hasChanged);
          const forecast = forecastOf(ACTS[kind], subject, { hasChanged, isAboveLimit: false });
          if (kind !== 'NOTE' && !isOpen(state)) expect(skipped).not.toBeNull();
          if (skipped !== null) expect(forecast).toBe(skipped);
          else expect(kind === 'REROUTE' ? ['DONE', 'ALREADY_SO'] : ['DONE']).toContain(forecast);
        },
      ),
    );
  });

  it.each<[string, Partial<BulkSubject>, BulkOutcome]>([
    ['free to move', {}, 'DONE'],
    ['moved by hand', { isQueueStated: true }, 'ALREADY_SO'],
    ["in somebody's hand", { ownerId: ANNA }, 'ALREADY_SO'],
  ])('is forecast for rules applied to what is %s', (_name, over, outcome) => {
    expect(forecastOf(ACTS.REROUTE, { ...OPEN, ...over }, { hasChanged: false, isAboveLimit: true })).toBe(outcome);
  });
});

it('is forecast to be asked for where more hangs on it than one person may close', () => {
  const standing = { hasChanged: false, isAboveLimit: true };
  expect(forecastOf(ACTS.ACCEPT, OPEN, standing)).toBe('APPROVAL_ASKED');
  expect(forecastOf(ACTS.RESOLVE, OPEN, standing)).toBe('DONE');
  expect(forecastOf(ACTS.ACCEPT, { ...OPEN, state: 'RESOLVED' }, standing)).toBe('CLOSED');
});

describe('a bulk act', () => {
  it.each<[BulkActKind, boolean]>([
    ['SNOOZE', true],
    ['WAIT', true],
    ['RESOLVE', false],
  ])('%s can come too late: %p', (kind, canBeLate) => {
    expect(whyTooLate(ACTS[kind], NOW)).toBeNull();
    expect(whyTooLate(ACTS[kind], LATER) !== null).toBe(canBeLate);
  });

  it.each(BULK_ACT_KINDS)('%s is the same after it was stored', (kind) => {
    expect(toBulkAct(JSON.parse(JSON.stringify(ACTS[kind])) as Record<string, unknown>)).toEqual(ACTS[kind]);
  });

  it.each(BULK_ACT_KINDS)(
    '%s needs the right to work on exceptions, the one to keep the rules, or to decide',
    (kind) => {
      const others: Partial<Record<BulkActKind, string[]>> = {
        REROUTE: ['exception.work', 'catalog.write'],
        APPROVE_ACCEPTANCES: ['exception.approve'],
        REJECT_ACCEPTANCES: ['exception.approve'],
      };
      expect(rightsFor(kind)).toEqual(others[kind] ?? ['exception.work']);
    },
  );

  it.each<[string, BulkActKind, boolean, Permission[], boolean]>([
    ['by who works on exceptions', 'MOVE', false, ['exception.work'], true],
    ['never by who may not', 'MOVE', true, ['exception.approve'], false],
    ['a decision by who made it', 'REJECT_ACCEPTANCES', true, ['exception.approve'], true],
    ['a decision by nobody else', 'REJECT_ACCEPTANCES', false, ['exception.approve', 'exception.work'], false],
    ['a decision never by who may not decide any more', 'APPROVE_ACCEPTANCES', true, ['exception.work'], false],
    ['a withdrawal by its maker', 'WITHDRAW_ACCEPTANCES', true, ['exception.work'], true],
  ])('is paused and cancelled %s', (_name, kind, isOwn, permissions, isAllowed) => {
    const act = { kind, submittedById: ANNA, submittedByName: 'Anna' };
    const viewer = { personId: isOwn ? ANNA : 'somebody', permissions: new Set(permissions) };
    expect(whySteeringBarred(act, viewer) === null).toBe(isAllowed);
  });
});
