import { describe, expect, it } from '@jest/globals';
import type { Rebuild } from './rebuild-documents.js';
import { inReadingOrder, shownFields } from '../../shared/lineage-changes/change-words.js';
import { isMoving, rebuildSentence, rebuildsAnswer, scopeWords } from './rebuild-words.js';

const REBUILD: Rebuild = {
  id: 'r1',
  reason: 'x',
  state: 'running',
  isWhole: true,
  scope: {},
  leftOut: null,
  requestedBy: null,
  requestedAt: '2026-11-20T08:00:00.000Z',
  startedAt: null,
  finishedAt: null,
  total: 120,
  done: 40,
  acts: [],
  comparedAt: null,
  differences: null,
  report: null,
  afterwards: null,
  approval: null,
  error: null,
};
const links = { table: 'object_link', added: 3, changed: 0, removed: 1, samples: null };

describe('a rebuild in words', () => {
  it.each<[string, Partial<Rebuild>, string]>([
    ['is being counted', { total: null, done: 0 }, 'The activities are being counted.'],
    ['is under way', {}, '40 of 120 activities done.'],
    ['is paused', { state: 'paused' }, '40 of 120 activities done.'],
    ['of a range', { isWhole: false, total: 1, done: 0 }, '0 of 1 signal done.'],
    ['is ready', { state: 'ready', differences: [links] }, 'The switch would change 4 rows.'],
    [
      'is ready and found nothing',
      { state: 'ready', differences: [{ ...links, added: 0, removed: 0 }] },
      'What it made is what is shown: the switch would change nothing.',
    ],
    ['was switched to', { state: 'done', differences: [links] }, '4 rows differed when it was compared.'],
    ['of a range is done', { state: 'done', isWhole: false, done: 9 }, '9 signals mapped again.'],
    ['was cancelled', { state: 'cancelled' }, 'Cancelled after 40 activities.'],
    ['failed', { state: 'failed', error: 'the disk is full' }, 'the disk is full'],
  ])('that %s', (_name, change, sentence) => expect(rebuildSentence({ ...REBUILD, ...change })).toBe(sentence));

  it.each([
    ['waiting', true],
    ['switching', true],
    ['paused', false],
    ['ready', false],
    ['done', false],
  ])('that is %s moves: %s', (state, moves) => expect(isMoving({ state })).toBe(moves));

  it('says of what it is', () => {
    expect(scopeWords(REBUILD)).toBe('The whole lineage');
    expect(scopeWords({ isWhole: false, scope: { sourceSystem: 'salesforce' } })).toBe('What Salesforce sent');
  });

  it('puts what waits for somebody before what runs', () => {
    expect(rebuildsAnswer([])).toBe('Lineage was never rebuilt here.');
    const ready = { ...REBUILD, state: 'ready', differences: [links] };
    expect(rebuildsAnswer([REBUILD, ready])).toBe('A rebuild waits to be looked at. The switch would change 4 rows.');
    expect(rebuildsAnswer([REBUILD])).toBe('The whole lineage: running. 40 of 120 activities done.');
  });
});

describe('a row that differs', () => {
  it('is shown without ids and without what neither has', () => {
    expect(
      shownFields({ amount: '1.00', object_id: 'x', due_at: null }, { amount: '2.00', object_id: 'x', due_at: null }),
    ).toEqual([{ name: 'amount', before: '1.00', after: '2.00' }]);
    expect(shownFields(null, { attributes: { a: '1' }, reached_by: 'x' })).toEqual([
      { name: 'attributes', before: '–', after: '{"a":"1"}' },
    ]);
  });

  it('says nothing twice that its label says, and says times and answers as people do', () => {
    const fields = shownFields(null, { qualifier: 'settles', is_hub: true, due_at: '2026-11-20T08:00:00+00:00' });
    expect(fields).toMatchObject([{ name: 'is hub', after: 'yes' }, { name: 'due at' }]);
    expect(fields[1]?.after).toMatch(/^20 Nov/);
    expect(shownFields({ qualifier: 'settles' }, { qualifier: 'prepays' })).toHaveLength(1);
  });
});

describe('a report', () => {
  it('begins with objects', () => {
    const tables = ['finding', 'problem', 'object_link', 'business_object'].map((table) => ({ table }));
    expect(inReadingOrder(tables).map(({ table }) => table)).toEqual([
      'business_object',
      'object_link',
      'problem',
      'finding',
    ]);
  });
});
