import { describe, expect, it } from '@jest/globals';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ANALYST, renderConsole } from '../../../testing/render-console.js';
import { LIMITS } from '../../../testing/sending-limits.js';
import { sendingHref } from '../../../shared/url-requeue.js';
import { changeWords } from './sending-words.js';
import { SendingPage } from './sending-page.js';

const HOURS = {
  calendar: 'TARGET',
  timeZone: 'Europe/Berlin',
  windows: [{ weekdays: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' }],
  cutOffs: [{ weekdays: [5], at: '16:00' }],
};
const TARGET = {
  integration: 'to-sap',
  failures: 0,
  pausedUntil: null,
  reason: null,
  verifyWithinMinutes: 60,
  opensAt: null,
  hours: null,
  limits: LIMITS,
};
const SETTINGS = {
  __typename: 'SendingSettings',
  integration: 'to-sap',
  title: 'Contract to order',
  canRequeue: true,
  version: 2,
  changedAt: '2026-11-20T08:00:00.000Z',
  changedByName: 'Erik Engineer',
  calendars: [{ name: 'TARGET', title: 'T2 (TARGET), euro', timeZone: 'Europe/Berlin' }],
  changes: [
    {
      at: '2026-11-20T08:00:00.000Z',
      actorName: 'Erik Engineer',
      action: 'requeue.settings-changed',
      details: { before: { ...LIMITS, hours: null }, after: { ...LIMITS, ratePerSecond: 20, hours: HOURS } },
    },
  ],
  target: TARGET,
};
const SAVED = { __typename: 'SendingSettingsSaved', settings: { integration: 'to-sap', version: 3 } };
const later = () => new Date(Date.now() + 600_000).toISOString();

function open(
  target: object = {},
  { saved = SAVED as object, settings = {} as object, permissions = ['catalog.write'] } = {},
) {
  let shown: object = { ...SETTINGS, ...settings, target: { ...TARGET, ...target } };
  const rendered = renderConsole(
    <SendingPage name="to-sap" />,
    {
      SendingSettings: () => ({ sendingSettings: shown }),
      SetSendingSettings: () => ({ setSendingSettings: saved }),
      TryRequeueTarget: () => ({ tryRequeueTarget: saved }),
    },
    { ...ANALYST, permissions: [...ANALYST.permissions, ...permissions] },
  );
  const change = (more: object) => {
    shown = { ...shown, ...more };
  };
  return { ...rendered, change };
}

const fill = (input: HTMLElement, value: string) => fireEvent.change(input, { target: { value } });
const press = (words: string) => fireEvent.click(screen.getByText(words).closest('button')!);
const isDisabled = (words: string) => screen.getByText(words).closest('button')?.disabled;
const asked = (api: ReturnType<typeof open>['api'], of: string) =>
  api.asked.filter(({ name }) => name === of).at(-1)?.variables;

describe('how an integration is sent to', () => {
  it('answers whether it is sent to, and tells who changed what', async () => {
    open();
    await screen.findByRole('heading', { level: 1, name: 'Contract to order is sent to now.' });
    const changes = screen.getByRole('region', { name: 'Changes' });
    expect(changes.textContent).toContain('Erik Engineer a second 50 → 20; hours: Mon to Fri 08:00–18:00');
    expect(isDisabled('Save')).toBe(true);
    expect(screen.getByText('Nothing against it')).toBeTruthy();
  });

  it('is not saved from the keyboard either where nothing was changed, or somebody else has changed it', async () => {
    const failure = { __typename: 'RequeueFailure', code: 'CONFLICT', message: 'Mia has changed it meanwhile.' };
    const { api, change } = open({}, { saved: failure });
    const saves = () => api.asked.filter(({ name }) => name === 'SetSendingSettings').length;
    const rate = await screen.findByLabelText('A second');
    const saveByKey = () => fireEvent.keyDown(rate, { key: 'Enter', ctrlKey: true });
    saveByKey();
    fill(rate, '7');
    change({ version: 3, changedByName: 'Mia' });
    saveByKey();
    await screen.findByText('Show what is saved now');
    saveByKey();
    await screen.findByRole('alert');
    expect(saves()).toBe(1);
  });

  it('saves limits, proof, hours and cut-offs on the version that was seen, from the keyboard', async () => {
    const { api } = open();
    const user = userEvent.setup();
    const rate = await screen.findByLabelText('A second');
    fill(rate, '7');
    fill(screen.getByLabelText('Seen downstream within, minutes'), '30');
    fireEvent.click(screen.getAllByLabelText('Calendar')[0]!);
    fireEvent.click(await screen.findByText(/^TARGET, T2/));
    expect(screen.getByText(/it is sent to while TARGET is open/)).toBeTruthy();
    press('Add hours');
    const hours = screen.getByRole('group', { name: 'Hours 1' });
    fireEvent.click(within(hours).getByLabelText('Fri'));
    fill(within(hours).getByLabelText('From'), '22:00');
    fill(within(hours).getByLabelText('To'), '06:00');
    press('Add a cut-off');
    rate.focus();
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() =>
      expect(asked(api, 'SetSendingSettings')).toEqual({
        integration: 'to-sap',
        limits: { ...LIMITS, ratePerSecond: 7 },
        verifyWithinMinutes: 30,
        hours: {
          calendar: 'TARGET',
          windows: [{ weekdays: [1, 2, 3, 4], from: '22:00', to: '06:00' }],
          cutOffs: [{ weekdays: [1, 2, 3, 4, 5], at: '17:00' }],
        },
        basedOn: 2,
      }),
    );
  });

  it('shows hours as they are, and takes them away', async () => {
    const { api } = open({ hours: HOURS, opensAt: later() });
    expect((await screen.findByRole('heading', { level: 1 })).textContent).toMatch(
      /outside its sending hours; what waits goes from \w+day .+ CES?T on/,
    );
    expect(screen.getByRole('group', { name: 'Cut-off 1' })).toBeTruthy();
    fireEvent.click(screen.getByLabelText('Remove cut-off 1'));
    fireEvent.click(screen.getByLabelText('Remove hours 1'));
    press('Save');
    await waitFor(() =>
      expect(asked(api, 'SetSendingSettings')).toMatchObject({
        hours: { calendar: 'TARGET', windows: [], cutOffs: [] },
      }),
    );
  });

  it('says that somebody else changed it, keeps what was typed, and shows what is saved when told to', async () => {
    const failure = { __typename: 'RequeueFailure', code: 'CONFLICT', message: 'Mia has changed it meanwhile.' };
    const { change } = open({}, { saved: failure });
    fill(await screen.findByLabelText('A second'), '7');
    change({ version: 3, changedByName: 'Mia', target: { ...TARGET, limits: { ...LIMITS, ratePerSecond: 9 } } });
    press('Save');
    expect((await screen.findByRole('alert')).textContent).toContain('Mia has changed it meanwhile.');
    expect(screen.getByLabelText<HTMLInputElement>('A second').value).toBe('7');
    fireEvent.click(await screen.findByText('Show what is saved now'));
    expect(screen.getByLabelText<HTMLInputElement>('A second').value).toBe('9');
  });

  it('cannot be saved with a day, a time or a limit missing', async () => {
    open({ hours: HOURS });
    const hours = await screen.findByRole('group', { name: 'Hours 1' });
    const save = () => isDisabled('Save');
    fill(within(hours).getByLabelText('From'), '');
    expect(save()).toBe(true);
    fill(within(hours).getByLabelText('From'), '09:00');
    expect(save()).toBe(false);
    for (const day of ['Mon', 'Tue', 'Wed', 'Thu', 'Fri']) {
      fireEvent.click(within(hours).getByLabelText(day));
    }
    expect(within(hours).getByRole('alert').textContent).toBe('On which days?');
    expect(save()).toBe(true);
  });

  it('lets a target that is left alone be tried now, by key', async () => {
    const { api } = open({ failures: 5, pausedUntil: later(), reason: 'no connection' });
    expect(await screen.findByText(/was not reached 5 times in a row \(no connection\)/)).toBeTruthy();
    await userEvent.keyboard('t');
    await waitFor(() => expect(asked(api, 'TryRequeueTarget')).toEqual({ integration: 'to-sap' }));
  });

  it('is read by who may not change it, and says where nothing was changed or there is no target', async () => {
    open({ hours: HOURS }, { permissions: [], settings: { changes: [], canRequeue: false } });
    await screen.findByRole('heading', { level: 1, name: /has no target: nothing is sent to it again/ });
    expect(screen.getByText(/At most 50 a second.+nothing after 16:00 on Fri; zone Europe\/Berlin/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
    expect(screen.getByText('Nothing was changed yet')).toBeTruthy();
    expect(screen.getByText('No target')).toBeTruthy();
  });

  it('says what failed where it cannot be read', async () => {
    renderConsole(<SendingPage name="to-sap" />, {});
    expect(await screen.findByRole('alert')).toBeTruthy();
  });

  it('goes back by Escape, and has an address for any name', async () => {
    const { visited } = open();
    await screen.findByRole('heading', { level: 1, name: /sent to now/ });
    await userEvent.keyboard('{Escape}');
    expect(visited).toEqual(['/integrations']);
    expect(sendingHref('a/b c')).toBe('/integrations/a%2Fb%20c/sending');
  });

  it('tells that somebody had it tried', () => {
    const change = { at: '', actorName: '', action: 'requeue.target-tried', details: {} };
    expect(changeWords(change)).toEqual(['had the target tried at once']);
  });
});
