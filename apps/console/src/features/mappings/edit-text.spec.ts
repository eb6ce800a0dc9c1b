import { describe, expect, it } from '@jest/globals';
import { indentLines, newLine, troubledLines } from './edit-text.js';

describe('editing a definition', () => {
  it('moves the lines of the selection in and out', () => {
    const text = 'a:\nb:\nc';
    const moved = indentLines(text, 1, 4, 1);
    expect(moved.text).toBe('  a:\n  b:\nc');
    expect(moved.text.slice(moved.from, moved.to)).toBe(':\n  b');
    expect(indentLines(moved.text, moved.from, moved.to, -1).text).toBe(text);
    expect(indentLines('x', 0, 1, -1)).toEqual({ text: 'x', from: 0, to: 1 });
  });

  it('begins a new line under the one before, deeper after what opens', () => {
    expect(newLine('  when: |', 9, 9)).toEqual({ text: '  when: |\n    ', from: 14, to: 14 });
    expect(newLine('  type', 6, 6).text).toBe('  type\n  ');
    expect(newLine('ab', 1, 1).text).toBe('a\nb');
  });

  it('finds the lines that problems name', () => {
    expect([
      ...troubledLines(['Tabs are not allowed at line 3, column 1', 'rules.1.when: wrong', 'at Line 7']),
    ]).toEqual([3, 7]);
  });
});
