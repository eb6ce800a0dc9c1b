import { describe, expect, it } from '@jest/globals';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { exceptionFull } from '../../testing/exception-rows.js';
import { ANALYST, renderConsole } from '../../testing/render-console.js';
import { onePage } from '../../testing/signal-rows.js';
import { ACT_KEYS } from './act-keys.js';
import { ExceptionDetail } from './exception-detail.js';
import type { ExceptionFull } from './exception-documents.js';

const ALL_ACTS = ['requeue', 'assign', 'note', 'start', 'wait', 'resolve', 'accept', 'mark-duplicate', 'snooze'];

const CHANGED = { __typename: 'ExceptionsChanged', exceptions: [{ id: '100', state: 'PENDING_APPROVAL' }] };
const STALE = {
  __typename: 'ActFailure',
  message: 'Bruno Keller changed O-100 since you looked at it: it is resolved now. Nothing was done.',
};

const ASKED: NonNullable<ExceptionFull['acceptance']> = {
  id: 'q1',
  state: 'pending',
  reason: { title: 'Too small to pursue' },
  comment: 'Agreed with sales',
  title: 'No company code for DE01-BREMEN — order O-100',
  moneyAtRisk: { amount: '48200.00', currency: 'EUR' },
  convertedMoney: { amount: '48200.00', currency: 'EUR' },
  duplicates: 0,
  limit: { amount: '1000.00', currency: 'EUR' },
  occurrences: 1,
  requestedAt: '2026-11-20T09:00:00.000Z',
  expiresAt: null,
  makerName: 'Bruno Keller',
  decidedAt: null,
  deciderName: null,
  decisionReason: null,
  canDecide: false,
  canWithdraw: false,
};

function open(more: Partial<ExceptionFull> = {}, answer: object = CHANGED, viewer = ANALYST) {
  const answers = {
    ExceptionPage: () => ({
      exception: exceptionFull('100', { actions: ALL_ACTS, ...more }),
    }),
    ExceptionLineage: () => ({
      upstream: { isTruncated: false, nodes: [] },
      downstream: { isTruncated: false, nodes: [] },
    }),
    LegalEntities: () => ({
      legalEntities: [
        { code: 'DE01', name: 'DE', country: 'DE', currency: 'EUR', calendar: 'TARGET', timeZone: 'Europe/Berlin' },
      ],
    }),
    SourceSystemNames: () => ({
      sourceSystems: { edges: [{ node: { name: 'sap-s4hana', kind: 'sap-s4hana', title: 'SAP' } }] },
    }),
    Impact: () => ({ impact: null }),
    ExceptionReasons: () => ({
      exceptionReasons: {
        wait: [
          { code: 'posting-period', title: 'The posting period opens', pausesClock: true },
          { code: 'other-team', title: 'Another team answers', pausesClock: false },
        ],
        accept: [{ code: 'immaterial', title: 'Too small to pursue' }],
        acceptanceLimit: { amount: '1000.00', currency: 'EUR' },
        acceptanceLimits: [],
      },
    }),
    Exceptions: () => ({ exceptions: onePage([]) }),
    ChangeExceptionState: () => ({ changeExceptionState: answer }),
    SnoozeExceptions: () => ({ snoozeExceptions: answer }),
    WakeExceptions: () => ({ wakeExceptions: answer }),
    AcceptException: () => ({ acceptException: answer }),
    ApproveAcceptance: () => ({ approveAcceptance: answer }),
    RejectAcceptance: () => ({ rejectAcceptance: answer }),
    WithdrawAcceptance: () => ({ withdrawAcceptance: answer }),
  };
  return renderConsole(<ExceptionDetail id="100" />, answers, viewer);
}

/** All of the text at once: key by key it would take seconds. */
const fill = (field: HTMLElement, value: string) => fireEvent.change(field, { target: { value } });
const ready = () => screen.findByText('Resolve');
const sentBy = (asked: { name: string; variables: Record<string, unknown> }[], name: string) =>
  asked.find((each) => each.name === name)?.variables;

describe('acts that change the state', () => {
  it('waits with w, for a posting period until a time at the latest', async () => {
    const user = userEvent.setup();
    const { api } = open();
    await ready();
    await user.keyboard('w');
    const dialog = await screen.findByRole('dialog', { name: 'O-100: wait' });
    await within(dialog).findByRole('option', { name: 'The posting period opens' });
    fill(within(dialog).getByLabelText('Why'), 'posting-period');
    expect(within(dialog).getByText('Stops the clock')).toBeTruthy();
    fill(within(dialog).getByLabelText('Wait for'), 'POSTING_PERIOD_OPEN');
    fill(within(dialog).getByLabelText('Period'), '');
    const submit = within(dialog).getByRole('button', { name: 'Wait' });
    expect(submit.hasAttribute('disabled')).toBe(true);
    fill(within(dialog).getByLabelText('Period'), '2026-10');
    fill(within(dialog).getByLabelText(/^Until, at the latest/), '2026-12-04T09:00');
    await user.click(submit);
    await waitFor(() =>
      expect(sentBy(api.asked, 'ChangeExceptionState')).toEqual({
        input: {
          exceptions: [{ id: '100', version: 1 }],
          act: 'WAIT',
          comment: '',
          wait: {
            reason: 'posting-period',
            predicate: { kind: 'POSTING_PERIOD_OPEN', legalEntity: 'DE01', period: '2026-10' },
            expiresAt: new Date('2026-12-04T09:00').toISOString(),
          },
        },
      }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('resolves with e by the document that was posted by hand', async () => {
    const user = userEvent.setup();
    const { api } = open();
    await ready();
    await user.keyboard('e');
    const dialog = await screen.findByRole('dialog', { name: 'O-100: resolve' });
    await user.click(within(dialog).getByRole('radio', { name: 'Posted by hand' }));
    expect(within(dialog).getByRole('button', { name: 'Resolve' }).hasAttribute('disabled')).toBe(true);
    fill(within(dialog).getByLabelText('Document number'), 'JE-77');
    await user.click(within(dialog).getByRole('button', { name: 'Resolve' }));
    await waitFor(() =>
      expect(sentBy(api.asked, 'ChangeExceptionState')).toMatchObject({
        input: {
          act: 'RESOLVE',
          resolve: { resolution: 'POSTED_BY_HAND', documentType: 'journal-entry', documentKey: 'JE-77' },
        },
      }),
    );
  });

  it('names as the other one only what somebody still works on', async () => {
    const user = userEvent.setup();
    const { api } = open();
    await ready();
    await user.keyboard(ACT_KEYS.duplicate);
    const dialog = await screen.findByRole('dialog', { name: 'O-100: duplicate of another' });
    fill(within(dialog).getByLabelText('The other one'), 'Bremen');
    await waitFor(() =>
      expect(sentBy(api.asked, 'Exceptions')).toMatchObject({
        filter: { states: ['OPEN', 'IN_PROGRESS', 'WAITING', 'PENDING_APPROVAL', 'REQUEUED'] },
      }),
    );
  });

  it('lets who only approves add a note, and offers nothing else', async () => {
    const user = userEvent.setup();
    const permissions = ['exception.read', 'exception.note', 'requeue.approve'];
    open({ actions: ['note'] }, CHANGED, { ...ANALYST, roles: ['treasurer'], permissions });
    await screen.findByRole('button', { name: 'Note' });
    expect(screen.queryByRole('button', { name: 'Resolve' })).toBeNull();
    await user.keyboard('n');
    expect(await screen.findByRole('dialog', { name: 'Note on O-100' })).toBeTruthy();
  });

  it('says who was quicker, and keeps what was typed', async () => {
    const user = userEvent.setup();
    open({}, STALE);
    await ready();
    await user.keyboard('e');
    const dialog = await screen.findByRole('dialog');
    fill(within(dialog).getByLabelText('Note'), 'mended');
    await user.click(within(dialog).getByRole('button', { name: 'Resolve' }));
    expect((await within(dialog).findByRole('alert')).textContent).toContain('Bruno Keller changed O-100');
    expect(within(dialog).getByLabelText<HTMLTextAreaElement>('Note').value).toBe('mended');
  });

  it('snoozes with s until it fails again', async () => {
    const user = userEvent.setup();
    const { api } = open();
    await ready();
    await user.keyboard('s');
    const dialog = await screen.findByRole('dialog', { name: 'O-100: snooze' });
    fill(within(dialog).getByLabelText('Reason'), 'Known');
    fill(within(dialog).getByLabelText(/^Until/), '');
    await user.click(within(dialog).getByRole('button', { name: 'Snooze' }));
    await waitFor(() =>
      expect(sentBy(api.asked, 'SnoozeExceptions')).toEqual({
        exceptions: [{ id: '100', version: 1 }],
        reason: 'Known',
        until: null,
        untilNextOccurrence: true,
      }),
    );
  });

  it('closes without correction for a reason, and says that a second person decides', async () => {
    const user = userEvent.setup();
    const { api } = open();
    await ready();
    await user.keyboard('o');
    const dialog = await screen.findByRole('dialog', { name: 'O-100: close without correction' });
    await within(dialog).findByText(
      /EUR 48,200\.00 stays as it is in the systems\. Above EUR 1,000\.00 a second person/,
    );
    const submit = within(dialog).getByRole('button', { name: 'Close without correction' });
    expect(submit.hasAttribute('disabled')).toBe(true);
    fill(within(dialog).getByLabelText('Reason'), 'immaterial');
    fill(within(dialog).getByLabelText('Comment'), 'Agreed with sales');
    await user.click(submit);
    await waitFor(() =>
      expect(sentBy(api.asked, 'AcceptException')).toEqual({
        id: '100',
        version: 1,
        reason: 'immaterial',
        comment: 'Agreed with sales',
      }),
    );
  });

  it('takes it in hand with t, without asking', async () => {
    const user = userEvent.setup();
    const { api } = open();
    await ready();
    await user.keyboard('t');
    await waitFor(() => expect(sentBy(api.asked, 'ChangeExceptionState')).toMatchObject({ input: { act: 'START' } }));
  });

  it('does nothing that the state does not know', async () => {
    const user = userEvent.setup();
    open({ state: 'RESOLVED', resolution: 'SOURCE_FIXED', actions: ['note'] });
    await screen.findByRole('button', { name: 'Note' });
    await user.keyboard('weso');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.queryByRole('button', { name: 'More' })).toBeNull();
  });
});

describe('where an exception stands', () => {
  const notices = () => screen.findByRole('list', { name: 'Where it stands' });

  it('says what it waits for, until when, and why not yet', async () => {
    open({
      state: 'WAITING',
      wait: {
        waitsFor: 'posting period 2026-10 of DE01',
        until: null,
        expiresAt: '2026-12-04T08:00:00.000Z',
        reason: { title: 'The posting period opens', pausesClock: true },
        note: 'asked the ledger team',
        checkedAt: '2026-11-20T09:00:00.000Z',
        checkDetail: '2026-10 of DE01 is closed (0L)',
        startedAt: '2026-11-20T08:30:00.000Z',
        startedByName: 'Anna Lindqvist',
      },
    });
    const text = (await notices()).textContent;
    await waitFor(async () =>
      expect((await notices()).textContent).toContain(
        'Waits for posting period 2026-10 of DE01, until 4 Dec 09:00 CET at the latest',
      ),
    );
    expect(text).toContain('says Anna Lindqvist: asked the ledger team. The clock is stopped.');
    expect(text).toContain('2026-10 of DE01 is closed (0L)');
  });

  it('names the predecessor to begin with', async () => {
    const before = (id: string, isRoot: boolean) => ({ isRoot, exception: { id, title: `No company code — ${id}` } });
    open({ predecessors: [before('D-1', false), before('C-1', true)] });
    expect((await notices()).textContent).toContain(
      'Blocked by a predecessorBegin with No company code — C-1; 1 other exception before this one',
    );
    expect(screen.getByRole('link', { name: 'No company code — C-1' }).getAttribute('href')).toBe('/exceptions/C-1');
  });

  it('brings a snoozed one back', async () => {
    const user = userEvent.setup();
    const { api } = open({
      snooze: { until: null, isUntilNextOccurrence: true, reason: 'Known', snoozedByName: 'Bruno Keller' },
    });
    expect((await notices()).textContent).toContain('Snoozed until it fails again by Bruno Keller: Known');
    await user.click(screen.getByRole('button', { name: 'Bring back' }));
    await waitFor(() =>
      expect(sentBy(api.asked, 'WakeExceptions')).toEqual({ exceptions: [{ id: '100', version: 1 }] }),
    );
  });

  it.each([
    [null, 'UnverifiedPosted by hand with journal entry JE-77, which was not seen yet: unverified.'],
    ['2026-11-20T09:00:00.000Z', 'VerifiedPosted by hand with journal entry JE-77, seen on 20 Nov'],
  ])('shows whether what was posted by hand was seen: %s', async (verifiedAt, words) => {
    open({
      state: 'RESOLVED',
      resolution: 'POSTED_BY_HAND',
      actions: ['note'],
      handPosting: {
        documentType: 'journal-entry',
        documentKey: 'JE-77',
        statedByName: 'Anna Lindqvist',
        verifiedAt,
        object: null,
      },
    });
    expect((await notices()).textContent).toContain(words);
  });

  it('lets a second person reject, with the reason', async () => {
    const user = userEvent.setup();
    const { api } = open({ state: 'PENDING_APPROVAL', acceptance: { ...ASKED, canDecide: true } });
    expect((await notices()).textContent).toContain('EUR 48,200.00 is above the limit of EUR 1,000.00.');
    await user.click(screen.getByRole('button', { name: 'Reject' }));
    const dialog = await screen.findByRole('dialog', { name: 'Reject closing without correction' });
    fill(within(dialog).getByLabelText('Reason'), 'Pursue it');
    await user.click(within(dialog).getByRole('button', { name: 'Reject' }));
    await waitFor(() => expect(sentBy(api.asked, 'RejectAcceptance')).toEqual({ id: 'q1', reason: 'Pursue it' }));
  });

  it('offers no decision to others', async () => {
    open({ state: 'PENDING_APPROVAL', acceptance: ASKED });
    await notices();
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Withdraw' })).toBeNull();
  });
});

describe('the clock', () => {
  const clock = exceptionFull('100').clock;

  it('shows counted time, gross time, targets, and who stopped it', async () => {
    open({
      clock: {
        ...clock,
        countedMinutes: 125,
        pausedMinutes: 60,
        grossMinutes: 1500,
        response: { ...clock.response, metAt: '2026-11-20T09:00:00.000Z', state: 'met' },
        resolution: { ...clock.resolution, state: 'paused' },
        pauses: [{ reason: 'The bank answers', byName: 'Bruno Keller', from: '2026-11-20T10:00:00.000Z', to: null }],
        holders: [
          { holder: null, countedMinutes: 5, pausedMinutes: 0 },
          { holder: 'Bruno Keller', countedMinutes: 120, pausedMinutes: 60 },
        ],
      },
    });
    const panel = await screen.findByRole('region', { name: 'Clock' });
    expect(panel.textContent).toContain('It has counted 2 h 5 min of open time, and 1 h stopped; 1 d 1 h on the wall.');
    expect(panel.textContent).toContain('Met 20 Nov');
    expect(panel.textContent).toContain('Stopped; due 24 Nov');
    expect(panel.textContent).toContain('Bruno Keller2 h and 1 h stopped');
    expect(panel.textContent).toContain('The bank answers, by Bruno Keller');
  });
});
