import type { Logger } from '@throughline/observability';
import { isTransientDatabaseError } from '@throughline/persistence';
import { failurePauseMs } from './failure-pause.js';
import type { OutageWatch } from './outage-watch.js';
import type { Stage } from './stage.js';

/** What a loop needs of its surroundings. */
export type LoopSurroundings = {
  tenantIds(): Promise<string[]>;
  outage: OutageWatch;
  log: Logger;
  onRun(stage: string, outcome: 'worked' | 'idle' | 'failed', ms: number): void;
};

type Failing = { failures: number; until: number };

/**
 * Runs one stage for all tenants in turn: a tenant with much to do goes to the end of the line after each piece of work.
 * A failing tenant pauses by itself; an unreachable database pauses the loop.
 */
export class StageLoop {
  private readonly waiting = new Set<string>();
  private readonly failing = new Map<string, Failing>();
  /** Tenants whose next turn has a time of its own. */
  private readonly resting = new Map<string, number>();
  private wake: () => void = () => undefined;
  private isStopping = false;
  private nextPollAt = 0;
  private outages = 0;
  private running: Promise<void> | undefined;

  constructor(
    private readonly stage: Stage,
    private readonly surroundings: LoopSurroundings,
  ) {}

  start(): void {
    this.running = this.loop();
  }

  /** There may be work for the tenant. */
  notice(tenantId: string): void {
    this.resting.delete(tenantId);
    this.waiting.add(tenantId);
    this.wake();
  }

  /** Resolves when the piece of work under way, if any, is done. */
  async stop(): Promise<void> {
    this.isStopping = true;
    this.wake();
    await this.running;
  }

  private async loop(): Promise<void> {
    while (!this.isStopping) {
      try {
        const tenantId = await this.nextTenant();
        if (tenantId === undefined) await this.rest(this.msToNextTurn());
        else await this.runOnce(tenantId);
        this.outages = 0;
      } catch (error) {
        if (!isTransientDatabaseError(error))
          this.surroundings.log.error({ stage: this.stage.name, err: error }, 'the stage stumbled');
        this.surroundings.outage.noticeFailure(error);
        this.outages += 1;
        await this.rest(failurePauseMs(this.outages));
      }
    }
  }

  private async nextTenant(): Promise<string | undefined> {
    if (performance.now() >= this.nextPollAt) {
      for (const tenantId of await this.surroundings.tenantIds()) this.waiting.add(tenantId);
      this.surroundings.outage.noticeSuccess();
      this.nextPollAt = performance.now() + this.stage.pollMs;
    }
    const now = performance.now();
    for (const tenantId of this.waiting) {
      if (this.readyAt(tenantId) > now) continue;
      this.waiting.delete(tenantId);
      this.resting.delete(tenantId);
      return tenantId;
    }
    return undefined;
  }

  private readyAt(tenantId: string): number {
    return this.failing.get(tenantId)?.until ?? this.resting.get(tenantId) ?? 0;
  }

  /** Until the next poll or the end of a pause; nothing at all when a notice came meanwhile. */
  private msToNextTurn(): number {
    const next = Math.min(this.nextPollAt, ...[...this.waiting].map((tenantId) => this.readyAt(tenantId)));
    return Math.max(next - performance.now(), 0);
  }

  private async runOnce(tenantId: string): Promise<void> {
    const { onRun, log } = this.surroundings;
    const startedAt = performance.now();
    try {
      const turn = await this.stage.run(tenantId);
      onRun(this.stage.name, turn === false ? 'idle' : 'worked', performance.now() - startedAt);
      // noticed while it ran: at once
      if (typeof turn === 'object' && !this.waiting.has(tenantId))
        this.resting.set(tenantId, performance.now() + turn.againInMs);
      if (turn !== false) this.waiting.add(tenantId);
      if (this.failing.delete(tenantId)) log.info({ stage: this.stage.name, tenantId }, 'the stage works again');
    } catch (error) {
      onRun(this.stage.name, 'failed', performance.now() - startedAt);
      this.waiting.add(tenantId);
      if (isTransientDatabaseError(error)) throw error;
      this.pause(tenantId, error);
    }
  }

  private pause(tenantId: string, error: unknown): void {
    const failures = (this.failing.get(tenantId)?.failures ?? 0) + 1;
    const pauseMs = failurePauseMs(failures);
    this.failing.set(tenantId, { failures, until: performance.now() + pauseMs });
    // The pauses grow, so a stage that keeps failing is told of rarely, but never falls silent.
    this.surroundings.log.error(
      { stage: this.stage.name, tenantId, failures, pauseMs, err: error },
      'the stage failed, it will be tried again',
    );
  }

  private async rest(ms: number): Promise<void> {
    if (this.isStopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = () => undefined;
  }
}
