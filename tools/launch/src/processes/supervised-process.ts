import { type ChildProcess, spawn } from 'node:child_process';
import { LaunchProblem } from '../launch-problem.js';
import type { ProcessLog } from './process-log.js';
import { decideRestart } from './restart-policy.js';

/** A process to be kept running. */
export type ProcessDescription = {
  name: string;
  /** Arguments of Node. */
  args: readonly string[];
  workingFolder: string;
  environment: Readonly<Record<string, string | undefined>>;
};

/** What the launcher wants to hear of its processes. */
export type ProcessEvents = {
  started(name: string, pid: number): void;
  /** It ended unasked and is started again. */
  restarting(name: string, how: string, delayMs: number): void;
  gaveUp(problem: LaunchProblem): void;
  /** Settles when what all need is there again (the database); undefined while it is. A death in between says nothing. */
  outage(): Promise<void> | undefined;
};

const STOP_TIMEOUT_MS = 8_000;

/** Keeps one process running until it is told to stop; a death is answered with a start, later each time. */
export class SupervisedProcess {
  private child: ChildProcess | undefined;
  private exited: Promise<void> = Promise.resolve();
  private restartTimer: NodeJS.Timeout | undefined;
  private starts = 0;
  private quickDeaths = 0;
  private isStopping = false;

  constructor(
    private readonly description: ProcessDescription,
    private readonly log: ProcessLog,
    private readonly events: ProcessEvents,
  ) {}

  get name(): string {
    return this.description.name;
  }

  /** True once it was started, whatever became of it. */
  get hasStarted(): boolean {
    return this.starts > 0;
  }

  start(): void {
    const { args, workingFolder, environment, name } = this.description;
    const startedAt = performance.now();
    this.starts += 1;
    const child = spawn(process.execPath, args, {
      cwd: workingFolder,
      env: environment,
      // The channel closes when the launcher ends in any way: the process then stops by itself (supervised.ts).
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // A group of its own: Ctrl-C reaches the launcher, which stops the processes in order.
      detached: true,
    });
    this.child = child;
    this.log.follow(child.stdout);
    this.log.follow(child.stderr);
    this.exited = new Promise((resolve) => {
      const end = (how: string): void => {
        if (this.child !== child) return;
        this.child = undefined;
        resolve();
        if (!this.isStopping) this.answerDeath(how, performance.now() - startedAt);
      };
      child.once('error', (error) => end(error.message));
      child.once('exit', (code, signal) => end(signal === null ? `exit ${code ?? 0}` : signal));
    });
    if (child.pid !== undefined) this.events.started(name, child.pid);
  }

  /** Asks it to end, waits, then insists. */
  async stop(timeoutMs = STOP_TIMEOUT_MS): Promise<void> {
    this.isStopping = true;
    clearTimeout(this.restartTimer);
    this.child?.kill('SIGTERM');
    const insist = setTimeout(() => this.kill(), timeoutMs);
    await this.exited;
    clearTimeout(insist);
  }

  /** Ends it at once. */
  kill(): void {
    this.isStopping = true;
    this.child?.kill('SIGKILL');
  }

  private answerDeath(how: string, livedMs: number): void {
    const outage = this.events.outage();
    if (outage) {
      void outage.then(() => {
        if (!this.isStopping) this.start();
      });
      return;
    }
    const decision = decideRestart(livedMs, this.quickDeaths);
    if (decision.kind === 'give-up') {
      this.events.gaveUp(
        new LaunchProblem(
          `The ${this.name} keeps ending (${how}) and was given up. It last said (${this.log.file}):\n${this.log.tail()}`,
        ),
      );
      return;
    }
    this.quickDeaths = decision.quickDeaths;
    this.events.restarting(this.name, how, decision.delayMs);
    this.restartTimer = setTimeout(() => this.start(), decision.delayMs);
  }
}
