import { describe, expect, it } from '@jest/globals';
import { localDatabaseUrl, placeOf, withRole } from './connection-urls.js';

describe('addresses', () => {
  it('of the embedded database carry any password', () => {
    const url = localDatabaseUrl(5555, 'postgres', 'p@ss/word:%', 'throughline');
    expect(url).toBe('postgres://postgres:p%40ss%2Fword%3A%25@127.0.0.1:5555/throughline');
    expect(decodeURIComponent(new URL(url).password)).toBe('p@ss/word:%');
  });

  it.each([
    ['postgres://u:p@h:5432/d', 'postgres://u:p@h:5432/d?options=-c%20role%3Dthroughline_app'],
    ['postgres://u@h/d?sslmode=require', 'postgres://u@h/d?sslmode=require&options=-c%20role%3Dthroughline_app'],
    [
      'postgres://u@h/d?options=-c%20jit%3Doff',
      'postgres://u@h/d?options=-c%20jit%3Doff%20-c%20role%3Dthroughline_app',
    ],
  ])('%s takes on a role', (url, expected) => {
    expect(withRole(url, 'throughline_app')).toBe(expected);
  });

  it('are shown without user and password', () => {
    expect(placeOf('postgres://u:secret@db.example:6543/ledger?sslmode=require')).toBe('db.example:6543/ledger');
    expect(placeOf('postgres://u:secret@db.example/ledger')).toBe('db.example:5432/ledger');
    expect(placeOf('postgres:///ledger?host=/run/postgresql')).toBe('/run/postgresql:5432/ledger');
  });
});
