import { describe, expect, it } from '@jest/globals';
import { readMessageHeaders } from './message-headers.js';

describe('headers of a message that failed', () => {
  it.each<[string, unknown, Record<string, string> | undefined]>([
    [
      'texts, numbers and flags',
      { a: 'x', 'retry-count': 3, isLast: true },
      { a: 'x', 'retry-count': '3', isLast: 'true' },
    ],
    ['lists as JSON', { 'x-death': [{ queue: 'orders', count: 2 }] }, { 'x-death': '[{"queue":"orders","count":2}]' }],
    ['without what is empty', { a: null, b: undefined, c: '' }, { c: '' }],
    ['none', {}, {}],
    ['no object', ['a'], undefined],
    ['a text', 'a', undefined],
  ])('%s', (_name, value, expected) => {
    expect(readMessageHeaders(value)).toEqual(expected);
  });

  it.each([
    'Authorization',
    'proxy-authorization',
    'Set-Cookie',
    'X-API-Key',
    'apikey',
    'x-access-token',
    'webhook-signature',
    'x-auth',
    'db_password',
  ])('%s is redacted', (name) => {
    expect(readMessageHeaders({ [name]: 's3cret' })).toEqual({ [name]: '(redacted)' });
  });

  it.each(['author', 'kafka_dlt-exception-message', 'x-first-death-reason', 'content-type'])('%s is shown', (name) => {
    expect(readMessageHeaders({ [name]: 'v' })).toEqual({ [name]: 'v' });
  });

  it('are bounded in number and length', () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`h${index}`, 'v'.repeat(5_000)]));
    const headers = readMessageHeaders(many) ?? {};
    expect([Object.keys(headers).length, headers['h0']?.length]).toEqual([60, 1_000]);
  });
});
