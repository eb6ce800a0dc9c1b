import { describe, expect, it } from '@jest/globals';
import { keyName, matchSequence } from './key-sequence.js';

const pressed = (
  key: string,
  modifiers: Partial<Record<'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {},
) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...modifiers,
});

describe('keys', () => {
  it.each([
    [pressed('j'), 'j'],
    [pressed('J', { shiftKey: true }), 'Shift-j'],
    [pressed('?', { shiftKey: true }), '?'],
    [pressed('/'), '/'],
    [pressed('k', { ctrlKey: true }), 'Mod-k'],
    [pressed('k', { metaKey: true }), 'Mod-k'],
    [pressed('Enter'), 'Enter'],
    [pressed('Shift', { shiftKey: true }), undefined],
    [pressed('j', { altKey: true }), undefined],
  ])('%j is %s', (event, name) => {
    expect(keyName(event)).toBe(name);
  });

  it('waits for the second key of a sequence and prefers it to a single key', () => {
    const bindings = [{ keys: 'e' }, { keys: 'g e' }, { keys: 'j' }];
    expect(matchSequence(bindings, undefined, 'g')).toBe('wait');
    expect(matchSequence(bindings, 'g', 'e')).toBe(bindings[1]);
    expect(matchSequence(bindings, undefined, 'e')).toBe(bindings[0]);
    expect(matchSequence(bindings, 'g', 'j')).toBe(bindings[2]);
    expect(matchSequence(bindings, undefined, 'z')).toBeUndefined();
  });
});
