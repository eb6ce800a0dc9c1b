import { describe, expect, it } from '@jest/globals';
import { doublePosts, madeBeside, type Made, type Sent } from './double-post.js';

let activities = 0;
const made = (activityType: string, ...documents: string[]): Made => ({
  activityId: `a${(activities += 1)}`,
  activityType,
  documents: documents.map((text) => {
    const [type = '', key = ''] = text.split(' ');
    return { objectId: text, type, key };
  }),
});
const again = (one: Made): Made => ({ ...one });

describe('documents of one send', () => {
  const posted = made('posted', 'journal-entry 4711');
  it.each<[string, Made[], string[][]]>([
    ['one', [posted], []],
    ['one, told twice', [posted, again(posted)], []],
    ['one, posted and then changed', [posted, made('changed', 'journal-entry 4711')], []],
    ['one, confirmed by a second run', [posted, made('posted', 'journal-entry 4711')], []],
    ['two of one activity', [made('posted', 'journal-entry 1', 'journal-entry 2')], []],
    ['of two kinds', [posted, made('posted', 'invoice 9')], []],
    ['two by two activities of different kinds', [posted, made('archived', 'journal-entry 8')], []],
    ['two', [posted, made('posted', 'journal-entry 4712')], [['4711', '4712']]],
    [
      'three',
      [posted, made('posted', 'journal-entry 4713'), made('posted', 'journal-entry 4712')],
      [['4711', '4712', '4713']],
    ],
  ])('%s', (_name, all, keys) => {
    for (const order of [all, all.toReversed()]) {
      expect(doublePosts(order).map(({ documents }) => documents.map(({ key }) => key))).toEqual(keys);
    }
  });
});

describe('what is looked at beside an attempt', () => {
  const sent = (attempt: number, state: string, of: Partial<Sent> = {}): Sent => ({
    ...{ attemptId: `s${attempt}`, exceptionId: 'e', integration: 'hop', action: 'requeue', attempt, state },
    ...of,
  });
  const by = (attemptId: string, key: string) => ({ ...made('posted', `journal-entry ${key}`), attemptId, integration: 'hop' }); // prettier-ignore
  const second = sent(2, 'VERIFIED');
  const both = [by('s1', '4711'), by('s2', '4712')];
  it.each<[string, Sent, ReturnType<typeof by>[], string[]]>([
    ['an earlier one that was taken for not applied', sent(1, 'REFUSED'), both, ['4711', '4712']],
    ['one that was verified, before another failure', sent(1, 'VERIFIED'), both, ['4712']],
    ['one of another exception', sent(1, 'REFUSED', { exceptionId: 'f' }), both, ['4712']],
    ['one through another integration', sent(1, 'REFUSED', { integration: 'other' }), both, ['4712']],
    ['a reversal', sent(1, 'REFUSED', { action: 'reverse' }), both, ['4712']],
    ['a later one', sent(3, 'REFUSED', { attemptId: 's1' }), both, ['4712']],
    ['an earlier one, where it made nothing itself', sent(1, 'REFUSED'), [by('s1', '4711')], []],
  ])('%s', (_name, other, all, keys) => {
    const beside = madeBeside(second, [other, second], all);
    expect(beside.flatMap(({ documents }) => documents.map(({ key }) => key))).toEqual(keys);
  });
});
