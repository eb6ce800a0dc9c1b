import { describe, expect, it } from '@jest/globals';
import { createLogger } from '@throughline/observability';
import { PeriodicFlush } from './periodic-flush.js';

const AN_HOUR_MS = 3_600_000;

describe('a flush that is asked for while another is under way', () => {
  it('ends when what was added meanwhile is written, and none runs beside another', async () => {
    let waiting = ['first'];
    const written: string[] = [];
    let running = 0;
    const write = async (): Promise<void> => {
      const taken = waiting;
      waiting = [];
      running += 1;
      expect(running).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 10));
      written.push(...taken);
      running -= 1;
    };
    const log = createLogger({ service: 'test', level: 'silent' });
    const periodic = new PeriodicFlush('test', write, log, AN_HOUR_MS);
    const first = periodic.now();
    waiting.push('second');
    await Promise.all([periodic.now(), periodic.now()]);
    expect(written).toEqual(['first', 'second']);
    await first;
    await periodic.close();
  });
});
