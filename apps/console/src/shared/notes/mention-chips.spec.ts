import { describe, expect, it } from '@jest/globals';
import { mentionChips, splitCalls, type Mention } from './mention-chips.js';

const BRUNO: Mention = { personId: 'b', name: 'Bruno Keller', text: '@analyst2' };
const ANNA: Mention = { personId: 'a', name: 'Anna Lindqvist', text: '@analyst' };
const shown = (text: string) =>
  splitCalls(text, [ANNA, BRUNO]).map((part) => (typeof part === 'string' ? part : `[${part.name}]`));

describe('the calls of a note', () => {
  it.each([
    ['nobody', 'no call', ['no call']],
    ['one', 'ask @analyst.', ['ask ', '[Anna Lindqvist]', '.']],
    ['the longer one', '@analyst2 and @analyst', ['[Bruno Keller]', ' and ', '[Anna Lindqvist]']],
    ['no part of a word', '@analysts or x@analyst', ['@analysts or x@analyst']],
    ['nothing', '', []],
  ])('%s', (_name, text, expected) => {
    expect(shown(text)).toEqual(expected);
  });

  it('become chips, but in code and links', () => {
    const text = (value: string) => ({ type: 'text', value });
    const tree = {
      type: 'root',
      children: [
        { type: 'element', tagName: 'p', children: [text('@analyst')] },
        { type: 'element', tagName: 'code', children: [text('@analyst')] },
      ],
    };
    mentionChips([ANNA])()(tree);
    expect(tree.children[0]?.children).toEqual([
      { type: 'element', tagName: 'mark', properties: { title: 'Anna Lindqvist' }, children: [text('@analyst')] },
    ]);
    expect(tree.children[1]?.children).toEqual([text('@analyst')]);
  });
});
