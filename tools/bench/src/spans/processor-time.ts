import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { processes } from '../memory.js';

const TICKS_PER_SECOND = 100;

type Used = { at: number; all: number; own: number };

/** Begins to watch; answers a function that tells which share of all processors other programs used since (Linux). */
export function watchOtherPrograms(): () => number {
  const before = used();
  return () => {
    const after = used();
    const seconds = ((after.at - before.at) / 1_000) * availableParallelism();
    return Math.max(0, after.all - before.all - (after.own - before.own)) / seconds;
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
