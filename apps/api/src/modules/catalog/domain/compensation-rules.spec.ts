import { describe, expect, it } from '@jest/globals';
import { compensationProblems, isDeclaredFor, type DeclaredCompensation } from './compensation-rules.js';

const REVERSE: DeclaredCompensation = {
  action: 'reverse',
  objectTypes: ['invoice'],
  taxonomies: [],
  path: null,
  proofActivity: 'invoice.reversed',
  proofMilestone: null,
  withinMinutes: 30,
  postingDate: 'original-or-next-open',
};
const NOTIFY: DeclaredCompensation = { ...REVERSE, action: 'notify', proofActivity: null };

describe('what may be declared', () => {
  it.each<[string, Partial<DeclaredCompensation>, RegExp | null]>([
    ['a reversal that an activity proves', {}, null],
    ['one that a milestone proves', { proofActivity: null, proofMilestone: 'order-to-cash/invoice-posted' }, null],
    ['a notice without proof', NOTIFY, null],
    ['a path of its own', { path: '/reversals/v1' }, null],
    ['a path to another host', { path: '//evil.example/x' }, /actions.1.path/],
    ['a whole address', { path: 'https://evil.example' }, /actions.1.path/],
    ['no kind of document', { objectTypes: [] }, /objectTypes: must name/],
    ['an unknown kind of document', { objectTypes: ['bill'] }, /bill is no type/],
    ['a category of problems', { taxonomies: ['data-quality'] }, null],
    ['an unknown problem', { taxonomies: ['oops'] }, /no known problem/],
    ['a reversal that nothing proves', { proofActivity: null }, /must prove it/],
    ['two proofs', { proofMilestone: 'order-to-cash/invoice-posted' }, /must prove it/],
    ['a notice that an activity proves', { ...NOTIFY, proofActivity: 'invoice.sent' }, /proved by being taken/],
    ['no time for the proof', { withinMinutes: 0 }, /withinMinutes/],
    ['more than a week for the proof', { withinMinutes: 10_081 }, /withinMinutes/],
  ])('%s', (_name, over, problem) => {
    const problems = compensationProblems([{ ...REVERSE, ...over }], 'because').join('\n');
    if (problem === null) expect(problems).toBe('');
    else expect(problems).toMatch(problem);
  });

  it.each<[string, Partial<DeclaredCompensation>, boolean]>([
    ['the same document and problem', {}, true],
    ['another action', { action: 'cancel', proofActivity: 'invoice.cancelled' }, false],
    ['another kind of document', { objectTypes: ['credit-memo'] }, false],
    ['all problems beside one of them', { taxonomies: ['data-quality.duplicate'] }, true],
  ])('twice: %s', (_name, over, isTwice) => {
    const problems = compensationProblems([REVERSE, { ...REVERSE, ...over }], 'because').join('\n');
    expect(problems.includes('declares that already')).toBe(isTwice);
  });
});

describe('whether a declaration is meant for a document', () => {
  it.each<[string, readonly string[], string | null, boolean]>([
    ['any problem', [], 'invoice', true],
    ['another kind of document', [], 'sales-order', false],
    ['its category', ['data-quality'], 'invoice', true],
    ['its code', ['data-quality.duplicate'], 'invoice', true],
    ['another code', ['data-quality.missing-field'], 'invoice', false],
    ['a category that only begins alike', ['data'], 'invoice', false],
    ['a document that is not chosen yet', [], null, true],
  ])('%s', (_name, taxonomies, objectType, fits) =>
    expect(isDeclaredFor({ ...REVERSE, taxonomies }, { objectType, taxonomy: 'data-quality.duplicate' })).toBe(fits),
  );
});
