import { describe, expect, it } from '@jest/globals';
import {
  evidenceHref,
  exceptionHref,
  exceptionsHref,
  filesHref,
  mappingHref,
  parseExceptionsSearch,
  parseFilesSearch,
  parseMappingSearch,
  parseSignalsSearch,
  parseSlaSearch,
  parseTransactionSearch,
  parseTransactionsSearch,
  signalsHref,
  slaHref,
  sourcesHref,
  technicalHref,
  traceHref,
  transactionsHref,
} from './url.js';
import { parseSearchText, stringifySearch } from './url-search.js';

const searchOf = (href: string) => parseSearchText(href.split('?')[1] ?? '');

describe('addresses', () => {
  it('leave out what is the default', () => {
    expect(exceptionsHref()).toBe('/exceptions');
    expect(exceptionsHref({ view: 'unresolved', order: 'priority', queue: [], entity: [] })).toBe('/exceptions');
    expect(slaHref({ days: 14 })).toBe('/sla');
  });

  it('keep filter, order and what is open, and come back the same', () => {
    const search = {
      view: 'all',
      queue: ['master-data', 'tax'],
      entity: ['DE01', 'US01'],
      kind: ['mapping-and-master-data.missing-legal-entity-mapping'],
      owner: 'me',
      snoozed: 'yes',
      text: 'Müller & Söhne, 100 %',
      group: undefined,
      object: undefined,
      priority: ['P1', 'P3'],
      integration: ['crm-erp'],
      region: ['APAC', 'EMEA'],
      party: 'Müller, Söhne',
      period: ['2026-09'],
      min: '1000',
      max: '99999.50',
      age: ['UNDER_1_HOUR'],
      due: ['OVERDUE', 'NONE'],
      pastFrom: '-7',
      pastTo: '30',
      mark: ['escalated', 'recurring'],
      order: 'oldest',
      by: 'group',
      start: 'own',
      open: 'e-1',
    } as const;
    expect(parseExceptionsSearch(searchOf(exceptionsHref(search)))).toEqual(search);
  });

  it('survive what people and programs write into them', () => {
    expect(parseExceptionsSearch({ view: 'nonsense', order: 7, entity: ',,DE01,', text: '  ' })).toMatchObject({
      view: 'unresolved',
      order: 'priority',
      queue: [],
      entity: ['DE01'],
      text: undefined,
    });
    expect(parseSlaSearch({ days: '13' }).days).toBe(14);
    expect(parseSlaSearch({ days: 30 }).days).toBe(30);
    expect(parseTransactionsSearch({ state: 'LATE,LOST' }).state).toEqual(['LATE']);
    expect(parseTransactionSearch({ show: 'table', run: 12 })).toEqual({
      show: 'table',
      run: '12',
      message: undefined,
    });
  });

  it('of the transactions come back the same, with each filter', () => {
    const search = {
      state: ['LATE', 'RUNNING'],
      entity: ['DE01'],
      workflow: 'order-to-cash',
      region: ['EMEA'],
      currency: 'EUR',
      system: 'sap-de',
      party: 'Müller & Co',
      min: '1000.50',
      max: '-2',
      milestone: 'invoice-posted',
      standing: 'OVERDUE',
      period: '2026-09',
      dueFrom: '2026-09-01',
      dueTo: '2026-09-30',
      valueFrom: '2026-09-02',
      valueTo: '2026-09-03',
      account: 'DE89370400440532013000',
      age: '30',
      from: '2026-09-01T00:00:00.000Z',
      to: '2026-09-04T00:00:00.000Z',
      text: 'so 123',
      order: 'started',
    } as const;
    expect(parseTransactionsSearch(searchOf(transactionsHref(search)))).toEqual(search);
    expect(transactionsHref(parseTransactionsSearch({}))).toBe('/transactions');
    const wrong = {
      min: '1e9',
      period: '2026-13',
      dueFrom: '2026-02-30',
      age: '-1',
      currency: 'Euro',
      region: 'MARS',
      standing: 'LOST',
    };
    expect(transactionsHref(parseTransactionsSearch(wrong))).toBe('/transactions');
  });

  it('of the signals, the bench and the files come back the same', () => {
    const signals = {
      show: 'signals',
      state: ['UNMAPPED'],
      kind: ['WEBHOOK', 'FILE_RECORD'],
      system: ['stripe-eu'],
      type: 'invoice.finalized',
      since: undefined,
      from: '2026-11-20T00:00:00.000Z',
      to: undefined,
      file: undefined,
      mapping: 'stripe',
      order: 'oldest',
      open: 's1',
    } as const;
    expect(parseSignalsSearch(searchOf(signalsHref(signals)))).toEqual(signals);
    expect(parseSignalsSearch({ since: '24h', from: '2026-11-20' })).toMatchObject({ since: '24h', from: undefined });
    expect(parseSignalsSearch({ from: 'yesterday', state: 'LOST' })).toMatchObject({ from: undefined, state: [] });
    expect(signalsHref()).toBe('/signals');
    expect(parseMappingSearch(searchOf(mappingHref('stripe', { signal: 's1', isNew: true })))).toEqual({
      signal: 's1',
      isNew: true,
    });
    expect(mappingHref('a/b')).toBe('/mappings/a%2Fb');
    expect(parseFilesSearch(searchOf(filesHref({ isBroken: true, format: ['camt.053'] })))).toMatchObject({
      isBroken: true,
      format: ['camt.053'],
    });
    expect(sourcesHref({ show: 'keys', open: 'k1' })).toBe('/sources?show=keys&open=k1');
  });

  it('lead from a technical subject to its own page, and not from a document', () => {
    const subject = (type: string) => technicalHref({ id: 'o1', type, key: 'k1' });
    expect(subject('signal')).toBe('/signals/k1');
    expect(subject('file')).toBe('/files?open=k1');
    expect(subject('run')).toBe('/objects/o1');
    expect(subject('sales-order')).toBeUndefined();
    expect(technicalHref({ id: 'o1', type: 'signal', key: 'abc/0d' })).toBe('/traces/abc?span=0d');
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
