import { describe, expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ANALYST, renderConsole } from '../../../testing/render-console.js';
import type { ExceptionPeople } from './people-documents.js';
import { PeoplePanel } from './people-panel.js';

const TICKET = {
  system: 'Jira',
  number: 'FIN-7',
  url: 'https://jira.example/FIN-7',
  host: 'jira.example',
  setAt: '2026-11-20T08:00:00.000Z',
  setByName: 'Bruno Keller',
};

const PEOPLE: ExceptionPeople = {
  id: '100',
  version: 1,
  isWatched: false,
  watchers: [{ id: 'p2', displayName: 'Bruno Keller' }],
  ticket: TICKET,
  groupNotes: [
    {
      id: 'n1',
      text: 'Ask **@Bruno** <script>alert(1)</script>',
      exceptionId: '200',
      writtenAt: '2026-11-20T08:00:00.000Z',
      writtenByName: 'Anna Lindqvist',
      mentions: [{ personId: 'p2', name: 'Bruno Keller', text: '@Bruno' }],
    },
  ],
  group: { id: 'g1', ticket: { ...TICKET, number: 'FIN-8', url: null, host: null } },
};

function open(people: ExceptionPeople = PEOPLE, answers: Record<string, () => unknown> = {}, viewer = ANALYST) {
  return renderConsole(
    <PeoplePanel id="100" stamp="1" hasKeys onChanged={() => undefined} />,
    {
      ExceptionPeople: () => ({ exception: people }),
      WatchExceptions: () => ({ watchExceptions: { __typename: 'ExceptionsChanged', exceptions: [] } }),
      ...answers,
    },
    viewer,
  );
}

describe('people around an exception', () => {
  it('shows who watches, the tickets with their host, and what is known of the group', async () => {
    open();
    const panel = await screen.findByRole('region', { name: 'People and tickets' });
    expect(panel.textContent).toContain('Bruno Keller');
    const link = within(panel).getByRole('link', { name: 'Jira FIN-7' });
    expect([link.getAttribute('href'), link.getAttribute('rel')]).toEqual([TICKET.url, 'noopener noreferrer']);
    expect(panel.textContent).toContain('Jira FIN-7 (jira.example)');
    expect(within(panel).queryByRole('link', { name: 'Jira FIN-8' })).toBeNull();
    const notes = screen.getByRole('region', { name: 'Notes on the group' });
    expect(within(notes).getByTitle('Bruno Keller').tagName).toBe('MARK');
    expect(notes.querySelector('script')).toBeNull();
    expect(within(notes).getByRole('link', { name: 'another exception' }).getAttribute('href')).toBe('/exceptions/200');
  });

  it('watches by key', async () => {
    const user = userEvent.setup();
    const { api } = open();
    await screen.findByRole('button', { name: 'Watch' });
    await user.keyboard('y');
    await waitFor(() =>
      expect(api.asked).toContainEqual({ name: 'WatchExceptions', variables: { ids: ['100'], isWatching: true } }),
    );
  });

  it('links a ticket by key, and says why one is refused', async () => {
    const user = userEvent.setup();
    const { api } = open(PEOPLE, {
      SetExceptionTicket: () => ({
        setExceptionTicket: {
          __typename: 'ActFailure',
          code: 'INVALID_TICKET',
          message: 'The address begins with https://.',
        },
      }),
    });
    await screen.findByRole('button', { name: 'Change' });
    await user.keyboard('l');
    const number = await screen.findByRole('textbox', { name: 'Number' });
    await user.clear(number);
    await user.type(number, 'FIN-9');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect((await screen.findByRole('alert')).textContent).toContain('The address begins with https://.');
    expect(api.asked.at(-1)).toEqual({
      name: 'SetExceptionTicket',
      variables: {
        exceptions: [{ id: '100', version: 1 }],
        ticket: { system: 'Jira', number: 'FIN-9', url: TICKET.url },
      },
    });
  });

  it('lets readers watch, and change nothing else', async () => {
    open(
      { ...PEOPLE, isWatched: true, watchers: [{ id: 'p1', displayName: 'Anna Lindqvist' }] },
      {},
      {
        ...ANALYST,
        permissions: ['exception.read'],
      },
    );
    expect(await screen.findByRole('button', { name: 'Watch no more' })).toBeTruthy();
    expect(screen.getByRole('region', { name: 'People and tickets' }).textContent).toContain('you');
    expect(screen.queryByRole('button', { name: 'Change' })).toBeNull();
  });
});
