import { startDatabaseServer } from './database-server.js';
import type { DataFolder } from './data-folder.js';
import type { EmbeddedPostgres } from './embedded/embedded-postgres.js';
import type { DatabaseAddresses } from './external-database.js';
import { LaunchProblem } from './launch-problem.js';
import { decideRestart } from './processes/restart-policy.js';

/** What the launcher wants to hear of its database. */
export type DatabaseEvents = { restarting(delayMs: number): void; restarted(): void; gaveUp(problem: Error): void };

/** The embedded server, started again when it ends unasked (somebody killed it, the machine was short of memory). */
export class KeptDatabase {
  private isStopping = false;
  private quickDeaths = 0;
  private outage: { over: Promise<void>; end(): void } | undefined;

  private constructor(
    private readonly folder: DataFolder,
    private server: EmbeddedPostgres,
    readonly addresses: DatabaseAddresses,
    private readonly events: DatabaseEvents,
  ) {
    this.watch();
  }

  static async start(folder: DataFolder, port: number, events: DatabaseEvents): Promise<KeptDatabase> {
    const { server, addresses } = await startDatabaseServer(folder, { port });
    return new KeptDatabase(folder, server, addresses, events);
  }

  get port(): number {
    return this.server.port;
  }

  /** Settles when the server runs again; undefined while it runs. */
  get runsAgain(): Promise<void> | undefined {
    return this.outage?.over;
  }

  /** Ends the server in order; the data folder is then as a power-off would like it. */
  async stop(mode: 'fast' | 'immediate' = 'fast'): Promise<void> {
    this.isStopping = true;
    this.endOutage();
    await this.server.stop(mode);
  }

  private watch(): void {
    const startedAt = performance.now();
    void this.server.exited.then(() => {
      if (this.isStopping) return;
      this.beginOutage();
      void this.restart(performance.now() - startedAt);
    });
  }

  private beginOutage(): void {
    let end = (): void => undefined;
    const over = new Promise<void>((resolve) => {
      end = resolve;
    });
    this.outage = { over, end };
  }

  private endOutage(): void {
    this.outage?.end();
    this.outage = undefined;
  }

  private async restart(livedMs: number): Promise<void> {
    const decision = decideRestart(livedMs, this.quickDeaths);
    if (decision.kind === 'give-up') {
      this.events.gaveUp(
        new LaunchProblem(`The database keeps ending and was given up; see ${this.folder.logs}/postgres.log.`),
      );
      return;
    }
    this.quickDeaths = decision.quickDeaths;
    this.events.restarting(decision.delayMs);
    await new Promise((resolve) => setTimeout(resolve, decision.delayMs));
    if (this.isStopping) return;
    try {
      // On the same port: the processes keep the address they were given.
      const { server } = await startDatabaseServer(this.folder, { port: this.server.port });
      this.server = server;
      if (this.isStopping) {
        await server.stop();
        return;
      }
      this.endOutage();
      this.events.restarted();
      this.watch();
    } catch (error) {
      if (!this.isStopping) this.events.gaveUp(error instanceof Error ? error : new LaunchProblem(String(error)));
    }
  }
}
