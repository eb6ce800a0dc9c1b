import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect as connectTcp, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect, type ChannelModel, type GetMessage } from 'amqplib';

/** Where Debian's package has what starts the broker without its service. */
const SERVER = '/usr/lib/rabbitmq/bin/rabbitmq-server';

/** Whether a broker can be started on this machine. */
export const hasRabbitMq = existsSync(SERVER);

/** Seconds on a machine that has nothing else to do. */
const LONGEST_START_MS = 240_000;

/** For hooks and tests that start it. */
export const RABBITMQ_PATIENCE_MS = LONGEST_START_MS + 30_000;

/** A real RabbitMQ in a folder of its own, on free ports of the loopback. Who starts it stops it. */
export class RabbitMq {
  private epmd: ChildProcess | null = null;
  private broker: ChildProcess | null = null;

  private constructor(
    private readonly folder: string,
    readonly port: number,
    private readonly epmdPort: number,
    private readonly distributionPort: number,
  ) {}

  static async start(): Promise<RabbitMq> {
    const [port, epmdPort, distributionPort] = await freePorts(3);
    const folder = mkdtempSync(path.join(tmpdir(), 'throughline-rabbitmq-'));
    const rabbit = new RabbitMq(folder, port!, epmdPort!, distributionPort!);
    writeFileSync(path.join(folder, 'enabled_plugins'), '[].\n');
    writeFileSync(
      path.join(folder, 'rabbitmq.conf'),
      [`listeners.tcp.1 = 127.0.0.1:${port}`, 'disk_free_limit.absolute = 1MB', 'log.console = true', ''].join('\n'),
    );
    try {
      await rabbit.run();
    } catch (error) {
      await rabbit.stop();
      throw error;
    }
    return rabbit;
  }

  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  get url(): string {
    return `amqp://${this.host}`;
  }

  /** Starts it, also once more after it was killed: durable queues are there again. */
  async run(): Promise<void> {
    const environment = {
      ...process.env,
      HOME: this.folder,
      ERL_CRASH_DUMP: path.join(this.folder, 'crash.dump'),
      ERL_EPMD_PORT: String(this.epmdPort),
      ERL_EPMD_ADDRESS: '127.0.0.1',
      RABBITMQ_NODENAME: `throughline-${this.port}@localhost`,
      RABBITMQ_MNESIA_BASE: path.join(this.folder, 'mnesia'),
      RABBITMQ_LOG_BASE: path.join(this.folder, 'log'),
      RABBITMQ_CONFIG_FILE: path.join(this.folder, 'rabbitmq.conf'),
      RABBITMQ_ENABLED_PLUGINS_FILE: path.join(this.folder, 'enabled_plugins'),
      RABBITMQ_CONF_ENV_FILE: path.join(this.folder, 'none.conf'),
      RABBITMQ_DIST_PORT: String(this.distributionPort),
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1} +S 1:1 +sbwt none',
    };
    // one of its own, in the foreground: the broker would leave one behind that nobody ends
    this.epmd ??= spawn('epmd', ['-port', String(this.epmdPort), '-address', '127.0.0.1'], {
      env: environment,
      stdio: 'ignore',
    });
    // a group of its own: the script is not the broker, and both are ended together
    const broker = spawn('/bin/sh', [SERVER], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      cwd: this.folder,
    });
    this.broker = broker;
    process.once('exit', () => endGroup(broker));
    let said = '';
    broker.stdout.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000)));
    broker.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000)));
    const givenUpAt = Date.now() + LONGEST_START_MS;
    while (!(await this.isReady())) {
      if (broker.exitCode !== null || Date.now() > givenUpAt) throw new Error(`RabbitMQ did not start: ${said}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  /** As a crash of its machine would. */
  async kill(): Promise<void> {
    const { broker } = this;
    this.broker = null;
    if (broker === null || broker.exitCode !== null) return;
    const gone = new Promise((resolve) => broker.once('close', resolve));
    endGroup(broker);
    await gone;
  }

  async stop(): Promise<void> {
    await this.kill();
    const { epmd } = this;
    if (epmd !== null && epmd.exitCode === null) {
      const gone = new Promise((resolve) => epmd.once('exit', resolve));
      epmd.kill('SIGKILL');
      await gone;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Does something as the administrator. */
  async as<T>(work: (model: ChannelModel) => Promise<T>): Promise<T> {
    const model = await connect(`${this.url}/?heartbeat=0`);
    model.on('error', () => undefined);
    try {
      return await work(model);
    } finally {
      await model.close().catch(() => undefined);
    }
  }

  declareQueue(name: string, options: { maxLength?: number; overflow?: string } = {}): Promise<void> {
    return this.as(async (model) => {
      const channel = await model.createChannel();
      await channel.assertQueue(name, { durable: true, ...options });
    });
  }

  /** Takes all messages of a queue, the oldest first. */
  take(queue: string): Promise<GetMessage[]> {
    return this.as(async (model) => {
      const channel = await model.createChannel();
      const taken: GetMessage[] = [];
      for (
        let one = await channel.get(queue, { noAck: true });
        one !== false;
        one = await channel.get(queue, { noAck: true })
      )
        taken.push(one);
      return taken;
    });
  }

  private async isReady(): Promise<boolean> {
    try {
      await this.as(() => Promise.resolve());
      return true;
    } catch {
      return false;
    }
  }
}

/** Stands before the broker; what the client says goes through, and what the broker answers too, until `hold` says so. */
export class BrokerLine {
  private readonly server = createServer();
  /** Called with what the client said; true = nothing of what the broker says goes back any more. */
  onSaid: (bytes: Buffer) => boolean = () => false;

  static async before(broker: RabbitMq): Promise<BrokerLine> {
    const line = new BrokerLine();
    line.server.on('connection', (client) => {
      const upstream = connectTcp(broker.port, '127.0.0.1');
      let isHeld = false;
      client.on('data', (bytes) => {
        isHeld ||= line.onSaid(bytes);
        upstream.write(bytes);
      });
      upstream.on('data', (bytes) => isHeld || client.write(bytes));
      for (const [one, other] of [
        [client, upstream],
        [upstream, client],
      ] as const) {
        one.on('error', () => other.destroy());
        one.on('close', () => other.destroy());
      }
    });
    await new Promise<void>((resolve) => line.server.listen(0, '127.0.0.1', resolve));
    return line;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function endGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL');
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  await Promise.all(servers.map((server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
