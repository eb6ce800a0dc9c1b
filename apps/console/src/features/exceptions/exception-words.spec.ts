import { describe, expect, it } from '@jest/globals';
import { parseExceptionsSearch } from '../../shared/url.js';
import { filterOf, isNarrowed } from './exception-filter.js';
import { exceptionSentence } from './exception-sentence.js';
import { snoozedFacet, viewFacets } from './facets.js';
import { inboxAnswer } from './inbox-answer.js';
import { planSummary, wayOf, type PlanItem } from './send-plan.js';
import { happenedWords, timelineEntry } from './timeline-words.js';

describe('the sentence of the inbox', () => {
  const totals = [
    { currency: 'EUR', inflow: '1840000.00', outflow: '0.00', count: 20 },
    { currency: 'USD', inflow: '310000.00', outflow: '0.00', count: 3 },
  ];

  it('puts the money first', () => {
    expect(inboxAnswer('unresolved', 23, false, totals)).toBe(
      'EUR 1.84 m and USD 310 k of inflow hang on 23 unresolved exceptions.',
    );
    expect(inboxAnswer('resolved', 2, false, totals.slice(1))).toBe(
      '2 resolved exceptions, which held USD 310 k of inflow.',
    );
    expect(inboxAnswer('open', 1, false, [])).toBe('1 exception to do; no money hangs on it.');
  });

  it('says when there is nothing, and why', () => {
    expect(inboxAnswer('unresolved', 0, false, [])).toBe('Nothing is stuck: no unresolved exceptions.');
    expect(inboxAnswer('unresolved', 0, false, [], true)).toBe('No unresolved exceptions match these filters.');
  });
});

describe('the sentence of an exception', () => {
  const facts = {
    state: 'OPEN',
    resolution: null,
    direction: 'inflow',
    counterparty: 'Hafenwerke Bremen AG',
    moneyAtRisk: { amount: '48200.00', currency: 'EUR' },
    businessObject: { type: 'sales-order', key: 'O-100234' },
    group: { title: 'No company code for DE01-BREMEN' },
  };

  it('says what hangs on what and why', () => {
    expect(exceptionSentence(facts)).toBe(
      'EUR 48,200.00 of inflow hangs on sales order O-100234 of Hafenwerke Bremen AG: no company code for DE01-BREMEN.',
    );
    expect(
      exceptionSentence({ ...facts, moneyAtRisk: null, counterparty: null, group: { title: 'IBAN is wrong' } }),
    ).toBe('Sales order O-100234 is stuck: IBAN is wrong.');
  });

  it('says how it ended', () => {
    expect(exceptionSentence({ ...facts, state: 'RESOLVED', resolution: 'VERIFIED_REQUEUE' })).toBe(
      'Sales order O-100234 of Hafenwerke Bremen AG goes on. It was sent again and its outcome was verified.',
    );
  });
});

describe('filters', () => {
  const search = parseExceptionsSearch({ entity: 'DE01', owner: 'me', view: 'open', text: 'O-1' });

  it('become the filter of the query', () => {
    expect(filterOf(search, 'p1')).toEqual({
      states: ['OPEN', 'IN_PROGRESS', 'WAITING', 'PENDING_APPROVAL'],
      legalEntities: ['DE01'],
      ownerId: 'p1',
      text: 'O-1',
      snoozed: false,
    });
    expect(filterOf({ ...search, snoozed: 'yes' }, 'p1')).toMatchObject({ snoozed: true });
    expect(filterOf(parseExceptionsSearch({ view: 'all', owner: 'none' }), 'p1')).toEqual({ unassigned: true });
    expect(isNarrowed(parseExceptionsSearch({ view: 'all' }))).toBe(false);
  });

  it('are views of the list', () => {
    expect(viewFacets(search, 'p1').find((facet) => facet.isChosen)?.id).toBe('open');
    expect(snoozedFacet(search, 'p1')).toMatchObject({ isChosen: false, filter: { snoozed: true } });
  });
});

describe('the plan of a bulk send', () => {
  const item = (exceptionId: string, willSend: boolean, after: string[] = []): PlanItem => ({
    exceptionId,
    integration: 'i',
    objectKey: `O-${exceptionId}`,
    willSend,
    code: null,
    reason: willSend ? null : 'no address',
    after,
  });
  const sum = (legalEntity: string, currency: string, inflow: string, outflow = '0.00') => ({
    legalEntity,
    count: 1,
    inflow: { amount: inflow, currency },
    outflow: { amount: outflow, currency },
  });
  const sums = [sum('DE01', 'EUR', '1200000.00'), sum('FR01', 'EUR', '640000.55'), sum('US01', 'USD', '0.00', '9.00')];

  it('counts what goes, its money, and what stays', () => {
    expect(planSummary([item('a', true), item('b', true), item('c', false)], sums)).toBe(
      '2 of 3 will be sent again, with EUR 1.84 m in and USD 9 out; 1 is left out.',
    );
    // two exceptions of one document have its money once, as the plan sums it
    expect(planSummary([item('a', true), item('b', true)], sums.slice(0, 1))).toBe(
      '2 of 2 will be sent again, with EUR 1.20 m in.',
    );
    expect(planSummary([item('a', true)], [])).toBe('It will be sent again.');
    expect(planSummary([item('a', false), item('b', false)], [])).toBe('None of them can be sent again now.');
  });

  it('says behind what something goes', () => {
    const items = [item('a', true), item('b', true, ['a']), item('c', true, ['x']), item('d', true, ['a', 'b'])];
    expect(items.map((one) => wayOf(one, items))).toEqual([
      'to i',
      'to i, behind O-a',
      'to i, behind one that is on its way',
      'to i, behind 2 others',
    ]);
    expect(wayOf(item('e', false), items)).toBe('left out: no address');
  });
});

describe('the time line', () => {
  it('tells events in words', () => {
    expect(timelineEntry('occurred-again', { occurrences: 2 }).words).toBe('Failed again, 2 times by now');
    expect(timelineEntry('requeue-requested', { attempt: 1, reason: 'mended' })).toMatchObject({
      words: 'Asked to be sent again, attempt 1',
      text: 'mended',
    });
    expect(timelineEntry('assigned', {}).words).toBe('Handed back to the queue');
    expect(timelineEntry('assigned', { ownerName: 'Ben', insteadOf: 'Anna', rule: 'large' }).words).toBe(
      'Assigned to Ben, for Anna, who is away, by the rule “large”',
    );
    expect(timelineEntry('not-assigned', { rule: 'large', why: 'Anna is away.' })).toEqual({
      tone: 'warning',
      words: 'Nobody was given it by the rule “large”',
      text: 'Anna is away.',
    });
    expect(timelineEntry('moved', { from: 'master-data', to: 'tax', reason: 'It is about VAT' })).toMatchObject({
      words: 'Moved to tax',
      text: 'It is about VAT',
    });
    expect(timelineEntry('moved', { to: 'cash-application', rule: 'large' }).words).toBe(
      'Moved to cash application by the rule “large”',
    );
    expect(timelineEntry('prioritised', { to: 'P1', reason: 'The customer called' })).toMatchObject({
      words: 'Priority set to P1',
      text: 'The customer called',
    });
    expect(timelineEntry('resolved', { resolution: 'VANISHED' }).words).toBe(
      'Resolved: the step was overcome by itself',
    );
    expect(timelineEntry('reopened', {}).words).toBe('Reopened: it failed after it was resolved');
    expect(timelineEntry('reopened', { why: 'failed-again' }).words).toBe('Reopened: it failed after it was resolved');
    expect(timelineEntry('reopened', { why: 'still-there' }).words).toBe(
      'Reopened: said to be put right three days ago, and still there',
    );
  });

  it.each([
    [
      'waiting',
      { waitsFor: 'posting period 2026-10 of DE01', expiresAt: '2026-12-04T08:00:00Z', note: 'asked' },
      /^Waits for posting period 2026-10 of DE01, until 4 Dec .* at the latest$/,
      'asked',
    ],
    ['waiting', { waitsFor: null, until: '2026-12-04T08:00:00Z' }, /^Waits until 4 Dec/, undefined],
    [
      'wait-over',
      { why: 'expired-unmet', detail: '2026-10 of DE01 is closed' },
      /^Waits no longer: it did not come true in time$/,
      '2026-10 of DE01 is closed',
    ],
    [
      'snoozed',
      { until: null, isUntilNextOccurrence: true, reason: 'known' },
      /^Snoozed until it fails again$/,
      'known',
    ],
    [
      'compensation-requested',
      { action: 'reverse', document: 'invoice 9001', attempt: 1, reason: 'posted twice' },
      /^Asked to be reversed, invoice 9001, attempt 1$/,
      'posted twice',
    ],
    ['compensation-verified', { action: 'cancel', attempt: 2 }, /^Resolved: seen cancelled, attempt 2$/, undefined],
    ['compensation-notified', { action: 'notify' }, /still open$/, undefined],
    ['requeue-approved', { action: 'reverse', decisionReason: 'seen' }, /^Reversing it was approved$/, 'seen'],
    ['requeue-approved', { decisionReason: 'seen' }, /^Sending it again was approved$/, 'seen'],
    ['snooze-over', { why: 'occurred-again' }, /^Back in the inbox: it failed again$/, undefined],
    ['escalated', { clock: 'response', leadName: 'Ben' }, /^Its response is overdue: brought to Ben$/, undefined],
    ['escalated', { clock: 'resolution', leadName: null }, /brought to nobody, as its queue has no lead$/, undefined],
    ['started', { ownerName: 'Anna' }, /^Taken in hand by Anna$/, undefined],
    ['resolved', { resolution: 'POSTED_BY_HAND', note: 'JE-7' }, /not verified yet$/, 'JE-7'],
    ['accepted', { makerName: 'Anna', comment: 'small' }, /^Closed without correction, as Anna asked$/, 'small'],
    ['acceptance-rejected', { decisionReason: 'pursue it' }, /^Not closed/, 'pursue it'],
  ])('tells of %s %j', (kind, details, words, text) => {
    const entry = timelineEntry(kind, details);
    expect(entry.words).toMatch(words);
    expect(entry.text).toBe(text);
  });

  it('shows a kind it does not know by its name', () => {
    expect(timelineEntry('went-for-coffee', null).words).toBe('Went for coffee');
  });

  it('says when something happened long before it was recorded', () => {
    expect(happenedWords('2026-11-20T10:00:00Z', { occurredAt: '2026-11-20T10:00:02Z' })).toBeUndefined();
    expect(happenedWords('2026-11-20T10:00:00Z', { occurredAt: '2026-11-20T09:00:00Z' })).toMatch(/^happened 20 Nov/);
  });
});
