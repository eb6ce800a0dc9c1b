import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { arrange, filterOf, foldName, isSearchText, mayChange, maySee, ME, storedFilter } from './saved-view.js';

describe('a saved view', () => {
  it.each([
    ['an owner', { ownerId: ME }, { ownerId: 'p1' }],
    ['a list', { owners: [ME, 'p2'] }, { owners: ['p1', 'p2'] }],
    ['a member of a member', { any: { of: [{ by: ME }] } }, { any: { of: [{ by: 'p1' }] } }],
    ['nobody', { unassigned: true, text: 'me' }, { unassigned: true, text: 'me' }],
  ])('is of whoever looks, where its filter names %s', (_name, stored, filter) => {
    expect(filterOf(stored, 'p1')).toEqual(filter);
  });

  it('reads a filter without the viewer as it stands, whatever its members are', () => {
    const json = fc.dictionary(
      fc.string(),
      fc.jsonValue().filter((value) => !JSON.stringify(value).includes(ME)),
    );
    fc.assert(
      fc.property(json, (filter) => {
        expect(JSON.stringify(filterOf(filter, 'p1'))).toBe(JSON.stringify(filter));
      }),
    );
  });

  it('stores what a filter says and nothing else', () => {
    expect(
      storedFilter({ states: ['OPEN'], text: null, ownerId: undefined, since: new Date('2026-09-30T08:00:00Z') }),
    ).toEqual({ states: ['OPEN'], since: '2026-09-30T08:00:00.000Z' });
  });

  it.each([
    ['case', 'My VIEW', 'my view'],
    ['blanks', '  my \t view ', 'my view'],
    ['forms of one letter', 'ﬁnance', 'finance'],
  ])('has one name whatever its %s', (_name, written, folded) => {
    expect(foldName(written)).toBe(folded);
  });

  it.each([
    ['the address of a list', 'view=all&queue=tax,platform&text=%C3%84', true],
    ['nothing', '', true],
    ['a second question mark', 'a=b?c', false],
    ['a fragment', 'a=b#c', false],
    ['a line', 'a=b\nc', false],
    ['more than an address holds', 'a'.repeat(4001), false],
  ])('can be kept as an address or not: %s', (_name, text, isKept) => {
    expect(isSearchText(text)).toBe(isKept);
  });

  it.each([
    ['its owner', false, { id: 'p1', isAdministrator: false }, true, true],
    ['another person, private', false, { id: 'p2', isAdministrator: false }, false, false],
    ['another person, shared', true, { id: 'p2', isAdministrator: false }, true, false],
    ['an administrator, shared', true, { id: 'p3', isAdministrator: true }, true, true],
    ['an administrator, private', false, { id: 'p3', isAdministrator: true }, false, false],
  ])('is seen and changed by %s', (_name, isShared, person, isSeen, isChanged) => {
    const view = { ownerId: 'p1', isShared };
    expect([maySee(view, person.id), mayChange(view, person)]).toEqual([isSeen, isChanged]);
  });
});

describe('the arrangement of views', () => {
  const views = [
    { id: 'mine', isShipped: true },
    { id: 'p1', isShipped: true },
    { id: 'a', isShipped: false },
    { id: 'b', isShipped: false },
  ];
  const told = (arrangement: Parameters<typeof arrange>[1]) =>
    arrange(views, arrangement).map(
      ({ id, isPinned, isDefault }) => `${id}${isPinned ? '!' : ''}${isDefault ? '*' : ''}`,
    );

  it.each([
    ['nothing arranged: what is shipped is pinned', null, ['mine!', 'p1!', 'a', 'b']],
    ['in the order of pinning', { pinned: ['b', 'mine'], defaultId: 'a' }, ['b!', 'mine!', 'p1', 'a*']],
    ['nothing pinned', { pinned: [], defaultId: null }, ['mine', 'p1', 'a', 'b']],
    ['views that are no more', { pinned: ['gone', 'a'], defaultId: 'gone' }, ['a!', 'mine', 'p1', 'b']],
  ])('%s', (_name, arrangement, expected) => {
    expect(told(arrangement)).toEqual(expected);
  });
});
