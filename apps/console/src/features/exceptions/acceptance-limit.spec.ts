import { describe, expect, it } from '@jest/globals';
import { limitOf, limitsSentence } from './acceptance-limit.js';

const euro = (amount: string) => ({ amount, currency: 'EUR' });
const limits = {
  acceptanceLimit: euro('1000.00'),
  acceptanceLimits: [
    { legalEntity: 'DE01', limit: euro('5000.00') },
    { legalEntity: 'US01', limit: euro('0.00') },
  ],
};

describe('the limit of closing without correction', () => {
  it.each<[string | null | undefined, string]>([
    ['DE01', '5000.00'],
    ['US01', '0.00'],
    ['FR01', '1000.00'],
    [null, '1000.00'],
    [undefined, '1000.00'],
  ])('of %s is %s', (legalEntity, amount) => {
    expect(limitOf(limits, legalEntity)).toEqual(euro(amount));
  });

  it('is told with those of entities that have another', () => {
    expect(limitsSentence(limits).replaceAll('\u00a0', ' ')).toBe(
      'Above EUR 1,000.00 a second person decides on each; EUR 5,000.00 at DE01 and EUR 0.00 at US01. What one person closes of one counterparty in a day adds up.',
    );
    expect(limitsSentence({ ...limits, acceptanceLimits: [] }).replaceAll('\u00a0', ' ')).toBe(
      'Above EUR 1,000.00 a second person decides on each. What one person closes of one counterparty in a day adds up.',
    );
  });
});
