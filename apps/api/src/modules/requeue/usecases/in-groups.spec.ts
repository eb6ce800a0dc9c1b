import { describe, expect, it } from '@jest/globals';
import { inGroups } from './in-groups.js';

describe('what is written in groups', () => {
  const groups: string[][] = [];
  const writer = (failing: (group: readonly string[]) => boolean = () => false) => {
    groups.length = 0;
    return inGroups<string>((group) => {
      groups.push([...group]);
      return failing(group) ? Promise.reject(new Error(`not ${group.join(' ')}`)) : Promise.resolve();
    });
  };

  it('is written together when it comes together, and later what comes later', async () => {
    const write = writer();
    await Promise.all(['a', 'b', 'c'].map(write));
    await write('d');
    expect(groups).toEqual([['a', 'b', 'c'], ['d']]);
  });

  it('waits while others are written, each once', async () => {
    let finish: () => void = () => undefined;
    const isFirst = new Promise<void>((resolve) => (finish = resolve));
    const write = inGroups<string>(async (group) => {
      groups.push([...group]);
      if (group.includes('a')) await isFirst;
    });
    groups.length = 0;
    const first = write('a');
    while (groups.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    const others = ['b', 'c'].map(write);
    finish();
    await Promise.all([first, ...others]);
    expect(groups).toEqual([['a'], ['b', 'c']]);
  });

  it('is written one by one when it cannot be written together: only what fails by itself fails', async () => {
    const write = writer((group) => group.includes('b'));
    const ends = await Promise.allSettled(['a', 'b', 'c'].map(write));
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(groups).toEqual([['a', 'b', 'c'], ['a'], ['b'], ['c']]);
  });

  it.each([
    ['for the moment: it is written again', 3, ['fulfilled', 'fulfilled']],
    ['for long: it fails together, since one by one would not help', 99, ['rejected', 'rejected']],
  ])('when the database is away %s', async (_name, times, expected) => {
    let left = times;
    const write = inGroups<string>((group) => {
      groups.push([...group]);
      const away = Object.assign(new Error('deadlock detected'), { code: '40P01' });
      return (left -= 1) >= 0 ? Promise.reject(away) : Promise.resolve();
    });
    groups.length = 0;
    const ends = await Promise.allSettled(['a', 'b'].map(write));
    expect(ends.map(({ status }) => status)).toEqual(expected);
    expect(groups).toEqual(Array.from({ length: 4 }, () => ['a', 'b']));
  });
});
