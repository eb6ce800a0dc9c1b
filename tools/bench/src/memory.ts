import { readdirSync, readFileSync } from 'node:fs';

type Process = { pid: number; parent: number; command: string };

/** Every process of this machine (Linux). */
export function processes(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        return [{ pid: Number(name), parent, command }];
      } catch {
        return []; // ended meanwhile
      }
    });
}

function proportionalKib(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** Proportional set size of a process and all its descendants, and of an embedded database found by its data folder (Linux). */
export function measureMemory(rootPid: number, dataDir: string | undefined): void {
  const all = processes();
  const members = new Set<number>([rootPid]);
  for (const process of all)
    if (dataDir !== undefined && process.command.includes('postgres') && process.command.includes(dataDir))
      members.add(process.pid);
  for (let grew = true; grew;) {
    const before = members.size;
    for (const process of all) if (members.has(process.parent)) members.add(process.pid);
    grew = members.size > before;
  }
  const rows = all
    .filter((process) => members.has(process.pid))
    .map((process) => ({ ...process, kib: proportionalKib(process.pid) }));
  for (const row of rows.sort((a, b) => b.kib - a.kib))
    console.log(`${(row.kib / 1024).toFixed(1).padStart(8)} MiB  ${row.pid}  ${nameOf(row.command)}`);
  const total = rows.reduce((sum, row) => sum + row.kib, 0);
  console.log(`whole stack: ${(total / 1024).toFixed(0)} MiB proportional set size in ${rows.length} processes`);
}

/** The script a Node process runs, else the head of its command line. */
function nameOf(command: string): string {
  const script = command.split(' ').findLast((part) => /\.m?js$/.test(part) && !part.startsWith('file:'));
  return script?.split('/').slice(-3).join('/') ?? command.slice(0, 80);
}
