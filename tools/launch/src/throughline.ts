import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { PORTS, type LaunchOptions, type Ports } from '../options.mjs';
import { openDatabaseFolder, secretsOf } from './database-server.js';
import { type DataFolder, openDataFolder } from './data-folder.js';
import { type DatabaseAddresses, checkExternalDatabase } from './external-database.js';
import { placeOf } from './connection-urls.js';
import { KeptDatabase } from './kept-database.js';
import { type ProcessSettings, migration, processTable, publicUrl } from './process-table.js';
import { ProcessList } from './processes/process-list.js';
import { ProcessLog } from './processes/process-log.js';
import { untilReady } from './processes/readiness.js';
import { runOnce } from './processes/run-once.js';
import { SupervisedProcess } from './processes/supervised-process.js';
import type { Shutdown } from './shutdown.js';
import type { Terminal } from './terminal.js';
import { welcome } from './welcome.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Everything that runs: the database and the processes, started in order and stopped in the order of the table. */
export class Throughline {
  private database: KeptDatabase | undefined;
  private processes: SupervisedProcess[] = [];
  private list: ProcessList | undefined;

  constructor(
    private readonly options: LaunchOptions,
    private readonly environment: Environment,
    private readonly terminal: Terminal,
    private readonly shutdown: Shutdown,
  ) {}

  /** Starts all of it and says so; throws LaunchProblem, or StopRequested when it was stopped meanwhile. */
  async start(): Promise<void> {
    const { options, terminal, shutdown } = this;
    const folder =
      options.databaseUrl === undefined ? openDatabaseFolder(options.dataDir) : openDataFolder(options.dataDir);
    this.list = new ProcessList(folder.processes);
    const ports = await choosePorts(options);
    const addresses = await this.openDatabase(folder);
    shutdown.throwIfRequested();
    const settings: ProcessSettings = {
      options,
      ports,
      database: addresses,
      secretKey: this.environment['THROUGHLINE_SECRET_KEY'] || secretsOf(folder).secretKey,
      environment: this.environment,
    };
    await terminal.step('database migrated', async () => {
      await runOnce(migration(settings), this.logOf(folder, 'migration'), shutdown.signal);
      shutdown.throwIfRequested();
    });
    await this.startProcesses(folder, settings);
    shutdown.throwIfRequested();
    terminal.note(welcome(options, ports, publicUrl(options, ports, this.environment), this.databaseInWords(folder)));
  }

  /** True when there is something to stop. */
  get hasStarted(): boolean {
    return this.database !== undefined || this.processes.length > 0;
  }

  /** Stops all of it: simulator, collector, api, worker, then the database. */
  async stop(): Promise<void> {
    const { database } = this;
    this.shutdown.onHurry(() => {
      this.terminal.note('  at once …');
      for (const process of this.processes) process.kill();
      void database?.stop('immediate');
    });
    for (const process of this.processes.filter(({ hasStarted }) => hasStarted))
      await this.terminal.step(`${process.name} stopped`, () => process.stop());
    if (database) await this.terminal.step('database stopped', () => database.stop());
    this.list?.clear();
  }

  private async openDatabase(folder: DataFolder): Promise<DatabaseAddresses> {
    const { databaseUrl, databaseOwnerUrl, ports } = this.options;
    if (databaseUrl !== undefined) {
      return this.terminal.step(`database ${placeOf(databaseUrl)} reached`, async () => {
        const { isShared, ...addresses } = await checkExternalDatabase(databaseUrl, databaseOwnerUrl);
        if (isShared) {
          this.terminal.note(
            '  DATABASE_OWNER_URL is not set: the user of DATABASE_URL owns the tables, and the processes take on the role throughline_app',
          );
        }
        return addresses;
      });
    }
    this.database = await this.terminal.step('embedded PostgreSQL started', () =>
      KeptDatabase.start(folder, ports.database, {
        restarting: (delayMs) =>
          this.terminal.problem(`  database ended unexpectedly, starting it again in ${delayMs} ms`),
        restarted: () => this.terminal.note('  database runs again'),
        gaveUp: (problem) => this.shutdown.request(problem),
      }),
    );
    return this.database.addresses;
  }

  private async startProcesses(folder: DataFolder, settings: ProcessSettings): Promise<void> {
    const table = processTable(settings);
    this.processes = table.map(
      (description) =>
        new SupervisedProcess(description, this.logOf(folder, description.name), {
          started: (name, pid) => this.list?.note(name, pid),
          restarting: (name, how, delayMs) =>
            this.terminal.problem(`  ${name} ended unexpectedly (${how}), starting it again in ${delayMs} ms`),
          gaveUp: (problem) => this.shutdown.request(problem),
          outage: () => this.database?.runsAgain,
        }),
    );
    // What sends comes after what receives, so that the first signals find a collector.
    const isSender = (name: string): boolean => name === 'simulator';
    for (const wave of [table.filter(({ name }) => !isSender(name)), table.filter(({ name }) => isSender(name))]) {
      this.shutdown.throwIfRequested();
      for (const { name } of wave) this.processes.find((process) => process.name === name)?.start();
      await Promise.all(
        wave.map(({ name, readyUrl }) => this.terminal.step(`${name} ready`, () => this.untilReady(name, readyUrl))),
      );
    }
  }

  private async untilReady(name: string, url: string): Promise<void> {
    await untilReady(name, url, this.shutdown.signal);
    this.shutdown.throwIfRequested();
  }

  private logOf(folder: DataFolder, name: string): ProcessLog {
    return new ProcessLog(path.join(folder.logs, `${name}.log`), (line) => this.terminal.echo(name, line));
  }

  private databaseInWords(folder: DataFolder): string {
    if (this.options.databaseUrl !== undefined) return `${placeOf(this.options.databaseUrl)} (DATABASE_URL)`;
    return `embedded PostgreSQL on 127.0.0.1:${this.database?.port ?? 0}, files in ${folder.cluster}`;
  }
}

/** The ports to use: those asked for, and a free one for each 0. The database remembers its own. */
async function choosePorts(options: LaunchOptions): Promise<Ports> {
  const ports = { ...options.ports };
  for (const { name } of PORTS) {
    if (name !== 'database' && ports[name] === 0) ports[name] = await freePort(options.listenHost);
  }
  return ports;
}

function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, host, () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
