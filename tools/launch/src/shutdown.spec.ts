import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Shutdown, StopRequested } from './shutdown.js';

describe('the wish to stop', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('is heard once; a signal that npm repeats is the same wish, a later one hurries', async () => {
    const clock = jest.spyOn(Date, 'now').mockReturnValue(1_000);
    const shutdown = new Shutdown();
    let hurried = 0;
    shutdown.onHurry(() => {
      hurried += 1;
    });
    expect(() => shutdown.throwIfRequested()).not.toThrow();
    shutdown.request();
    await shutdown.requested;
    expect(() => shutdown.throwIfRequested()).toThrow(StopRequested);
    clock.mockReturnValue(1_500);
    shutdown.request();
    expect(hurried).toBe(0);
    clock.mockReturnValue(2_500);
    shutdown.request();
    expect(hurried).toBe(1);
  });

  it('keeps its first reason', () => {
    const shutdown = new Shutdown();
    const problem = new Error('the api keeps ending');
    shutdown.request(problem);
    shutdown.request(new Error('something that follows from it'));
    expect(shutdown.problem).toBe(problem);
    expect(() => shutdown.throwIfRequested()).toThrow(problem);
  });

  it('comes by signal, and is not listened to for longer than needed', async () => {
    const before = process.listenerCount('SIGHUP');
    const shutdown = new Shutdown();
    shutdown.listen({ npm_lifecycle_event: 'start' });
    process.emit('SIGHUP');
    await shutdown.requested;
    shutdown.close();
    expect(process.listenerCount('SIGHUP')).toBe(before);
  });
});
