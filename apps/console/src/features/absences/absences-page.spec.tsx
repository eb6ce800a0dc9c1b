import { describe, expect, it } from '@jest/globals';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { PersonName } from '../../shared/people/person-name.js';
import type { Absence } from '../../shared/people/absence-documents.js';
import { backOn } from '../../shared/people/absence-words.js';
import { renderConsole } from '../../testing/render-console.js';
import { AbsencesPage } from './absences-page.js';

const UNTIL = '2026-12-03T00:00:00.000Z';
const absence = (id: string, name: string, more: Partial<Absence> = {}): Absence => ({
  id: `absence of ${id}`,
  from: '2026-11-30T00:00:00.000Z',
  until: UNTIL,
  isNow: true,
  note: 'Parental leave',
  statedByName: name,
  noStandInReason: null,
  person: { id, displayName: name },
  deputy: { id: 'p9', displayName: 'Kim Lee' },
  standIn: { id: 'p9', displayName: 'Kim Lee' },
  ...more,
});

const open = (absences: Absence[], answers: Record<string, () => unknown> = {}) =>
  renderConsole(<AbsencesPage />, { Absences: () => ({ absences }), ...answers });

describe('absences', () => {
  it('tell who is away and who stands in; one’s own can be ended', async () => {
    const user = userEvent.setup();
    const { api } = open(
      [absence('p1', 'Anna Lindqvist'), absence('p2', 'Bruno Keller', { standIn: null, noStandInReason: 'circular' })],
      { EndAbsence: () => ({ endAbsence: { __typename: 'AbsenceSaved', warnings: [] } }) },
    );
    await screen.findByRole('heading', { name: '2 people are away, 1 with nobody who stands in' });
    expect(screen.getByText('(away too: nobody stands in)')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'I am back' }));
    await waitFor(() => expect(api.asked).toContainEqual({ name: 'EndAbsence', variables: { id: 'absence of p1' } }));
  });

  it('are stated by key, in whole days, and a refusal is said', async () => {
    const user = userEvent.setup();
    const { api } = open([], {
      StateAbsence: () => ({
        stateAbsence: {
          __typename: 'CatalogFailure',
          code: 'INVALID',
          message: 'It overlaps another one',
          problems: [],
        },
      }),
    });
    await screen.findByText('Nobody is away, and nobody said to be');
    await user.keyboard('n');
    fireEvent.change(await screen.findByLabelText('First day away'), { target: { value: '2026-12-01' } });
    fireEvent.change(screen.getByLabelText('Last day away'), { target: { value: '2026-12-02' } });
    await user.selectOptions(screen.getByRole('combobox', { name: 'Deputy' }), 'Bruno Keller');
    await user.click(screen.getByRole('button', { name: 'State it' }));
    expect((await screen.findByRole('alert')).textContent).toContain('It overlaps another one');
    expect(api.asked.at(-1)).toEqual({
      name: 'StateAbsence',
      variables: {
        input: {
          from: new Date('2026-12-01T00:00').toISOString(),
          until: new Date('2026-12-03T00:00').toISOString(),
          deputyId: 'p2',
          note: '',
        },
      },
    });
  });

  it('stand beside the name of who is away', async () => {
    const person = { id: 'p1', displayName: 'Anna Lindqvist' };
    const { container } = renderConsole(<PersonName person={person} />, {
      Absences: () => ({ absences: [absence('p1', 'Anna Lindqvist')] }),
    });
    await waitFor(() =>
      expect(container.textContent).toContain(`Anna Lindqvist (away until ${backOn(UNTIL)}, deputy Kim Lee)`),
    );
  });
});
