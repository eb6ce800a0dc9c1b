import { describe, expect, it } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import { renderConsole } from '../../../testing/render-console.js';
import type { FixLevel, Fixes } from './fix-documents.js';
import { actWords, levelSentence, tallyWords } from './fix-words.js';
import { ExceptionFixesPanel, GroupFixesPanel } from './fixes-panel.js';

const LEVEL: FixLevel = {
  scope: 'GROUP',
  isCut: false,
  endings: 4,
  stayed: 2,
  cameAgain: 1,
  tooEarly: 1,
  medianSeconds: 7200,
  ways: [{ way: 'SOURCE_FIXED', endings: 4, stayed: 2, cameAgain: 1, tooEarly: 1, medianSeconds: 7200 }],
  acts: [{ act: 'STEP_DONE', what: 'Ask master data', endings: 3, stayed: 2, cameAgain: 1, tooEarly: 0 }],
  latest: [
    {
      exceptionId: 'e7',
      objectType: 'sales-order',
      objectKey: 'O-7',
      way: 'SOURCE_FIXED',
      endedAt: '2026-09-30T08:00:00Z',
      byName: 'Anna Lindqvist',
      isByPerson: true,
      note: 'Mapping of DE01-BREMEN added',
      verdict: 'CAME_AGAIN',
      cameAgainAt: '2026-10-02T08:00:00Z',
    },
  ],
};

const NOTHING: Fixes = { levels: [], similarOpen: { count: 0, isCut: false, exceptions: [] } };

describe('what solved a problem before', () => {
  it('shows ways and acts with what became of them, the latest with notes, and what is like it', async () => {
    const fixes: Fixes = {
      levels: [LEVEL],
      similarOpen: {
        count: 2,
        isCut: false,
        exceptions: [
          {
            id: 'e8',
            title: 'x',
            businessObject: { id: 'o8', type: 'sales-order', key: 'O-8' },
            moneyAtRisk: { amount: '48200.00', currency: 'EUR' },
          },
        ],
      },
    };
    renderConsole(<ExceptionFixesPanel exceptionId="e1" groupId="g1" />, {
      ExceptionFixes: () => ({ exception: { id: 'e1', fixes } }),
    });
    const panel = within(await screen.findByRole('region', { name: 'What solved this before' }));
    expect(
      panel.getByRole('heading', {
        name: 'In this group: ended 4 times, half of them within 2 h; 2 of 3 stayed solved, 1 too recent to tell',
      }),
    ).toBeTruthy();
    expect(panel.getAllByRole('row').map((row) => row.textContent)).toEqual([
      'Fixed at its source42 of 3 stayed solved, 1 too recent to tell',
      'Step “Ask master data”32 of 3 stayed solved',
    ]);
    expect(panel.getByText('Mapping of DE01-BREMEN added')).toBeTruthy();
    expect(panel.getByText('came again')).toBeTruthy();
    expect(panel.getByRole('link', { name: 'O-7' }).getAttribute('href')).toBe('/exceptions/e7');
    expect(panel.getByRole('link', { name: '2 others like it' }).getAttribute('href')).toBe(
      '/exceptions?group=g1&snoozed=with',
    );
    expect(panel.getByText('EUR 48,200.00')).toBeTruthy();
  });

  it('says of a group, too, that nothing is known yet', async () => {
    renderConsole(<GroupFixesPanel groupId="g1" />, {
      GroupFixes: () => ({ exceptionGroup: { id: 'g1', fixes: NOTHING } }),
    });
    expect(await screen.findByText(/Nothing like it was solved yet/)).toBeTruthy();
  });

  it.each([
    ['few', { endings: 3, stayed: 2, cameAgain: 1, tooEarly: 0 }, '2 of 3 stayed solved'],
    ['one', { endings: 1, stayed: 0, cameAgain: 1, tooEarly: 0 }, '0 of 1 stayed solved'],
    ['only recent ones', { endings: 2, stayed: 0, cameAgain: 0, tooEarly: 2 }, '2 too recent to tell'],
    ['nineteen', { endings: 19, stayed: 18, cameAgain: 1, tooEarly: 0 }, '18 of 19 stayed solved'],
    ['many', { endings: 31, stayed: 28, cameAgain: 2, tooEarly: 1 }, '93 % of 30 stayed solved, 1 too recent to tell'],
  ])('tells of %s as much as can be said', (_name, tally, words) => {
    expect(tallyWords(tally)).toBe(words);
  });

  it.each([
    [{ act: 'SENT_AGAIN', what: null }, 'Sent again'],
    [{ act: 'MOVED', what: 'master-data' }, 'Moved to master data'],
    [{ act: 'WAITED', what: 'business-partner' }, 'Waited: business partner'],
  ] as const)('names the act %j', (act, words) => {
    expect(actWords(act)).toBe(words);
  });

  it.each([
    [{}, 'In this group: ended 4 times, half of them within 2 h'],
    [{ scope: 'STEP', endings: 1, medianSeconds: 60 } as const, 'This problem at this step: ended 1 time, in 1 min'],
    [
      { scope: 'PROBLEM', isCut: true, endings: 200, medianSeconds: null } as const,
      'This problem anywhere: ended the latest 200 times',
    ],
  ])('says how often and how quickly: %j', (over, sentence) => {
    expect(levelSentence({ ...LEVEL, ...over })).toBe(sentence);
  });
});
