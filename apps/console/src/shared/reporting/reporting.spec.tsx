import { describe, expect, it } from '@jest/globals';
import { render } from '@testing-library/react';
import { convertedTotal, rateWords, withoutWords, type Converted } from './converted-words.js';
import { ConvertedText } from './converted-text.js';
import { chosenReporting, reportingChoices } from './reporting.js';

const USD = (amount: string) => ({ amount, currency: 'USD' });
const CONVERTED: Converted = {
  amount: USD('1085.00'),
  rateType: 'ecb-reference',
  rateDate: '2026-11-27',
  rate: '1.085',
  source: 'ECB',
  missing: null,
};
const MISSING: Converted = {
  ...CONVERTED,
  amount: null,
  rateDate: null,
  rate: null,
  source: null,
  missing: 'no ecb-reference rate of BRL at or before 2026-11-27',
};

describe('amounts in the reporting currency', () => {
  it('say type and date of the rate, and the rate', () => {
    expect(rateWords(CONVERTED)).toBe('ECB reference of Fri 27 Nov 2026, 1.085');
    const { container } = render(<ConvertedText converted={CONVERTED} />);
    expect(container.textContent).toBe('USD 1,085.00 ECB reference of Fri 27 Nov 2026, 1.085');
  });

  it('say nothing of a rate where none is needed', () => {
    const same = { ...CONVERTED, rateDate: null, rate: null, source: null };
    expect(rateWords(same)).toBeUndefined();
    expect(render(<ConvertedText converted={same} />).container.textContent).toBe('USD 1,085.00');
  });

  it('say plainly that there is no rate, and why, never zero', () => {
    const { container } = render(<ConvertedText converted={MISSING} />);
    expect(container.textContent).toBe('no rate');
    expect(container.querySelector('[title]')?.getAttribute('title')).toBe(MISSING.missing);
  });

  it('are added up exactly, without what has no rate, which is said', () => {
    const of = (open: string, converted: Converted | null) => ({ open: { amount: '1', currency: open }, converted });
    expect(
      convertedTotal([
        of('USD', { ...CONVERTED, amount: USD('0.1') }),
        of('EUR', { ...CONVERTED, amount: USD('0.2') }),
        of('BRL', MISSING),
      ]),
    ).toEqual({ sum: USD('0.3'), without: ['BRL'] });
    expect(withoutWords([])).toBeUndefined();
    expect(withoutWords(['BRL', 'SGD'])).toBe('without BRL and SGD, of which there is no rate');
  });
});

describe('the reporting currency', () => {
  const liked = { currency: '', rateType: 'ecb-reference' };

  it.each([
    [{}, liked, ['BRL', 'EUR'], 'EUR'],
    [{}, liked, ['SGD', 'USD'], 'SGD'],
    [{}, liked, [], 'EUR'],
    [{}, { ...liked, currency: 'USD' }, ['EUR'], 'USD'],
    [{}, { ...liked, currency: 'none' }, ['EUR'], 'none'],
    [{ currency: 'CHF' }, { ...liked, currency: 'USD' }, ['EUR'], 'CHF'],
  ])('asked for %j, liked %j, entities in %j: %s', (asked, likes, currencies, currency) => {
    expect(chosenReporting(asked, likes, currencies)).toEqual({ currency, rateType: 'ecb-reference' });
  });

  it('is one of the entities, of the rates, or the chosen one', () => {
    const chosen = { currency: 'CHF', rateType: 'plan' };
    expect(reportingChoices(['USD', 'EUR', 'USD'], [{ type: 'group-month-end', base: 'GBP' }], chosen)).toEqual({
      currencies: ['CHF', 'EUR', 'GBP', 'USD'],
      rateTypes: ['group-month-end', 'plan'],
    });
    expect(reportingChoices(['USD'], [], { currency: 'none', rateType: 'average' })).toEqual({
      currencies: ['USD'],
      rateTypes: ['ecb-reference', 'group-month-end', 'average'],
    });
  });
});
