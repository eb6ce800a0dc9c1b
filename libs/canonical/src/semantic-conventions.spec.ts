import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { OBJECT_TYPES, TECHNICAL_TYPES } from './business-object.js';
import { FINANCE_ATTRIBUTES, OBJECT_ID_ATTRIBUTES, SPAN_ATTRIBUTES } from './semantic-conventions.js';

const RENDER = fileURLToPath(new URL('../semantic-conventions/render.mjs', import.meta.url));
const DOCUMENT = fileURLToPath(new URL('../../../docs/semantic-conventions.md', import.meta.url));

describe('the registry of semantic conventions', () => {
  it('is what constants and document were generated from', () => {
    const said = execFileSync(process.execPath, [RENDER, '--check'], { encoding: 'utf8' });
    expect(said.trim().split('\n')).toEqual([
      'libs/canonical/src/finance-attributes.ts is true',
      'docs/semantic-conventions.md is true',
    ]);
  });

  it('has one shorthand for every business object type, and for nothing else', () => {
    const types = OBJECT_ID_ATTRIBUTES.map(([, type]) => type);
    expect([...types].sort()).toEqual(OBJECT_TYPES.filter((type) => !TECHNICAL_TYPES.has(type)).toSorted());
    for (const [attribute, type] of OBJECT_ID_ATTRIBUTES) {
      expect(attribute).toBe(`finance.${type.replaceAll('-', '_')}.id`);
    }
  });

  it('tells a document before what it is about, and both before the partners', () => {
    const order = OBJECT_ID_ATTRIBUTES.map(([, type]) => type);
    for (const [first, second] of [
      ['payment', 'invoice'],
      ['invoice', 'sales-order'],
      ['sales-order', 'opportunity'],
      ['opportunity', 'customer'],
      ['bank-entry', 'bank-statement'],
      ['invoice', 'legal-entity'],
    ] as const) {
      expect([first, order.indexOf(first) < order.indexOf(second)]).toEqual([first, true]);
    }
  });

  it('documents every attribute that is read', () => {
    const text = readFileSync(DOCUMENT, 'utf8');
    for (const { name } of FINANCE_ATTRIBUTES) expect(text).toContain(name);
    for (const attribute of Object.values(SPAN_ATTRIBUTES)) expect(text).toContain(`\`${attribute}\``);
  });
});
