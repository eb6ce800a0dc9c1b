import { describe, expect, it } from '@jest/globals';
import { createLogger } from '@throughline/observability';
import { DatabaseUnavailable } from '@throughline/persistence';
import { OutageWatch } from './outage-watch.js';
import { StageLoop } from './stage-loop.js';
import type { StageTurn } from './stage.js';

type Lines = { level: string; message: string; tenantId?: string; failures?: number }[];

function recordedLog() {
  const lines: Lines = [];
  const log = createLogger({ service: 'test' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { lines, log };
}

/** Runs a loop until `isDone`, answering the tenants in the order in which they were worked on. */
async function runLoop(options: {
  tenants: string[];
  run: (tenantId: string, turn: number) => Promise<StageTurn>;
  isDone: (turns: string[]) => boolean;
}) {
  const turns: string[] = [];
  const { lines, log } = recordedLog();
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const loop = new StageLoop(
    {
      name: 'test',
      wakesOn: [],
      pollMs: 60_000,
      async run(tenantId) {
        turns.push(tenantId);
        if (options.isDone(turns)) finish();
        return options.run(tenantId, turns.filter((turn) => turn === tenantId).length);
      },
    },
    { tenantIds: () => Promise.resolve(options.tenants), outage: new OutageWatch(log), log, onRun: () => undefined },
  );
  loop.start();
  await finished;
  await loop.stop();
  return { turns, lines };
}

describe('the loop of a stage', () => {
  it('works for tenants in turn, however much one of them has to do', async () => {
    const { turns } = await runLoop({
      tenants: ['busy', 'quiet'],
      run: (tenantId, turn) => Promise.resolve(tenantId === 'busy' && turn < 10),
      isDone: (done) => done.length === 6,
    });
    expect(turns.slice(0, 4)).toEqual(['busy', 'quiet', 'busy', 'busy']);
  });

  it('comes back to a tenant when it asked for it, and works for the others meanwhile', async () => {
    const begunAt = performance.now();
    const { turns } = await runLoop({
      tenants: ['paced', 'busy'],
      run: (tenantId, turn) => Promise.resolve(tenantId === 'busy' ? turn < 20 : { againInMs: 60 }),
      isDone: (done) => done.filter((turn) => turn === 'paced').length === 3,
    });
    expect(performance.now() - begunAt).toBeGreaterThanOrEqual(115);
    expect(turns.slice(0, 4)).toEqual(['paced', 'busy', 'busy', 'busy']);
  });

  it('lets a failing tenant pause while the others go on, and tells of it', async () => {
    const { turns, lines } = await runLoop({
      tenants: ['broken', 'sound'],
      run: (tenantId, turn) =>
        tenantId === 'broken' ? Promise.reject(new Error('cannot')) : Promise.resolve(turn < 20),
      isDone: (done) => done.filter((turn) => turn === 'sound').length === 20,
    });
    expect(turns.filter((turn) => turn === 'broken')).toHaveLength(1);
    expect(lines.filter((line) => line.level === 'error')).toMatchObject([{ tenantId: 'broken', failures: 1 }]);
  });

  it('tries a failing tenant again', async () => {
    const { lines } = await runLoop({
      tenants: ['shaky'],
      run: (_tenantId, turn) => (turn === 1 ? Promise.reject(new Error('cannot')) : Promise.resolve(false)),
      isDone: (done) => done.length === 2,
    });
    expect(lines.at(-1)).toMatchObject({ level: 'info', message: 'the stage works again' });
  });

  it('waits for a database that is away, telling it once, and goes on', async () => {
    const { turns, lines } = await runLoop({
      tenants: ['a'],
      run: (_tenantId, turn) => (turn <= 2 ? Promise.reject(new DatabaseUnavailable('away')) : Promise.resolve(false)),
      isDone: (done) => done.length === 3,
    });
    expect(turns).toEqual(['a', 'a', 'a']);
    expect(lines.filter((line) => line.level === 'warn')).toHaveLength(1);
    expect(lines.filter((line) => line.level === 'error')).toHaveLength(0);
  });

  it('wakes for a notice long before it would poll', async () => {
    const turns: string[] = [];
    const { log } = recordedLog();
    const loop = new StageLoop(
      { name: 'test', wakesOn: [], pollMs: 60_000, run: (tenantId) => Promise.resolve(turns.push(tenantId) < 0) },
      { tenantIds: () => Promise.resolve([]), outage: new OutageWatch(log), log, onRun: () => undefined },
    );
    loop.start();
    await new Promise((resolve) => setTimeout(resolve, 20));
    loop.notice('a');
    await new Promise((resolve) => setTimeout(resolve, 20));
    await loop.stop();
    expect(turns).toEqual(['a']);
  });
});
