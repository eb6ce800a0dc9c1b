import { describe, expect, it } from '@jest/globals';
import { jobRunnerUrl, takesOnAppRole, userOf } from './connection-url.js';

describe('jobRunnerUrl', () => {
  it('takes on the job role', () => {
    expect(jobRunnerUrl('postgres://o:p%40ss@h:5432/d')).toBe(
      'postgres://o:p%40ss@h:5432/d?options=-c%20role%3Dthroughline_jobs',
    );
  });

  it('keeps other parameters and options', () => {
    expect(jobRunnerUrl('postgres://o@h/d?sslmode=require&options=-c%20jit%3Doff')).toBe(
      'postgres://o@h/d?sslmode=require&options=-c%20jit%3Doff%20-c%20role%3Dthroughline_jobs',
    );
  });
});

describe('userOf', () => {
  it('decodes the user', () => {
    expect(userOf('postgres://a%40b:p@h/d', 'DATABASE_URL')).toBe('a@b');
  });

  it('says which variable lacks one', () => {
    expect(() => userOf('postgres://h/d', 'DATABASE_URL')).toThrow('DATABASE_URL names no user');
  });
});

describe('takesOnAppRole', () => {
  it('knows an address whose sessions are the app by themselves', () => {
    expect(takesOnAppRole('postgres://o@h/d?options=-c%20jit%3Doff%20-c%20role%3Dthroughline_app')).toBe(true);
    expect(takesOnAppRole('postgres://o@h/d?options=-c%20role%3Dthroughline_jobs')).toBe(false);
    expect(takesOnAppRole('postgres://o@h/d')).toBe(false);
  });
});
