import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checklistOf, runbookPlaces } from './runbook.js';

describe('where a runbook for an exception may be kept', () => {
  const subject = {
    groupId: 'g',
    taxonomy: 'business-control.blocked-account',
    integration: 'crm-to-erp',
    queue: 'credit',
  };

  it('is its group, its problem, its integration, its category and its queue, in this order', () => {
    expect(runbookPlaces(subject)).toEqual([
      { scope: 'GROUP', key: 'g' },
      { scope: 'PROBLEM', key: 'business-control.blocked-account' },
      { scope: 'INTEGRATION', key: 'crm-to-erp' },
      { scope: 'CATEGORY', key: 'business-control' },
      { scope: 'QUEUE', key: 'credit' },
    ]);
  });

  it('is no integration or queue where there is none', () => {
    expect(runbookPlaces({ ...subject, integration: '', queue: null }).map(({ scope }) => scope)).toEqual([
      'GROUP',
      'PROBLEM',
      'CATEGORY',
    ]);
  });
});

describe('the checklist of a runbook', () => {
  const texts = (markdown: string) => checklistOf(markdown).map(({ text }) => text);
  it.each<[string, string, string[]]>([
    ['nothing', '', []],
    ['prose and plain lists', '# Blocked\n- look\n1. see\n- [link](x)', []],
    ['steps, done or not, of every bullet', '- [ ] one\n* [x] two\n+ [X] three', ['one', 'two', 'three']],
    ['steps below steps', '- [ ] one\n  - [ ] two', ['one', 'two']],
    ['lines of any system', '- [ ] one\r\n- [ ] two\r- [ ] three', ['one', 'two', 'three']],
    ['no empty step', '- [ ] \n- [ ]', []],
    ['what is in a code block', '```\n- [ ] no\n```\n- [ ] yes', ['yes']],
    ['a fence within a fence', '~~~~\n~~~\n- [ ] no\n~~~~\n- [ ] yes', ['yes']],
    ['a code block that never ends', '- [ ] yes\n```\n- [ ] no', ['yes']],
    [
      'words with markup',
      '- [ ] Ask **master data**, see [the list](https://example.com)',
      ['Ask **master data**, see [the list](https://example.com)'],
    ],
  ])('has %s', (_case, markdown, expected) => {
    expect(texts(markdown)).toEqual(expected);
  });

  it('gives a step the same key wherever it moves, and equal steps different ones', () => {
    const [one, two] = checklistOf('- [ ] a\n- [ ] b');
    expect(checklistOf('intro\n\n- [x] b\n- [ ] new\n- [ ] a').map(({ key }) => key)).toEqual([
      two!.key,
      expect.any(String),
      one!.key,
    ]);
    const twice = checklistOf('- [ ] a\n- [ ] a');
    expect(new Set(twice.map(({ key }) => key)).size).toBe(2);
    expect(twice[0]!.key).toBe(one!.key);
  });

  it('is read from any text in a moment', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2_000 }), (text) => {
        expect(checklistOf(text).every(({ text: step }) => step.trim() !== '')).toBe(true);
      }),
    );
    expect(checklistOf(`- [ ] ${' '.repeat(100_000)}x`)).toHaveLength(1);
  });
});
