import { expect, it } from '@jest/globals';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderConsole } from '../../testing/render-console.js';
import { Timeline } from './timeline.js';

const step = (minute: number, kind = 'occurred-again') => ({
  id: `e${minute}`,
  at: `2026-11-20T08:${String(minute).padStart(2, '0')}:00.000Z`,
  kind,
  actorName: 'Throughline',
  details: {},
});
const ALL = [step(0, 'opened'), ...Array.from({ length: 9 }, (_, index) => step(index + 1))];

it('shows the latest steps of a long timeline, and the earlier ones on request', async () => {
  const user = userEvent.setup();
  const { api } = renderConsole(<Timeline id="100" events={ALL.slice(-3)} total={10} />, {
    EarlierEvents: () => ({ exception: { __typename: 'Exception', id: '100', events: ALL } }),
  });
  expect(screen.getByText(/The latest 3 of 10 steps/)).toBeTruthy();
  expect(api.asked).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Show earlier ones' }));
  await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(10));
  expect(screen.queryByText(/The latest/)).toBeNull();
  expect(api.asked).toEqual([{ name: 'EarlierEvents', variables: { id: '100', last: 1000 } }]);
});

it('says nothing of it where all are shown', () => {
  renderConsole(<Timeline id="100" events={ALL} total={10} />, {});
  expect(screen.getAllByRole('listitem')).toHaveLength(10);
  expect(screen.queryByRole('button')).toBeNull();
});
