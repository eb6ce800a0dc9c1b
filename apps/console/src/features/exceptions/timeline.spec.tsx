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

it('tells among them what was decided of its group', () => {
  const ofGroup = (minute: number, details: object, action = 'exception-group.changed') => ({
    ...{ id: `g${minute}`, at: `2026-11-20T08:0${minute}:30.000Z`, action, actorName: 'Ana Lyst', details },
  });
  renderConsole(
    <Timeline
      id="100"
      events={ALL}
      total={10}
      ofGroup={[
        ofGroup(5, { isKnownError: true, knownErrorReference: 'CHG 7', snoozeReason: 'Mended tonight' }),
        ofGroup(4, { note: 'Looked at' }),
        ofGroup(3, { snoozedUntil: null }),
        ofGroup(2, { into: 'g2' }, 'exception-group.merged'),
      ]}
    />,
    {},
  );
  const steps = screen.getAllByRole('listitem').map((step) => step.textContent);
  expect(steps).toHaveLength(12);
  expect(steps[4]).toContain('Its group: marked as a known error, CHG 7');
  expect(steps[4]).toContain('Ana Lyst');
  expect(steps[7]).toContain('Its group: no longer snoozed');
});
