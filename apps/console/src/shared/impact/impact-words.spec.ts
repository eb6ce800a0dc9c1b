import { describe, expect, it } from '@jest/globals';
import { impactSentence, waitingSentence, type AffectedRow, type WaitingRow } from './impact-words.js';

const row = (kind: string, inflow: string | null, rest: Partial<AffectedRow> = {}): AffectedRow => ({
  kind,
  inflow: inflow === null ? [] : [{ amount: inflow, currency: 'EUR' }],
  outflow: [],
  documents: 1,
  isComplete: true,
  ...rest,
});

describe('what is affected, in one sentence', () => {
  it.each<[string, AffectedRow[], string]>([
    ['nothing', [], 'No forecast, receivable or report downstream counts on its money.'],
    [
      'the money of the forecast, once, though a receivable and a report count on it too',
      [row('receivable', '250.00'), row('report', '590.00'), row('cash-forecast', '590.00')],
      '1 cash forecast, 1 report and 1 receivable are affected: EUR 590 of inflow.',
    ],
    [
      'several forecasts may hold the same money: that of the receivables is told',
      [row('cash-forecast', '590.00'), row('cash-forecast', '590.00'), row('receivable', '250.00')],
      '2 cash forecasts and 1 receivable are affected: EUR 250 of inflow.',
    ],
    [
      'inflow and outflow apart',
      [row('receivable', '250.00'), row('payable', null, { outflow: [{ amount: '70.00', currency: 'EUR' }] })],
      '1 receivable and 1 payable are affected: EUR 250 of inflow and EUR 70 of outflow.',
    ],
    [
      'more than is known',
      [row('cash-forecast', '590.00', { isComplete: false })],
      '1 cash forecast is affected: at least EUR 590 of inflow.',
    ],
    ['no amount known', [row('report', null)], '1 report is affected.'],
  ])('%s', (_name, affected, sentence) => {
    expect(impactSentence(affected)).toBe(sentence);
  });
});

describe('what waits for master data, in one sentence', () => {
  const waiting = (documents: number, more: Partial<WaitingRow> = {}): WaitingRow => ({
    documents,
    inflow: [],
    outflow: [],
    isComplete: true,
    isTruncated: false,
    ...more,
  });
  it.each<[string, WaitingRow, string]>([
    ['nothing', waiting(0), 'No open document waits for it.'],
    ['nothing that was looked at', waiting(0, { isTruncated: true }), 'No open document was found to wait for it.'],
    [
      'documents with their money',
      waiting(2, { inflow: [{ amount: '590.00', currency: 'EUR' }] }),
      '2 open documents wait for it: EUR 590 of inflow.',
    ],
    [
      'one of which the amount is not known, of more than were looked at',
      waiting(1, { outflow: [{ amount: '70.00', currency: 'EUR' }], isComplete: false, isTruncated: true }),
      'At least 1 open document waits for it: at least EUR 70 of outflow.',
    ],
  ])('%s', (_name, row, sentence) => {
    expect(waitingSentence(row)).toBe(sentence);
  });
});
