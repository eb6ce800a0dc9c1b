/** Writes what the person who started it sees: steps with their time, notes, problems. */
export type Terminal = {
  /** Runs a step and shows it with the time it took; a failure goes on to the caller. */
  step<T>(title: string, work: () => Promise<T>): Promise<T>;
  note(line: string): void;
  problem(line: string): void;
  /** A line of a process, shown with --verbose. */
  echo(source: string, line: string): void;
};

/** Steps shorter than this are shown without their time. */
const SHOWN_FROM_MS = 100;

/** A terminal on standard output and standard error. */
export function openTerminal(isVerbose: boolean): Terminal {
  const write = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  return {
    async step(title, work) {
      const started = performance.now();
      const result = await work();
      const tookMs = performance.now() - started;
      write(`  ${title}${tookMs < SHOWN_FROM_MS ? '' : ` (${(tookMs / 1_000).toFixed(1)} s)`}`);
      return result;
    },
    note: write,
    problem: (line) => {
      process.stderr.write(`${line}\n`);
    },
    echo: (source, line) => {
      if (isVerbose) write(`[${source}] ${line}`);
    },
  };
}
