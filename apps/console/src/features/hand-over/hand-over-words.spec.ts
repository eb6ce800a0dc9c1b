import { describe, expect, it } from '@jest/globals';
import type { HandOver, HandOverItem } from './hand-over-documents.js';
import { handOverAnswer, handOverSections, handOverText } from './hand-over-words.js';

const item = (id: string, more: object = {}): HandOverItem => ({
  at: '2026-11-30T15:00:00.000Z',
  exception: {
    id,
    title: `No company code — order ${id}`,
    state: 'IN_PROGRESS',
    resolution: null,
    counterparty: null,
    moneyAtRisk: { amount: '48200.00', currency: 'EUR' },
    owner: { id: 'p1', displayName: 'Anna Lindqvist' },
    wait: null,
    ...more,
  },
});

const handOver = (more: Partial<HandOver> = {}): HandOver => ({
  asOf: '2026-11-30T14:00:00.000Z',
  since: '2026-11-30T06:00:00.000Z',
  until: '2026-11-30T22:00:00.000Z',
  cutOffUntil: '2026-12-01T02:00:00.000Z',
  queue: { name: 'tax', title: 'Tax' },
  person: null,
  claims: { count: 1, items: [item('O-1')] },
  waits: { count: 0, items: [] },
  cutOffs: { count: 2, items: [{ ...item('O-2', { owner: null }), step: 'Order accepted' }] },
  done: [{ kind: 'assigned', steps: 3, exceptions: 2 }],
  ...more,
});

describe('a hand-over', () => {
  it('begins with a sentence', () => {
    expect(handOverAnswer(handOver())).toBe('Hand-over of the queue Tax: 2 due, 0 waits ending, 1 in hand');
    const person = { id: 'p1', displayName: 'Anna Lindqvist' };
    expect(handOverAnswer(handOver({ queue: null, person }))).toMatch(/^Hand-over of Anna Lindqvist: /);
    expect(handOverAnswer(handOver({ queue: null }))).toMatch(/^Hand-over of everybody: /);
  });

  it('tells what is due first, then what ends, then what is in hand', () => {
    const sections = handOverSections(handOver());
    expect(sections.map(({ id, count, lines }) => [id, count, lines.length])).toEqual([
      ['cut-offs', 2, 1],
      ['waits', 0, 0],
      ['claims', 1, 1],
    ]);
    expect(sections[0]?.lines[0]).toMatchObject({ who: 'nobody', why: 'Order accepted', money: 'EUR 48,200.00' });
  });

  it('leaves out what is no more', () => {
    const gone = { ...item('O-1'), exception: null };
    expect(handOverSections(handOver({ claims: { count: 1, items: [gone] } }))[2]?.lines).toEqual([]);
  });

  it('is text to paste', () => {
    const lines = handOverText(handOver()).split('\n');
    expect(lines[0]).toBe('Hand-over of the queue Tax: 2 due, 0 waits ending, 1 in hand');
    expect(lines).toContain('  … and 1 more');
    expect(lines).toContain('  No wait ends in the next shift.');
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^ {2}- 30 Nov .* · No company code — order O-2 · in progress · EUR 48,200.00 · with nobody · Order accepted$/,
      ),
    );
    expect(lines.at(-1)).toBe('  - Assigned or handed back: 2 exceptions');
  });
});
