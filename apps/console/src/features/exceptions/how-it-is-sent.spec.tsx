import { describe, expect, it } from '@jest/globals';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { exceptionRow } from '../../testing/exception-rows.js';
import { renderConsole } from '../../testing/render-console.js';
import { LIMITS } from '../../testing/sending-limits.js';
import { SendAgainDialog } from './send-again-dialog.js';

const HOURS = {
  calendar: 'TARGET',
  timeZone: 'Europe/Berlin',
  windows: [{ weekdays: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' }],
  cutOffs: [],
};

const plan = (hash: string, opensAt: string | null, approval: object | null = null) => ({
  hash,
  items: [
    {
      ...{ exceptionId: '100', integration: 'to-sap', objectKey: 'O-1', willSend: true },
      ...{ code: null, reason: null, after: [] },
    },
  ],
  sent: [],
  leftOut: [],
  waiting: [],
  approval,
  limits: LIMITS,
  targets: [{ integration: 'to-sap', opensAt, hours: HOURS }],
});

/** Where `now` is another hash than the one that was seen, the plan is another one by the time it is to be sent. */
function open(opensAt: string | null = null, now = 'seen') {
  return renderConsole(
    <SendAgainDialog rows={[exceptionRow('100')]} onClose={() => undefined} onSent={() => undefined} />,
    {
      RequestRequeue: ({ dryRun, expectedHash }) => {
        if (dryRun) return { requestRequeue: { __typename: 'RequeuePlan', ...plan('seen', opensAt) } };
        if (expectedHash !== now) {
          const approval = { approvals: 1, roles: ['approver'], rules: [{ title: 'Large amounts' }] };
          return { requestRequeue: { __typename: 'RequeuePlanChanged', plan: plan(now, opensAt, approval) } };
        }
        return {
          requestRequeue: {
            __typename: 'RequeueAccepted',
            request: { id: 'r1', items: 1, state: 'SENDING' },
            exceptions: [],
            plan: { items: [] },
          },
        };
      },
      CorrectedVersions: () => ({ correctablePayload: null }),
    },
  );
}

const fill = (label: string, value: string) =>
  fireEvent.change(within(screen.getByRole('dialog')).getByLabelText(label), { target: { value } });
const sent = (api: ReturnType<typeof open>['api']) =>
  api.asked.find(({ name, variables }) => name === 'RequestRequeue' && variables['dryRun'] === false)?.variables;

describe('how it is sent', () => {
  it('is what the targets take, and only what somebody changes is asked for', async () => {
    const { api } = open();
    const user = userEvent.setup();
    await user.click(await screen.findByText('How it is sent'));
    expect(screen.getByLabelText<HTMLInputElement>('A second').value).toBe('50');
    fill('A second', '3');
    fill('Canary', '1');
    fill('Reason', 'mapping added');
    expect(screen.getByText(/^1 goes first.+At most 3 a second/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Send again' }));
    await waitFor(() => expect(sent(api)?.['limits']).toEqual({ ratePerSecond: 3, canary: 1 }));
  });

  it('is nothing else than what was seen: a plan that changed meanwhile is shown before it goes', async () => {
    const { api } = open(null, 'now');
    const user = userEvent.setup();
    await screen.findByText('How it is sent');
    fill('Reason', 'mapping added');
    await user.click(screen.getByRole('button', { name: 'Send again' }));
    expect((await screen.findByRole('alert')).textContent).toContain('nothing was sent');
    expect(sent(api)?.['expectedHash']).toBe('seen');
    await user.click(await screen.findByRole('button', { name: 'Ask to send again' }));
    await waitFor(() => expect(api.asked.at(-1)?.variables['expectedHash']).toBe('now'));
  });

  it.each([
    ['A second', '51', '1 to 50: no faster than the target'],
    ['Ramp', '1', '0, or 2 and more'],
    ['Stop share, %', '', '1 to 100'],
  ])('is not sent while %s is %j', async (label, value, fault) => {
    open();
    const user = userEvent.setup();
    await user.click(await screen.findByText('How it is sent'));
    fill('Reason', 'mapping added');
    fill(label, value);
    expect(await screen.findByText(fault)).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send again' }).disabled).toBe(true);
  });

  it('tells that a target is closed, and until when', async () => {
    open(new Date(Date.now() + 3_600_000).toISOString());
    expect(await screen.findByText(/What goes there waits until .+ CES?T, sending hours of to-sap\./)).toBeTruthy();
  });
});
