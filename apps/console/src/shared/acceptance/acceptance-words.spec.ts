import { describe, expect, it } from '@jest/globals';
import { whyAsked } from './acceptance-words.js';

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const asked = (moneyAtRisk: string | null, converted: string | null, duplicates = 0) => ({
  duplicates,
  ...{ makerName: 'Ana Lyst', requestedAt: '2026-11-20T08:00:00.000Z', reason: { title: 'Too small' }, comment: 'x' },
  moneyAtRisk: moneyAtRisk === null ? null : eur(moneyAtRisk),
  convertedMoney: converted === null ? null : eur(converted),
  limit: eur('1000.00'),
});

describe('why a second person decides', () => {
  it.each<[string, string | null, string | null, string, number?]>([
    ['above the limit', '4200.00', '4200.00', 'EUR 4,200.00 is above the limit of EUR 1,000.00.'],
    [
      'small, with others',
      '400.00',
      '400.00',
      'EUR 400.00 is within the limit of EUR 1,000.00, but not with what else was closed with it, or of its counterparty that day.',
    ],
    ['at the limit, with others', '1000.00', '1000.00', 'EUR 1,000.00 is within the limit of'],
    ['no rate', '400.00', null, 'EUR 400.00 cannot be compared with the limit of EUR 1,000.00: no rate is known.'],
    ['no money', null, null, ''],
    ['much that hangs on it', '400.00', '5400.00', 'EUR 5,400.00 with its duplicate is above the limit', 1],
    ['what nobody knows of it', '400.00', null, 'EUR 400.00 with its 2 duplicates cannot be compared', 2],
  ])('%s', (_name, atRisk, converted, words, duplicates = 0) => {
    expect(whyAsked(asked(atRisk, converted, duplicates)).replaceAll('\u00a0', ' ')).toContain(words);
  });
});
