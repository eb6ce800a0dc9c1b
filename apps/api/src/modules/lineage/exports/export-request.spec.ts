import { describe, expect, it } from '@jest/globals';
import { CodedError } from '../../../graphql/coded-error.js';
import { readExportRequest } from './export-request.js';

const ID = '00000000-0000-4000-8000-00000000000a';
const ALL = {
  format: 'csv',
  table: 'transactions',
  isMarked: false,
  id: null,
  filter: null,
  orderBy: 'LAST_ACTIVITY_DESC',
  from: null,
  before: null,
};

describe('the address of an export', () => {
  it.each<[string, Record<string, unknown>, object]>([
    ['nothing: all of them', {}, {}],
    ['one transaction', { id: ID.toUpperCase() }, { id: ID }],
    ['a filter', { filter: '{"states":["LATE"]}' }, { filter: { states: ['LATE'] } }],
    [
      'a time range',
      { from: '2026-09-01T00:00:00Z', to: '2026-10-01T02:00:00+02:00', orderBy: 'STARTED_DESC' },
      { from: '2026-09-01T00:00:00.000Z', before: '2026-10-01T00:00:00.000Z', orderBy: 'STARTED_DESC' },
    ],
    ['another table, for a spreadsheet', { table: 'links', bom: '1' }, { table: 'links', isMarked: true }],
    ['an empty value is none', { filter: '', table: '' }, {}],
  ])('%s', (_name, query, expected) => {
    expect(readExportRequest('csv', query)).toEqual({ ...ALL, ...expected });
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['a parameter that is none', { fitler: '{}' }, 'fitler is no parameter of an export'],
    ['one given twice', { id: [ID, ID] }, 'id may be given once'],
    ['an id that is none', { id: '1' }, 'id must be an id'],
    ['an id beside a filter', { id: ID, filter: '{}' }, 'it cannot stand beside filter'],
    ['a filter that is no JSON', { filter: '{' }, 'filter must be the filter of the query transactions, as JSON'],
    ['a day that is no instant', { from: '2026-09-31' }, 'from must be an instant'],
    [
      'a table that there is not',
      { table: 'payloads' },
      'table must be one of transactions, milestones, objects, links',
    ],
    ['an order that there is not', { orderBy: 'AMOUNT' }, 'orderBy must be one of'],
  ])('refuses %s', (_name, query, message) => {
    expect(() => readExportRequest('csv', query)).toThrow(CodedError);
    expect(() => readExportRequest('csv', query)).toThrow(message);
  });

  it('has tables for CSV alone', () => {
    expect(() => readExportRequest('xlsx', { table: 'links' })).toThrow('table chooses what a CSV holds');
  });
});
