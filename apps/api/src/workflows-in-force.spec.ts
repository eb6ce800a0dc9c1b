import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { workflowsInForce } from './workflows-in-force.js';

const VALID = `name: short
title: Short
anchor: contract
milestones:
  - { name: approved, title: Approved, on: contract, reachedBy: [contract.approved] }
follows:
  - { from: contract, to: invoice, as: bills }
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'workflows-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a process that works with workflows', () => {
  it('names the files that cannot be used, with what is wrong in which line, and goes on with the others', () => {
    writeFileSync(join(folder, 'short.yaml'), VALID);
    writeFileSync(join(folder, 'wrong.yaml'), VALID.replace('contract.approved', 'approved').replace('short', 'wrong'));
    const error = jest.fn();
    const { workflows } = workflowsInForce({ error }, pathToFileURL(`${folder}/`));
    expect(workflows.map(({ name }) => name)).toEqual(['short']);
    expect(error.mock.calls).toEqual([
      [
        {
          file: 'wrong.yaml',
          problems: [{ line: 5, reason: expect.stringContaining('"approved" is no activity type') }],
        },
        'a workflow file cannot be used; the other workflows are in force',
      ],
    ]);
  });

  it('says nothing where all can be used', () => {
    writeFileSync(join(folder, 'short.yaml'), VALID);
    const error = jest.fn();
    workflowsInForce({ error }, pathToFileURL(`${folder}/`));
    expect(error).not.toHaveBeenCalled();
  });
});
