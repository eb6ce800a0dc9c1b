import { setTimeout as pause } from 'node:timers/promises';
import type { PipelineBench } from './pipeline-bench.js';

/** Something that others wait for. */
export type Gate = { open: () => void; passed: Promise<void> };

export function newGate(): Gate {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { open, passed };
}

/** Resolves when the work is done or waits for a lock beside so many others; answers whether it waits. */
export async function endsOrWaits(bench: PipelineBench, work: Promise<unknown>, others = 0): Promise<boolean> {
  let isDone = false;
  const done = work.finally(() => (isDone = true));
  done.catch(() => undefined);
  const isWaiting = async () => {
    const waiting = await bench.inTenant((tx) =>
      tx.query(
        `select 1 from pg_locks l join pg_stat_activity a on a.pid = l.pid
         where not l.granted and a.datname = current_database()`,
      ),
    );
    return waiting.length > others;
  };
  while (!isDone && !(await isWaiting())) await pause(10);
  return !isDone;
}
