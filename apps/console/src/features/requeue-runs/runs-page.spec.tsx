import { describe, expect, it } from '@jest/globals';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { parseRunsSearch, runsHref, type RunsSearch } from '../../shared/url-requeue.js';
import { parseSearchText } from '../../shared/url-search.js';
import { renderConsole } from '../../testing/render-console.js';
import { onePage } from '../../testing/signal-rows.js';
import { limitsSentence } from '../../shared/sending/sending-words.js';
import { canarySentence, runsAnswer, runState, targetSentence } from './run-words.js';
import { RunsPage } from './runs-page.js';

const ANY_TIME = { opensAt: null, hours: null };
const LIMITS = {
  ratePerSecond: 50,
  canary: 5,
  canaryProof: 'VERIFIED' as const,
  ramp: 10,
  maxInFlight: 20,
  stopPercent: 20,
  stopMinimum: 10,
};
const RUN = {
  __typename: 'RequeueRun' as const,
  state: 'SENDING' as const,
  changedAt: null,
  note: null,
  acts: ['pause', 'cancel'],
  waiting: 960,
  inFlight: 12,
  ratePerSecond: 4.2,
  canaryState: 'passed',
  proved: 9,
  verified: 8,
  unproved: 220,
  limits: LIMITS,
  outcomes: [
    { state: 'QUEUED' as const, count: 970 },
    { state: 'SENDING' as const, count: 2 },
    { state: 'ACKNOWLEDGED' as const, count: 220 },
    { state: 'VERIFIED' as const, count: 8 },
  ],
  targets: [{ integration: 'salesforce-contract-to-order', failures: 0, pausedUntil: null, reason: null, ...ANY_TIME }],
};
const REQUEST = {
  __typename: 'RequeueRequest' as const,
  id: 'r1',
  reason: 'Mapping added',
  action: 'REQUEUE',
  makerName: 'Anna Lindqvist',
  createdAt: '2026-11-20T08:00:00.000Z',
  items: 1_200,
  plan: null,
  run: RUN,
};
const ITEM = {
  exceptionId: 'e1',
  isHeld: false,
  attempt: {
    id: 'a1',
    attempt: 1,
    state: 'ACKNOWLEDGED',
    sentAt: '2026-11-20T08:00:01.000Z',
    finishedAt: null,
    httpStatus: 202,
    answer: '',
  },
  exception: {
    __typename: 'Exception',
    id: 'e1',
    businessObject: { type: 'sales-order', key: 'O-100' },
    moneyAtRisk: null,
  },
};
const HELD = {
  ...ITEM,
  exceptionId: 'e2',
  isHeld: true,
  attempt: { ...ITEM.attempt, id: 'a2', state: 'QUEUED' },
  exception: null,
};

function openPage(
  search: Partial<RunsSearch> = {},
  request: unknown = REQUEST,
  rows: readonly unknown[] = [REQUEST],
  items: readonly unknown[] = [ITEM, HELD],
  leftOut: readonly unknown[] = [],
) {
  return renderConsole(<RunsPage search={{ ...parseRunsSearch({}), ...search }} />, {
    RequeueRuns: () => ({ requeueRequests: onePage(rows) }),
    RequeueRun: () => ({ requeueRequest: request }),
    RequeueRunItems: () => ({ requeueRunItems: onePage(items) }),
    RequeueRunLeftOut: () => ({ requeuePlanItems: onePage(leftOut) }),
    PauseRequeue: () => ({
      pauseRequeue: {
        __typename: 'RequeueSteered',
        request: {
          __typename: 'RequeueRequest',
          id: 'r1',
          run: { ...RUN, state: 'PAUSED', acts: ['resume', 'cancel'] },
        },
      },
    }),
    CancelRequeue: () => ({
      cancelRequeue: {
        __typename: 'RequeueFailure',
        code: 'NOT_POSSIBLE_NOW',
        message: 'It is finished, so it cannot be told to cancel.',
      },
    }),
  });
}

describe('runs', () => {
  it('are listed with how far they are', async () => {
    openPage();
    await screen.findByRole('heading', { level: 1, name: '1 run under way, with 972 items left.' });
    const [, row] = within(screen.getByRole('grid', { name: 'Runs' })).getAllByRole('row');
    for (const text of ['Mapping added', '1,200', 'Sending, 19 %', 'Anna Lindqvist']) {
      expect(row?.textContent).toContain(text);
    }
  });

  it('tell counts, rate, what is in flight, the canary, and what became of each', async () => {
    const { api } = openPage({ open: 'r1', state: 'ACKNOWLEDGED' });
    const detail = await screen.findByRole('article', { name: '1,200 items sent again' });
    expect(within(detail).getByRole('status').textContent).toContain('228 of 1,200 sent: 8 verified and 220 taken.');
    for (const text of ['The first 5 are verified downstream: the rest goes.', '960', '12', '4.2 a second']) {
      expect(within(detail).getByText(text)).toBeTruthy();
    }
    const items = await within(detail).findByRole('grid', { name: 'What became of each item' });
    expect(within(items).getByRole('link', { name: 'sales order O-100' }).getAttribute('href')).toBe('/exceptions/e1');
    expect(within(items).getAllByRole('link', { name: 'Certificate' })[0]?.getAttribute('href')).toBe(
      '/certificates/a1',
    );
    expect(within(items).getByText('Held by the run')).toBeTruthy();
    expect(api.asked.find(({ name }) => name === 'RequeueRunItems')?.variables).toMatchObject({
      id: 'r1',
      state: 'ACKNOWLEDGED',
    });
    expect(within(detail).getByRole('link', { name: 'Verified 8' }).getAttribute('href')).toBe(
      '/requeues?open=r1&state=VERIFIED',
    );
  });

  it('list what was asked for and is not sent, each with its reason', async () => {
    const node = { position: 2, exceptionId: 'e7', objectKey: 'O-107', integration: 'to-sap' };
    const leftOut = [{ ...node, reason: 'Somebody else has just sent it again.', hasFallenOut: true }];
    openPage({ open: 'r1' }, REQUEST, [REQUEST], [ITEM], leftOut);
    const table = await screen.findByRole('table', { name: 'Items left out' });
    expect(within(table).getByRole('link', { name: 'O-107' }).getAttribute('href')).toBe('/exceptions/e7');
    expect(table.textContent).toContain('Somebody else has just sent it again.');
  });

  it('follow the news of their progress', async () => {
    const { api } = openPage({ open: 'r1' });
    await screen.findByText('4.2 a second');
    const outcomes = [{ state: 'VERIFIED', count: 1_200 }];
    act(() =>
      api.push('RequeueProgress', {
        requeueProgress: { ...REQUEST, run: { ...RUN, state: 'FINISHED', acts: [], outcomes } },
      }),
    );
    await waitFor(() => expect(screen.getByText(/1,200 of 1,200 sent: 1,200 verified/)).toBeTruthy());
  });

  it('are paused by key, and cancelled after a second word, which says when it came too late', async () => {
    const user = userEvent.setup();
    const { api } = openPage({ open: 'r1' });
    await screen.findByRole('button', { name: 'Pause' });
    await user.keyboard('p');
    await waitFor(() => expect(api.asked.map(({ name }) => name)).toContain('PauseRequeue'));
    await user.keyboard('{Shift>}C{/Shift}');
    expect(api.asked.map(({ name }) => name)).not.toContain('CancelRequeue');
    await user.click(await screen.findByRole('button', { name: 'Cancel the rest' }));
    expect((await screen.findByRole('alert')).textContent).toContain('It is finished, so it cannot be told to cancel.');
  });

  it('say why a target is not sent to, and why they stopped', async () => {
    const later = new Date(Date.now() + 60_000).toISOString();
    const targets = [{ integration: 'to-sap', failures: 5, pausedUntil: later, reason: 'no connection', ...ANY_TIME }];
    const run = { ...RUN, state: 'STOPPED', note: 'Of the first 5 1 failed: the rest was not sent.', targets };
    openPage({ open: 'r1' }, { ...REQUEST, run });
    expect(await screen.findByText(/to-sap was not reached 5 times in a row \(no connection\)/)).toBeTruthy();
    expect(screen.getByText(/Of the first 5 1 failed: the rest was not sent/)).toBeTruthy();
  });

  it('tell until when a target is outside its sending hours, and lead to them', async () => {
    const opensAt = new Date(Date.now() + 86_400_000).toISOString();
    const hours = {
      calendar: 'TARGET',
      timeZone: 'Europe/Berlin',
      windows: [{ weekdays: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' }],
      cutOffs: [],
    };
    const targets = [{ integration: 'to sap', failures: 0, pausedUntil: null, reason: null, opensAt, hours }];
    openPage({ open: 'r1' }, { ...REQUEST, run: { ...RUN, targets } });
    const note = await screen.findByText(/waits until .+, sending hours of to sap/);
    expect(note.textContent).toMatch(/waits until \w+day \d+ \w+ \d\d:\d\d CES?T, sending hours/);
    const link = screen.getByRole('link', { name: 'to sap' });
    expect(link.getAttribute('href')).toBe('/integrations/to%20sap/sending');
    expect(link.getAttribute('title')).toContain('Mon to Fri 08:00–18:00; zone Europe/Berlin');
  });

  it.each([
    ['PENDING_APPROVAL', 'QUEUED', true, 'Awaits approval'],
    ['REJECTED', 'REFUSED', false, 'Not approved'],
  ] as const)('that are %s sent nothing, and lead to their approval', async (state, of, isHeld, word) => {
    const run = { ...RUN, state, acts: [], outcomes: [{ state: of, count: 2 }] };
    const item = { ...ITEM, isHeld, attempt: { ...ITEM.attempt, state: of } };
    openPage({ open: 'r1' }, { ...REQUEST, items: 2, run }, [REQUEST], [item]);
    const detail = await screen.findByRole('article', { name: '2 items to be sent again' });
    expect(within(detail).getByRole('status').textContent).toContain('None of 2 sent.');
    expect(within(detail).getByRole('link', { name: 'Its approval' }).getAttribute('href')).toBe(
      '/approvals/sending?open=r1',
    );
    const items = await within(detail).findByRole('grid', { name: 'What became of each item' });
    expect(await within(items).findByText(word)).toBeTruthy();
    expect(within(detail).queryByText(/Held by the run|Refused/)).toBeNull();
  });

  it.each([
    ['PLANNED', 0, false],
    ['EXPIRED', 0, false],
    ['EXPIRED', 9, true],
    ['SENDING', 9, false],
  ])(
    'that are %s with %d of a plan written lead to it, and to an approval only where one was asked for',
    async (state, frozen, isAsked) => {
      openPage({ open: 'r1' }, { ...REQUEST, plan: { frozen }, run: { ...RUN, state, acts: [] } });
      expect((await screen.findByRole('link', { name: 'Its plan' })).getAttribute('href')).toBe('/requeues/r1/plan');
      expect(screen.queryByRole('link', { name: 'Its approval' }) !== null).toBe(isAsked);
    },
  );

  it.each<[string, { state: string; count: number }[], string]>([
    ['before anything of it went out', [{ state: 'CANCELLED', count: 2 }], '2 items to be sent again, cancelled'],
    ['while it was planned', [], '2 items to be sent again, cancelled'],
    [
      'after some of it',
      [
        { state: 'VERIFIED', count: 1 },
        { state: 'CANCELLED', count: 1 },
      ],
      '2 items sent again',
    ],
    [
      'with one on its way',
      [
        { state: 'SENDING', count: 1 },
        { state: 'CANCELLED', count: 1 },
      ],
      '2 items sent again',
    ],
  ])('that were cancelled %s say whether anything was sent', async (_when, outcomes, name) => {
    const run = { ...RUN, state: 'CANCELLED', acts: [], outcomes };
    openPage({ open: 'r1' }, { ...REQUEST, items: 2, run });
    expect(await screen.findByRole('article', { name })).toBeTruthy();
  });

  it('say that there are none, or not this one', async () => {
    openPage({ open: 'r9' }, null, []);
    expect(await screen.findByText('This run does not exist')).toBeTruthy();
    await waitFor(() =>
      expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Nothing was sent again yet.'),
    );
  });

  it('have addresses that are read as they are written', () => {
    const href = runsHref({ open: 'r1', state: 'VERIFIED' });
    expect(parseRunsSearch(parseSearchText(href.split('?')[1] ?? ''))).toEqual({ open: 'r1', state: 'VERIFIED' });
  });
});

describe('words of a run', () => {
  it.each([
    ['none', { ...LIMITS, canary: 0 }, 0, 'Without a canary.'],
    ['sending', LIMITS, 2, '2 of the first 5 are verified downstream; the rest waits for them.'],
    ['failed', LIMITS, 4, 'Of the first 5 not all are verified downstream: the rest does not go.'],
    [
      'passed',
      { ...LIMITS, canaryProof: 'ACKNOWLEDGED' as const },
      5,
      'The first 5 are taken by the target: the rest goes.',
    ],
  ])('of a canary that is %s', (canaryState, limits, proved, words) => {
    expect(canarySentence({ ...RUN, canaryState, limits, proved })).toBe(words);
  });

  it.each([
    ['all went well', [{ state: 'VERIFIED' as const, count: 9 }], 0, 'good', 'All sent'],
    [
      'some are taken and not proved',
      [
        { state: 'VERIFIED' as const, count: 9 },
        { state: 'ACKNOWLEDGED' as const, count: 2 },
      ],
      2,
      'waiting',
      'Sent, 2 not proved yet',
    ],
    ['what was taken was overtaken', [{ state: 'ACKNOWLEDGED' as const, count: 1 }], 0, 'good', 'All sent'],
    [
      'some failed',
      [
        { state: 'VERIFIED' as const, count: 9 },
        { state: 'FAILED' as const, count: 1 },
        { state: 'REFUSED' as const, count: 2 },
      ],
      1,
      'critical',
      'Sent, 3 failed, 1 not proved yet',
    ],
    ['nobody answered', [{ state: 'UNKNOWN' as const, count: 1 }], 1, 'warning', 'Sent, 1 not proved yet'],
  ])('of a run of which %s', (_name, outcomes, unproved, tone, word) => {
    expect(runState({ state: 'FINISHED', outcomes, unproved })).toEqual({ tone, word });
  });

  it('of limits, of a target, and of many', () => {
    expect(limitsSentence(LIMITS)).toContain('At most 50 a second and 20 in flight, up to 10 times what is proved');
    expect(limitsSentence(null)).toBe('It was asked for before there were limits.');
    expect(targetSentence({ ...RUN.targets[0]!, pausedUntil: '2026-11-20T08:00:00.000Z' }, new Date())).toBeUndefined();
    expect(runsAnswer([{ items: 9, run: { ...RUN, state: 'STOPPED' } }])).toContain('1 run stopped by itself.');
  });
});
