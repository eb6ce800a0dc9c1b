import { describe, expect, it } from '@jest/globals';
import { doublePosts, type Made } from './double-post.js';

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
