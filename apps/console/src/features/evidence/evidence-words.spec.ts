import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ACTIONS, SUBJECT_TYPES } from './evidence-words.js';

const API = `${import.meta.dirname}/../../../../api/src`;
/** What stands in the same files and is no act: rights, and news to other modules. */
const RIGHTS = /\.(read|work|approve|request|break-glass|write|unmask)$/;
const NO_ACTS = new Set(['exceptions.opened']);

/** Sources of the API that put an act on record, without their tests. */
function recordingSources(): string[] {
  return readdirSync(API, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts') && !name.includes('testing'))
    .map((name) => readFileSync(`${API}/${name}`, 'utf8'))
    .filter((text) => /record(Act|Audits?)\(/.test(text));
}

const known = new Set(ACTIONS.map(({ value }) => value));

describe('the words for what is on record', () => {
  it('are there for every act that the API writes by its whole name', () => {
    const named = recordingSources().flatMap((text) =>
      [...text.matchAll(/'([a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*)'/g)].map(([, name]) => name ?? ''),
    );
    const acts = [...new Set(named)].filter((name) => !RIGHTS.test(name) && !NO_ACTS.has(name));
    expect(acts.length).toBeGreaterThan(60);
    expect(acts.filter((name) => !known.has(name))).toEqual([]);
  });

  it.each([
    ['lineage-change', ['approved', 'rejected', 'withdrawn', 'expired', 'glass-broken', 'break-glass-reviewed']],
    ['exception', ['compensation-requested', 'compensation-verified', 'compensation-overtaken', 'compensation-failed']],
    ['exception', ['compensation-notified', 'payload-corrected', 'not-assigned', 'requeue-cancelled']],
    ['exception-group', ['changed', 'merged', 'unmerged', 'split', 'noted', 'ticket-set', 'ticket-removed']],
    ['acceptance-limit', ['saved', 'approved', 'discarded']],
    ['validation-rule', ['saved', 'approved', 'retired', 'rechecked']],
    ['maintenance', ['planned', 'ended']],
  ])('are there for the acts on %s: %s', (subject, acts) => {
    expect(acts.filter((act) => !known.has(`${subject}.${act}`))).toEqual([]);
  });

  it('are there for every kind of subject', () => {
    const types = recordingSources().flatMap((text) =>
      [...text.matchAll(/\{ type: '([a-z-]+)', id/g)].map(([, type]) => type ?? ''),
    );
    const offered = new Set(SUBJECT_TYPES.map(({ value }) => value));
    expect([...new Set(types)].filter((type) => !offered.has(type))).toEqual([]);
  });
});
