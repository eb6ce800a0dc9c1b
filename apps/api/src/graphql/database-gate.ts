import { Database } from '@throughline/persistence';
import { CodedError } from './coded-error.js';

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5_000;

/** Opens the database; injected so that tests hand in one that is open or one that is away. */
export type OpenDatabase = () => Promise<Database>;

/**
 * The way to the database for a process that must start, and answer 503, while the database is away. Opening is tried
 * again until it succeeds; from then on the pool and the listener reconnect by themselves.
 */
export class DatabaseGate {
  private database: Database | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isClosed = false;
  private problem = 'the database was not reached yet';
  private readonly waiting: ((database: Database) => void)[] = [];

  constructor(private readonly openDatabase: OpenDatabase) {}

  /** A gate that is open already. */
  static of(database: Database): DatabaseGate {
    const gate = new DatabaseGate(() => Promise.resolve(database));
    gate.database = database;
    return gate;
  }

  /** Tries once now and goes on trying in the background; answers whether the database is there. */
  async start(): Promise<boolean> {
    await this.attempt(FIRST_RETRY_MS);
    return this.database !== undefined;
  }

  /** The database, or UNAVAILABLE. */
  get(): Database {
    if (this.database === undefined) {
      throw new CodedError('UNAVAILABLE', 'The database is away; try again shortly');
    }
    return this.database;
  }

  /** Calls back once, as soon as the database is open. */
  whenOpen(callback: (database: Database) => void): void {
    if (this.database === undefined) {
      this.waiting.push(callback);
    } else {
      callback(this.database);
    }
  }

  /** As Database.readiness, also before it was opened. */
  async readiness(): Promise<{ isReady: boolean; problems: string[] }> {
    return this.database === undefined ? { isReady: false, problems: [this.problem] } : this.database.readiness();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    await this.database?.close();
  }

  private async attempt(retryMs: number): Promise<void> {
    try {
      const database = await this.openDatabase();
      if (this.isClosed) {
        await database.close();
        return;
      }
      this.database = database;
      for (const callback of this.waiting.splice(0)) {
        callback(database);
      }
    } catch (error) {
      this.problem = error instanceof Error ? error.message : 'the database does not answer';
      if (!this.isClosed) {
        this.timer = setTimeout(() => void this.attempt(Math.min(retryMs * 2, LONGEST_RETRY_MS)), retryMs);
      }
    }
  }
}
