import { describe, expect, it } from '@jest/globals';
import { whyAsked } from './acceptance-words.js';

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const asked = (moneyAtRisk: string | null, converted: string | null) => ({
  ...{ makerName: 'Ana Lyst', requestedAt: '2026-11-20T08:00:00.000Z', reason: { title: 'Too small' }, comment: 'x' },
  moneyAtRisk: moneyAtRisk === null ? null : eur(moneyAtRisk),
  convertedMoney: converted === null ? null : eur(converted),
  limit: eur('1000.00'),
});

describe('why a second person decides', () => {
  it.each([
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
  ])('%s', (_name, atRisk, converted, words) => {
    expect(whyAsked(asked(atRisk, converted)).replaceAll('\u00a0', ' ')).toContain(words);
  });
});
