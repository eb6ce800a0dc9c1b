import { describe, expect, it } from '@jest/globals';
import { callBefore, peopleCalled, withCall } from './call-somebody.js';

const PEOPLE = [
  { id: 'a', displayName: 'Anna Lindqvist', email: 'analyst@demo.example' },
  { id: 'b', displayName: 'Bruno Keller', email: 'analyst2@demo.example' },
];

describe('calling somebody while a note is written', () => {
  it.each([
    ['ask @An', 'An'],
    ['@', ''],
    ['ask @Anna Li', 'Anna Li'],
    ['mail a@demo', undefined],
    ['ask @Anna Lindqvist for it', undefined],
    ['nobody', undefined],
  ])('%p is about %p', (text, begun) => {
    expect(callBefore(text, text.length)).toBe(begun);
  });

  it('offers who is meant, by each name and by address', () => {
    const found = (begun: string) => peopleCalled(PEOPLE, begun).map(({ id }) => id);
    expect(found('an')).toEqual(['a', 'b']);
    expect(found('lind')).toEqual(['a']);
    expect(found('Bruno K')).toEqual(['b']);
    expect(found('kim')).toEqual([]);
  });

  it('puts the whole name in, and goes on behind it', () => {
    expect(withCall('ask @An please', 7, 'An', 'Anna Lindqvist')).toEqual({
      text: 'ask @Anna Lindqvist please',
      caret: 20,
    });
  });
});
