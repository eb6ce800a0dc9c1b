import { readFileSync } from 'node:fs';
import { LaunchProblem } from './launch-problem.js';

/** npm passes a signal on that the terminal has sent to the whole group already: that is one wish, not two. */
const SAME_WISH_MS = 700;
/** The second field of /proc/<pid>/stat is the command in brackets. */
const SHELLS = /^\d+ \((?:sh|dash|bash|ash|zsh|ksh|busybox)\)/;
const PARENT_LOOKED_AFTER_EVERY_MS = 500;

/** The wish to stop: by Ctrl-C, a signal, the end of the parent, or because something cannot go on. */
export class Shutdown {
  private readonly controller = new AbortController();
  private readonly cleanUps: (() => void)[] = [];
  private requestedAt = 0;
  private hurry: (() => void) | undefined;
  /** Why it stops, when that is a failure. */
  problem: Error | undefined;

  /** Aborts when the wish is there. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Settles when the wish is there. */
  get requested(): Promise<void> {
    if (this.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => this.signal.addEventListener('abort', () => resolve(), { once: true }));
  }

  /** Stop; a second wish, some time after the first, hurries. */
  request(problem?: Error): void {
    if (!this.signal.aborted) {
      this.problem = problem;
      this.requestedAt = Date.now();
      this.controller.abort();
    } else if (problem === undefined && Date.now() - this.requestedAt > SAME_WISH_MS) {
      this.hurry?.();
    }
  }

  /** What a second wish does while stopping. */
  onHurry(hurry: () => void): void {
    this.hurry = hurry;
  }

  /** Ends the start early when the wish is there already. */
  throwIfRequested(): void {
    if (this.signal.aborted) throw this.problem ?? new StopRequested();
  }

  /** Listens to signals and, under npm or as a forked process, to the end of the parent. */
  listen(environment: Readonly<Record<string, string | undefined>>): void {
    const onSignal = (): void => this.request();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, onSignal);
      this.cleanUps.push(() => process.off(signal, onSignal));
    }
    const onCrash = (error: Error): void => this.request(error);
    process.on('uncaughtException', onCrash);
    this.cleanUps.push(() => process.off('uncaughtException', onCrash));
    if (process.channel) {
      process.on('disconnect', onSignal);
      this.cleanUps.push(() => process.off('disconnect', onSignal));
    }
    // Only under npm: a shell that starts this in the background and ends does not mean to end it.
    if (environment['npm_lifecycle_event'] !== undefined) this.watchParent();
  }

  /** Stops listening. */
  close(): void {
    for (const cleanUp of this.cleanUps.splice(0)) cleanUp();
  }

  private watchParent(): void {
    const npm = npmAbove();
    const timer = setInterval(() => {
      if (npmAbove() === npm) return;
      clearInterval(timer);
      this.request();
    }, PARENT_LOOKED_AFTER_EVERY_MS);
    this.cleanUps.push(() => clearInterval(timer));
  }
}

/** Process id of the npm that runs this: the parent, or the one above the shell that npm puts between. */
function npmAbove(): number {
  const parent = process.ppid;
  try {
    const stat = readFileSync(`/proc/${parent}/stat`, 'utf8');
    const [, , grandparent] = stat.slice(stat.lastIndexOf(')')).split(' ');
    return SHELLS.test(stat) ? Number(grandparent) : parent;
  } catch {
    return parent;
  }
}

/** The start was ended by the wish to stop; no failure. */
export class StopRequested extends LaunchProblem {}
