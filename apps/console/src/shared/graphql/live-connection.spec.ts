import { describe, expect, it } from '@jest/globals';
import { LiveConnection } from './live-connection.js';

describe('the live connection', () => {
  it('counts every opening, the first one too: what happened since the first query is not announced', () => {
    const connection = new LiveConnection();
    connection.opened();
    expect(connection.read()).toEqual({ state: 'live', openings: 1 });
    connection.closed(true);
    expect(connection.read()).toEqual({ state: 'paused', openings: 1 });
    connection.opened();
    expect(connection.read()).toEqual({ state: 'live', openings: 2 });
  });

  it('has readers load again what was missed, and says nothing else of itself', () => {
    const connection = new LiveConnection();
    connection.opened();
    connection.closed(true);
    connection.missed();
    expect(connection.read()).toEqual({ state: 'paused', openings: 2 });
  });

  it('is idle, not disturbed, when nobody listens', () => {
    const connection = new LiveConnection();
    connection.opened();
    connection.closed(false);
    expect(connection.read().state).toBe('idle');
  });
});
