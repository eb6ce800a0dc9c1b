import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readWorkflowFolder, rebuildRefusal } from './workflow-folder.js';

const VALID = `name: short
title: Short
anchor: contract
displayKeys:
  contract:
    - { system: salesforce, kind: contract-number }
follows:
  - { from: contract, to: invoice, as: bills }
milestones:
  - { name: approved, title: Approved, on: contract, reachedBy: [contract.approved] }
  - name: posted
    title: Posted
    on: invoice
    after: [approved]
    reachedBy: [invoice.posted]
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'workflows-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = (files: Record<string, string>) => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return readWorkflowFolder(pathToFileURL(`${folder}/`));
};

describe('a folder of workflow files', () => {
  it.each<{ name: string; text: string; problems: { line: unknown; reason: unknown }[] }>([
    {
      name: 'an activity type of nothing',
      text: VALID.replace('[invoice.posted]', '[posted]'),
      problems: [
        { line: 15, reason: expect.stringContaining('milestones[1].reachedBy: "posted" is no activity type') },
      ],
    },
    {
      name: 'a milestone that no activity reaches',
      text: VALID.replace('    reachedBy: [invoice.posted]\n', ''),
      problems: [{ line: 11, reason: expect.stringContaining('must name at least one activity type') }],
    },
    {
      name: 'a milestone of an object that no link leads to',
      text: VALID.replace('to: invoice', 'to: payment')
        .replace('on: invoice', 'on: delivery')
        .replace('[invoice.posted]', '[delivery.posted]'),
      problems: [{ line: 11, reason: 'milestones.posted: no followed link leads from contract to delivery' }],
    },
    {
      name: 'a key that is there twice',
      text: VALID.replace('title: Short', 'title: Short\ntitle: Long'),
      problems: [{ line: 3, reason: expect.stringContaining('Map keys must be unique') }],
    },
    {
      name: 'no YAML',
      text: VALID.replace('    on: invoice', '  on: [invoice'),
      problems: [{ line: expect.any(Number), reason: expect.any(String) }],
    },
    {
      name: 'a file without anything',
      text: '',
      problems: [{ line: null, reason: 'workflow: must be a mapping' }],
    },
    {
      name: 'a circle of milestones',
      text: VALID.replace('on: contract, reachedBy', 'on: contract, after: [posted], reachedBy'),
      problems: [{ line: 9, reason: 'milestones: approved, posted come after one another in a circle' }],
    },
  ])('names $name with its line, and goes on with the others', ({ text, problems }) => {
    const other = VALID.replace('name: short', 'name: other');
    const { workflows, wrong } = read({ 'a-wrong.yaml': text, 'b-other.yaml': other });
    expect(workflows.map(({ name }) => name)).toEqual(['other']);
    expect(wrong).toEqual([{ file: 'a-wrong.yaml', workflow: 'a-wrong', problems: expect.arrayContaining(problems) }]);
  });

  it('leaves out the second of two that contradict one another', () => {
    const differing = VALID.replace('name: short', 'name: other').replace('contract-number', 'contract-reference');
    const { workflows, wrong } = read({ 'a.yaml': VALID, 'b.yaml': VALID, 'c.yaml': differing });
    expect(workflows.map(({ name }) => name)).toEqual(['short']);
    expect(wrong).toEqual([
      {
        file: 'b.yaml',
        workflow: 'short',
        problems: [{ line: null, reason: 'the name short is used by a.yaml already' }],
      },
      {
        file: 'c.yaml',
        workflow: 'other',
        problems: [{ line: null, reason: 'the display keys of contract differ from those in a.yaml' }],
      },
    ]);
  });

  it('names its wrong files where lineage must not be made anew, and no others', () => {
    const { wrong } = read({ 'a-wrong.yaml': 'name: [', 'b.yaml': VALID });
    expect([rebuildRefusal(wrong), rebuildRefusal([])]).toEqual([expect.stringMatching(/: a-wrong\.yaml$/), null]);
  });

  it('has no workflow where it has no file', () => expect(read({})).toEqual({ workflows: [], wrong: [] }));
});
