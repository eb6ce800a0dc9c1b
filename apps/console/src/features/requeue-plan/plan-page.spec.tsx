import { describe, expect, it } from '@jest/globals';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { RequeueRequestState } from '../../gql/graphql.js';
import { parseRequeuePlanSearch, requeuePlanHref } from '../../shared/url-requeue.js';
import { parseSearchText } from '../../shared/url-search.js';
import { renderConsole } from '../../testing/render-console.js';
import { onePage } from '../../testing/signal-rows.js';
import { RequeuePlanPage } from './plan-page.js';
import { sumWords } from '../../shared/sending/sum-words.js';
import { approvalWords, planAnswer, wishWords } from './plan-words.js';

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const LIMITS = {
  ratePerSecond: 50,
  canary: 5,
  canaryProof: 'VERIFIED' as const,
  ramp: 10,
  maxInFlight: 20,
  stopPercent: 20,
  stopMinimum: 10,
};
const APPROVAL = { approvals: 1, roles: ['treasurer'], rules: [{ title: 'EUR 100,000 or more' }] };
const PLAN = {
  __typename: 'RequeueSelectionPlan' as const,
  selectionWords: 'states open',
  items: 100_000,
  planned: 100_000,
  going: 98_412 as number | null,
  frozen: 0,
  mode: 'AS_IS' as const,
  despitePredecessors: false,
  despiteLookAlikes: false,
  carryForward: false,
  plannedAt: '2026-11-30T08:00:00.000Z',
  expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
  note: null as string | null,
  canGoOn: true,
  leftOutBy: [
    { code: 'ALREADY_PROCESSED', hasFallenOut: false, count: 1_500 },
    { code: 'PERIOD_CLOSED', hasFallenOut: false, count: 88 },
  ],
  sent: [{ legalEntity: 'DE01', count: 98_412, inflow: eur('1840000.00'), outflow: eur('0.00') }],
  leftOut: [{ legalEntity: 'DE01', count: 1_588, inflow: eur('5.00'), outflow: eur('7.00') }],
  waiting: [{ title: 'Invoiced', isHub: false, count: 98_000 }],
  approval: null as typeof APPROVAL | null,
  limits: LIMITS,
};
const REQUEST = {
  __typename: 'RequeueRequest' as const,
  id: 'r1',
  makerName: 'Anna Lindqvist',
  state: 'PLANNED' as const,
  items: 100_000,
  run: { __typename: 'RequeueRun' as const, note: null, acts: ['cancel'] },
  plan: PLAN,
  deciding: null,
};
const ITEM = {
  position: 1,
  exceptionId: 'e1',
  objectKey: 'O-100',
  integration: 'contract-to-order',
  code: null as string | null,
  reason: null as string | null,
  hasFallenOut: false,
  after: [],
  exception: {
    __typename: 'Exception',
    id: 'e1',
    businessObject: { type: 'sales-order' },
    legalEntity: 'DE01',
    moneyAtRisk: eur('12.00'),
  },
};
const LEFT_OUT = {
  ...ITEM,
  position: 2,
  exceptionId: 'e2',
  objectKey: 'O-101',
  code: 'PERIOD_CLOSED',
  reason: 'It is closed.',
};

function openPage(request: unknown = REQUEST, show?: string) {
  let current = request;
  let items = [ITEM, LEFT_OUT];
  const page = renderConsole(<RequeuePlanPage id="r1" search={{ show }} />, {
    RequeuePlanPage: () => ({ requeueRequest: current }),
    RequeuePlanItems: () => ({ requeuePlanItems: onePage(items) }),
    GoOnWithPlan: () => ({
      requestRequeue: {
        __typename: 'RequeuePlanning',
        planning: { __typename: 'RequeueRequest', id: 'r1', state: 'FREEZING' },
      },
    }),
    PlanAnew: () => ({
      requestRequeue: { __typename: 'RequeuePlanning', planning: { __typename: 'RequeueRequest', id: 'r2' } },
    }),
    CancelRequeuePlan: () => ({
      cancelRequeue: { __typename: 'RequeueFailure', code: 'NOT_POSSIBLE_NOW', message: 'It is sending.' },
    }),
  });
  const becomes = (next: unknown, nextItems = items) => {
    current = next;
    items = nextItems;
  };
  return { ...page, becomes };
}

describe('the plan of a large selection', () => {
  it('says what goes, what is left out and why, with which money, how and within which limits', async () => {
    openPage();
    await screen.findByRole('heading', { level: 1, name: '98,412 of 100,000 can be sent again; 1,588 are left out.' });
    expect(within(screen.getByRole('table', { name: 'What goes' })).getByText(/1,840,000.00 in/)).toBeTruthy();
    for (const text of [
      /Nobody else has to decide/,
      /5 go first, with the least at stake/,
      /Invoiced \(98,000\)/,
      'states open',
    ]) {
      expect(screen.getByText(text)).toBeTruthy();
    }
    expect(screen.getByRole('link', { name: 'Posting period closed 88' }).getAttribute('href')).toBe(
      '/requeues/r1/plan?show=PERIOD_CLOSED',
    );
    expect(await screen.findByText('Left out: It is closed.')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'sales order O-100' }).getAttribute('href')).toBe('/exceptions/e1');
  });

  it('lists those that are left out for one reason', async () => {
    const { api } = openPage(REQUEST, 'PERIOD_CLOSED');
    await screen.findByText('Left out: It is closed.');
    expect(api.asked.find(({ name }) => name === 'RequeuePlanItems')?.variables).toMatchObject({
      id: 'r1',
      code: 'PERIOD_CLOSED',
      show: null,
    });
  });

  it('is asked for with a reason, by key, and then shows how far it is written', async () => {
    const user = userEvent.setup();
    const { api, becomes } = openPage();
    const button = await screen.findByRole('button', { name: 'Send 98,412 again' });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    await user.type(screen.getByRole('textbox', { name: 'Reason' }), 'mapping added');
    becomes({ ...REQUEST, state: 'FREEZING', plan: { ...PLAN, frozen: 12_000, canGoOn: false } });
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'GoOnWithPlan')?.variables).toEqual({
        id: 'r1',
        reason: 'mapping added',
      }),
    );
    await screen.findByRole('heading', { level: 1, name: 'Writing what is sent: 12,000 of 98,412.' });
    expect(screen.getByRole('progressbar', { name: 'Items written' }).getAttribute('value')).toBe('12000');
  });

  it('reads its items anew when it is written, and tells that its money is that of the planning', async () => {
    const { api, becomes } = openPage();
    await screen.findByText('Goes');
    const fallen = { ...ITEM, code: 'ALREADY_REQUEUED', reason: 'Sent meanwhile.', hasFallenOut: true };
    becomes({ ...REQUEST, state: 'SENDING', plan: { ...PLAN, frozen: 98_411, canGoOn: false } }, [fallen, LEFT_OUT]);
    act(() => api.push('RequeuePlanProgress', { requeueProgress: { ...REQUEST, state: 'SENDING' } }));
    expect(await screen.findByText('Fell out: Sent meanwhile.')).toBeTruthy();
    expect(screen.getByRole('region', { name: 'Money of what was planned' })).toBeTruthy();
  });

  it('is asked for within limits of its own, no faster than its targets take', async () => {
    const user = userEvent.setup();
    const { api } = openPage();
    await user.click(await screen.findByRole('button', { name: 'How it is sent' }));
    fireEvent.change(screen.getByRole('textbox', { name: 'Reason' }), { target: { value: 'mapping added' } });
    const rate = screen.getByRole('textbox', { name: 'A second' });
    const button = screen.getByRole('button', { name: 'Send 98,412 again' });
    fireEvent.change(rate, { target: { value: '51' } });
    await waitFor(() => expect(button.getAttribute('aria-disabled')).toBe('true'));
    fireEvent.change(rate, { target: { value: '20' } });
    await user.click(button);
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'GoOnWithPlan')?.variables).toEqual({
        id: 'r1',
        reason: 'mapping added',
        limits: { ratePerSecond: 20 },
      }),
    );
  });

  it('is made anew in spite of what may go all the same, and of nothing else', async () => {
    const user = userEvent.setup();
    const leftOutBy = [...PLAN.leftOutBy, { code: 'CARRY_FORWARD_NEEDED', hasFallenOut: false, count: 7 }];
    const { api, visited } = openPage({ ...REQUEST, plan: { ...PLAN, leftOutBy } });
    const wishes = within(await screen.findByRole('group', { name: 'In spite of the plan' }));
    expect(wishes.getAllByRole('checkbox')).toHaveLength(1);
    expect(wishes.getByRole('button', { name: 'Plan anew' }).getAttribute('aria-disabled')).toBe('true');
    await user.click(wishes.getByRole('checkbox', { name: /^Carry forward/ }));
    await user.click(wishes.getByRole('button', { name: 'Plan anew' }));
    await waitFor(() => expect(visited).toContain('/requeues/r2/plan'));
    expect(api.asked.find(({ name }) => name === 'PlanAnew')?.variables).toEqual({
      id: 'r1',
      mode: 'AS_IS',
      despitePredecessors: false,
      despiteLookAlikes: false,
      carryForward: true,
    });
  });

  it('follows its planning live, and is cancelled after a second word', async () => {
    const user = userEvent.setup();
    const planning = { ...PLAN, planned: 35_000, going: null, canGoOn: false, leftOutBy: [], sent: [], leftOut: [] };
    const { api, becomes } = openPage({ ...REQUEST, state: 'PLANNING', plan: planning });
    await screen.findByRole('heading', { level: 1, name: 'Working out what would be sent: 35,000 of 100,000.' });
    expect(screen.queryByRole('table', { name: 'What goes' })).toBeNull();
    await user.keyboard('{Shift>}C{/Shift}');
    await user.click(await screen.findByRole('button', { name: 'Cancel the plan' }));
    expect((await screen.findByRole('alert')).textContent).toContain('It is sending.');
    becomes(REQUEST);
    act(() => api.push('RequeuePlanProgress', { requeueProgress: { ...REQUEST, plan: { ...PLAN } } }));
    await screen.findByRole('heading', { level: 1, name: /98,412 of 100,000 can be sent again/ });
  });

  it.each([
    ['of somebody else', { canGoOn: false }, /Send 98,412 again/],
    ['that needs approval', { approval: APPROVAL }, /Ask to send 98,412 again/],
  ])('%s has its own word', async (_of, over, name) => {
    openPage({ ...REQUEST, plan: { ...PLAN, ...over } });
    expect((await screen.findByRole('button', { name })).getAttribute('aria-disabled')).toBe('true');
  });

  it.each([
    ['somebody else planned it', {}, /^Anna Lindqvist planned it/],
    ['its time ran out', { expiresAt: '2026-11-01T08:00:00.000Z' }, /^Its time ran out/],
  ])('says that %s', async (_of, over, why) => {
    openPage({ ...REQUEST, plan: { ...PLAN, canGoOn: false, ...over } });
    const button = await screen.findByRole('button', { name: 'Send 98,412 again' });
    await userEvent.hover(button);
    expect(await screen.findByText(why)).toBeTruthy();
  });

  it.each([
    ['PENDING_APPROVAL', 'Its approval', '/approvals/sending?open=r1'],
    ['APPROVING', 'Its approval', '/approvals/sending?open=r1'],
    ['SENDING', 'Its run', '/requeues?open=r1'],
    ['EXPIRED', 'Pick them anew in the inbox', '/exceptions'],
  ])('that is %s leads on', async (state, name, href) => {
    openPage({ ...REQUEST, state, plan: { ...PLAN, canGoOn: false } });
    expect((await screen.findByRole('link', { name })).getAttribute('href')).toBe(href);
  });

  it('shows how far its approval is carried out', async () => {
    const deciding = { items: 98_412, done: 12_000, letGo: 12_000, setAside: 0 };
    openPage({ ...REQUEST, state: 'APPROVING', deciding, plan: { ...PLAN, frozen: 98_412, canGoOn: false } });
    await screen.findByRole('heading', { name: 'Approved: 12,000 of 98,412 made ready; nothing has gone out.' });
    const bar = screen.getByRole<HTMLProgressElement>('progressbar', { name: 'How far the decision is carried out' });
    expect([bar.value, bar.max]).toEqual([12_000, 98_412]);
  });

  it('says what fell out, that nothing goes, and that there is none', async () => {
    const leftOutBy = [{ code: 'ALREADY_REQUEUED', hasFallenOut: true, count: 3 }];
    const { unmount } = openPage({ ...REQUEST, state: 'SENDING', plan: { ...PLAN, leftOutBy } });
    expect((await screen.findByRole('note')).textContent).toContain('Sent again already 3');
    unmount();
    openPage(null);
    expect(await screen.findByText('There is no such plan')).toBeTruthy();
  });

  it('has an address that is read as it is written', () => {
    const href = requeuePlanHref('r1', { show: 'PERIOD_CLOSED' });
    expect(href.split('?')[0]).toBe('/requeues/r1/plan');
    expect(parseRequeuePlanSearch(parseSearchText(href.split('?')[1] ?? ''))).toEqual({ show: 'PERIOD_CLOSED' });
  });
});

describe('words of a plan', () => {
  it('tell money, approval, wishes and ends', () => {
    expect(sumWords({ inflow: eur('0.00'), outflow: eur('0') })).toBe('none');
    expect(sumWords({ inflow: eur('5.00'), outflow: eur('7.00') })).toMatch(/5\.00 in and .*7\.00 out/);
    expect(approvalWords(APPROVAL)).toBe(
      'It waits for one more person, treasurer among those who decide: EUR 100,000 or more.',
    );
    expect(wishWords({ ...PLAN, carryForward: true })).toBe('passed dates are carried forward');
    expect(planAnswer({ ...REQUEST, state: 'PLANNED' }, { ...PLAN, going: 0 })).toBe(
      'None of 100,000 can be sent again.',
    );
    expect(planAnswer({ ...REQUEST, state: 'CANCELLED' }, { ...PLAN, note: 'It ended.' })).toBe('It ended.');
  });

  it.each<[RequeueRequestState, number, string]>([
    ['PENDING_APPROVAL', 98_412, '98,412 wait for approval to be sent again.'],
    ['REJECTED', 98_412, 'Not approved: none of 98,412 was sent.'],
    ['WITHDRAWN', 98_412, 'Withdrawn: none of 98,412 was sent.'],
    ['EXPIRED', 98_412, 'Nobody approved it in time: nothing was sent.'],
    ['EXPIRED', 0, 'Nobody went on with this plan in time: nothing of it was sent.'],
    ['SENDING', 98_412, '98,412 are sent again.'],
    ['FINISHED', 98_412, '98,412 are sent again.'],
  ])('say what became of one that is %s with %d written', (state, frozen, words) => {
    expect(planAnswer({ ...REQUEST, state }, { ...PLAN, frozen })).toBe(words);
  });
});
