import { describe, expect, it } from '@jest/globals';
import { parseSlackText } from './parse-slack-text.js';

describe('the text of a chat message', () => {
  it('shows bold, links and escaped signs as readers see them', () => {
    expect(parseSlackText('*Stuck*: A &amp; B &lt;x&gt; <https://t.example/e/1|open it>')).toEqual([
      { kind: 'bold', text: 'Stuck' },
      { kind: 'plain', text: ': A & B <x> ' },
      { kind: 'link', text: 'open it', href: 'https://t.example/e/1' },
    ]);
  });

  it('makes no link of anything but http', () => {
    expect(parseSlackText('<javascript:alert(1)|click>').every((part) => part.kind === 'plain')).toBe(true);
  });
});
