import { describe, expect, it } from '@jest/globals';
import { type Activity, aliasId } from '@throughline/canonical';
import { projectAll } from './projection.js';
import { activity, at, named } from './testing/activity-builder.js';
import { TEST_CALENDARS } from './testing/short-workflow.js';

const page = (file: string, time: string, pageHash: string, number = '00001'): Activity =>
  activity({
    type: 'bank-statement.received',
    at: at(time),
    objects: [{ ...named('bank-statement', 'S1'), attributes: { page: number, pageHash, fileId: file } }],
  });
const fileId = (value: string) => aliasId('file', { system: 'throughline', kind: 'file-id', scope: '', value });
const findings = (activities: Activity[]) => projectAll(activities, [], TEST_CALENDARS).findings;

describe('a statement that came several times', () => {
  it.each<[string, Activity[], { about: string; files: string[]; since: string }[]]>([
    ['once', [page('f1', '08:00', 'a')], []],
    ['with the same content', [page('f1', '08:00', 'a'), page('f2', '09:00', 'a')], []],
    [
      'in parts, and again with one of them alone',
      [page('f1', '08:00', 'eur'), page('f1', '08:00', 'usd'), page('f2', '09:00', 'usd')],
      [],
    ],
    [
      'in parts, one of which says something else in another file',
      [page('f1', '08:00', 'eur'), page('f1', '08:00', 'usd'), page('f2', '09:00', 'eur'), page('f2', '09:00', 'chf')],
      [{ about: 'page 1', files: ['f1', 'f2'], since: '09:00' }],
    ],
    ['with several pages', [page('f1', '08:00', 'a'), page('f1', '08:00', 'b', '00002')], []],
    [
      'with other content',
      [page('f1', '08:00', 'a'), page('f2', '09:00', 'b'), page('f3', '10:00', 'a')],
      [{ about: 'page 1', files: ['f1', 'f2'], since: '09:00' }],
    ],
    [
      'with another second page, of numbers written otherwise',
      [page('f1', '08:00', 'a'), page('f1', '08:00', 'b', '00002'), page('f2', '09:00', 'c', '2')],
      [{ about: 'page 2', files: ['f1', 'f2'], since: '09:00' }],
    ],
  ])('%s', (_name, activities, expected) => {
    for (const order of [activities, activities.toReversed()]) {
      expect(findings(order)).toMatchObject(
        expected.map(({ about, files, since }) => ({
          kind: 'differing-content',
          about,
          since: at(since),
          details: { objectIds: files.map(fileId) },
        })),
      );
      expect(findings(order)).toHaveLength(expected.length);
    }
  });
});
