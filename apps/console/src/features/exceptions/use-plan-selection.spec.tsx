import { notifications, notificationsStore } from '@mantine/notifications';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderConsole } from '../../testing/render-console.js';
import { usePlanSelection } from './use-plan-selection.js';

function Inbox() {
  const plan = usePlanSelection();
  return (
    <button type="button" onClick={() => plan({ filter: {} })}>
      Send them again
    </button>
  );
}

function open(answers: object[]) {
  const page = renderConsole(<Inbox />, { PlanSelection: () => ({ requestRequeue: answers.shift() }) });
  const asked = () => page.api.asked.filter(({ name }) => name === 'PlanSelection').length;
  return { ...page, asked, user: userEvent.setup() };
}

const told = () => {
  const { notifications: shown, queue } = notificationsStore.getState();
  return [...shown, ...queue].map(({ message }) => message);
};
const planning = (id: string) => ({ __typename: 'RequeuePlanning', planning: { __typename: 'RequeueRequest', id } });

beforeEach(() => notifications.clean());

describe('planning a large selection', () => {
  it('freezes it once, however often it is pressed meanwhile, and says that it does', async () => {
    const { asked, visited } = open([planning('r1'), planning('r2')]);
    const button = screen.getByRole('button', { name: 'Send them again' });
    fireEvent.click(button);
    fireEvent.click(button);
    expect(told()).toEqual(['Freezing the selection…']);
    await waitFor(() => expect(visited).toEqual(['/requeues/r1/plan']));
    expect(asked()).toBe(1);
  });

  it('can be asked for again after it was refused', async () => {
    const refused = { __typename: 'RequeueFailure', code: 'TOO_MANY', message: 'Too many at once.' };
    const { visited, user } = open([refused, planning('r2')]);
    await user.click(screen.getByRole('button', { name: 'Send them again' }));
    await waitFor(() => expect(told()).toContain('Too many at once.'));
    await user.click(screen.getByRole('button', { name: 'Send them again' }));
    await waitFor(() => expect(visited).toEqual(['/requeues/r2/plan']));
  });
});
