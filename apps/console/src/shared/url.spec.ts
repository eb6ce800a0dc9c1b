import { describe, expect, it } from '@jest/globals';
import {
  evidenceHref,
  exceptionHref,
  exceptionsHref,
  parseExceptionsSearch,
  parseSearchText,
  parseSlaSearch,
  parseTransactionSearch,
  parseTransactionsSearch,
  slaHref,
  stringifySearch,
  traceHref,
  transactionsHref,
} from './url.js';

const searchOf = (href: string) => parseSearchText(href.split('?')[1] ?? '');

describe('addresses', () => {
  it('leave out what is the default', () => {
    expect(exceptionsHref()).toBe('/exceptions');
    expect(exceptionsHref({ view: 'unresolved', order: 'money', entity: [] })).toBe('/exceptions');
    expect(slaHref({ days: 14 })).toBe('/sla');
  });

  it('keep filter, order and what is open, and come back the same', () => {
    const search = {
      view: 'all',
      entity: ['DE01', 'US01'],
      kind: ['mapping-and-master-data.missing-legal-entity-mapping'],
      owner: 'me',
      text: 'Müller & Söhne, 100 %',
      group: undefined,
      object: undefined,
      order: 'oldest',
      open: 'e-1',
    } as const;
    expect(parseExceptionsSearch(searchOf(exceptionsHref(search)))).toEqual(search);
  });

  it('survive what people and programs write into them', () => {
    expect(parseExceptionsSearch({ view: 'nonsense', order: 7, entity: ',,DE01,', text: '  ' })).toMatchObject({
      view: 'unresolved',
      order: 'money',
      entity: ['DE01'],
      text: undefined,
    });
    expect(parseSlaSearch({ days: '13' }).days).toBe(14);
    expect(parseSlaSearch({ days: 30 }).days).toBe(30);
    expect(parseTransactionsSearch({ state: 'LATE,LOST' }).state).toEqual(['LATE']);
    expect(parseTransactionSearch({ show: 'table', run: 12 })).toEqual({ show: 'table', run: '12' });
  });

  it('escape ids', () => {
    expect(exceptionHref('a/b')).toBe('/exceptions/a%2Fb');
    expect(traceHref('abc', { span: 's 1' })).toBe('/traces/abc?span=s+1');
    expect(evidenceHref({ subject: 'x' })).toBe('/evidence?subject=x');
    expect(transactionsHref({ state: ['LATE', 'BLOCKED'] })).toBe('/transactions?state=LATE,BLOCKED');
  });

  it('validated search written by the router is read back the same', () => {
    const search = parseExceptionsSearch({ entity: 'DE01,SG01', view: 'open' });
    expect(parseExceptionsSearch(parseSearchText(stringifySearch(search)))).toEqual(search);
  });
});
