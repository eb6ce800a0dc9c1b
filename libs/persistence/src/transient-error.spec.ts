import { describe, expect, it } from '@jest/globals';
import { DatabaseUnavailable, isTransientDatabaseError } from './transient-error.js';

const coded = (code: string, message = 'x'): Error => Object.assign(new Error(message), { code });

describe('isTransientDatabaseError', () => {
  it.each([
    ['connection refused', coded('ECONNREFUSED')],
    ['connection reset', coded('ECONNRESET')],
    ['connection failure', coded('08006')],
    ['shutdown', coded('57P01')],
    ['starting up', coded('57P03')],
    ['too many connections', coded('53300')],
    ['disk full', coded('53100')],
    ['input or output failure', coded('58030')],
    ['serialization failure', coded('40001')],
    ['deadlock', coded('40P01')],
    ['statement time-out', coded('57014')],
    ['pool time-out', new Error('timeout exceeded when trying to connect')],
    ['a broken connection', new Error('Connection terminated unexpectedly')],
    ['its own error', new DatabaseUnavailable('x')],
    ['both addresses of localhost refused', new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')])],
    ['wrapped in another error', new Error('could not store', { cause: coded('ECONNRESET') })],
  ])('takes %s for transient', (_name, error) => {
    expect(isTransientDatabaseError(error)).toBe(true);
  });

  it.each([
    ['a unique violation', coded('23505')],
    ['a syntax error', coded('42601')],
    ['a lacking right', coded('42501')],
    ['text with a NUL', coded('22021')],
    ['a wrong password', coded('28P01')],
    ['a bug', new TypeError('x is undefined')],
    ['something thrown that is no error', 'ECONNREFUSED'],
    ['nothing', undefined],
  ])('does not take %s for transient', (_name, error) => {
    expect(isTransientDatabaseError(error)).toBe(false);
  });
});
