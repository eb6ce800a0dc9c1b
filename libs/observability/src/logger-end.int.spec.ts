import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, jest } from '@jest/globals';

const BUILT = new URL('../dist/index.js', import.meta.url).href;
const ENDS_UNHEARD = `
  import { createLogger } from '${BUILT}';
  const log = createLogger({ service: 'test' });
  process.stdout.on('error', () => undefined);
  process.on('disconnect', () => setTimeout(() => {
    log.info({}, 'stopping');
    log.info({}, 'stopped');
    process.exit(0);
  }, 50));
  process.send('ready');`;

// Starting a process on a busy machine may take seconds.
jest.setTimeout(60_000);

describe('a process whose output nobody reads any more', () => {
  it('ends all the same: lines that cannot be written hold it up no more', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', ENDS_UNHEARD], {
      stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
    });
    const limit = setTimeout(() => child.kill('SIGKILL'), 30_000);
    const ended = once(child, 'exit');
    await once(child, 'message');
    child.stdout?.destroy();
    child.disconnect();
    expect(await ended).toEqual([0, null]);
    clearTimeout(limit);
  });
});
