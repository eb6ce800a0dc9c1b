import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { processes } from '../memory.js';

const TICKS_PER_SECOND = 100;

type Used = { at: number; all: number; own: number };

/** What was used of the processors: by this process and all below it (seconds), by other programs (share of all). */
export type ProcessorTime = { ownSeconds: number; othersShare: number };

/** Begins to watch; answers a function that tells what was used since (Linux). */
export function watchProcessors(): () => ProcessorTime {
  const before = used();
  return () => {
    const after = used();
    const available = ((after.at - before.at) / 1_000) * availableParallelism();
    const own = after.own - before.own;
    return { ownSeconds: own, othersShare: Math.max(0, after.all - before.all - own) / available };
  };
}

function used(): Used {
  const [, user = 0, nice = 0, system = 0] = readFileSync('/proc/stat', 'utf8')
    .split('\n', 1)[0]!
    .split(/\s+/)
    .map(Number);
  return { at: performance.now(), all: (user + nice + system) / TICKS_PER_SECOND, own: ownSeconds() };
}

/** Of this process and all below it, with those that ended meanwhile. */
function ownSeconds(): number {
  const all = processes();
  const members = new Set<number>([process.pid]);
  for (let grew = true; grew;) {
    const before = members.size;
    for (const one of all) if (members.has(one.parent)) members.add(one.pid);
    grew = members.size > before;
  }
  return [...members].reduce((sum, pid) => sum + secondsOf(pid), 0);
}

function secondsOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) / TICKS_PER_SECOND;
  } catch {
    return 0; // ended meanwhile
  }
}
