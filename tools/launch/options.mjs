// What `npm start` is asked to do: flags first, then variables, then defaults.
import path from 'node:path';
import { workspaceRoot } from './ensure-installed.mjs';

/** A flag or variable that cannot be meant; the message says which and what to do. */
export class UnusableOption extends Error {}

/** Every port: its name in the options, flag, variable, default and what listens there. */
export const PORTS = [
  { name: 'api', flag: '--api-port', variable: 'API_PORT', fallback: 4000, purpose: 'API and console' },
  {
    name: 'collectorHttp',
    flag: '--collector-http-port',
    variable: 'COLLECTOR_HTTP_PORT',
    fallback: 4318,
    purpose: 'collector, HTTP',
  },
  {
    name: 'collectorGrpc',
    flag: '--collector-grpc-port',
    variable: 'COLLECTOR_GRPC_PORT',
    fallback: 4317,
    purpose: 'collector, gRPC',
  },
  {
    name: 'worker',
    flag: '--worker-port',
    variable: 'WORKER_PORT',
    fallback: 4001,
    purpose: 'health and metrics of the worker',
  },
  {
    name: 'simulator',
    flag: '--simulator-port',
    variable: 'SIMULATOR_PORT',
    fallback: 4400,
    purpose: 'simulated systems of the demo',
  },
  { name: 'database', flag: '--database-port', variable: 'DATABASE_PORT', fallback: 0, purpose: 'embedded PostgreSQL' },
];

const SWITCHES = {
  '--no-demo': 'noDemo',
  '--reset': 'reset',
  '--yes': 'yes',
  '--verbose': 'verbose',
  '--help': 'help',
  '-h': 'help',
};

const portLines = PORTS.map(({ flag, variable, fallback, purpose }) => {
  const usual = fallback === 0 ? 'a free one, remembered' : String(fallback);
  return `  ${`${flag} N`.padEnd(26)}${purpose} (${variable}, default ${usual})`;
});

export const helpText = `Usage: npm start -- [options]

Starts Throughline: database, collector, API with console, worker, and in demo mode the simulated systems.

  --no-demo                 without demo people, ingest key and simulated systems
  --reset                   delete the embedded database and start empty; asks first
  --yes                     do not ask
  --data-dir DIR            where everything is kept (THROUGHLINE_DATA_DIR, default .throughline)
${portLines.join('\n')}
  --verbose                 show the log lines of every process
  --help                    this text

DATABASE_URL set: that PostgreSQL (15 or newer) is used and none is started; DATABASE_OWNER_URL names its owner.`;

function portOf(text, source) {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
    throw new UnusableOption(`${source} must be a port number from 0 to 65535, got ${JSON.stringify(text)}.`);
  }
  return Number(text);
}

function readFlags(args) {
  const flags = {};
  const valued = new Set(['--data-dir', ...PORTS.map(({ flag }) => flag)]);
  for (let at = 0; at < args.length; at += 1) {
    const [flag, inline] = args[at].startsWith('--') ? splitOnce(args[at]) : [args[at]];
    if (Object.hasOwn(SWITCHES, flag)) {
      if (inline !== undefined) throw new UnusableOption(`${flag} takes no value.`);
      flags[SWITCHES[flag]] = true;
    } else if (valued.has(flag)) {
      const value = inline ?? args[(at += 1)];
      if (value === undefined || value === '' || (inline === undefined && value.startsWith('--'))) {
        throw new UnusableOption(
          `${flag} needs a value, for example ${flag} ${flag === '--data-dir' ? 'DIR' : '4100'}.`,
        );
      }
      flags[flag] = value;
    } else {
      throw new UnusableOption(`Unknown option ${args[at]}. "npm start -- --help" lists the options.`);
    }
  }
  return flags;
}

function splitOnce(text) {
  const at = text.indexOf('=');
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function readPorts(flags, environment, isUsed) {
  const ports = {};
  const owners = new Map();
  for (const { name, flag, variable, fallback } of PORTS) {
    const text = flags[flag] ?? environment[variable];
    const port =
      text === undefined || text === '' ? fallback : portOf(text, flags[flag] === undefined ? variable : flag);
    ports[name] = port;
    if (port === 0 || !isUsed(name)) continue;
    const other = owners.get(port);
    if (other) throw new UnusableOption(`${other.flag} and ${flag} are both ${port}: give one of them another port.`);
    owners.set(port, { flag });
  }
  return ports;
}

export function readOptions(args, environment) {
  const flags = readFlags(args);
  const demo = flags.noDemo !== true;
  const set = (name) => (environment[name] === '' ? undefined : environment[name]);
  if (flags.help) return { help: true };
  if (demo && environment.NODE_ENV === 'production') {
    throw new UnusableOption(
      'The demo has known passwords and is refused when NODE_ENV is production: start with "npm start -- --no-demo".',
    );
  }
  const databaseUrl = set('DATABASE_URL');
  if (databaseUrl === undefined && set('DATABASE_OWNER_URL') !== undefined) {
    throw new UnusableOption(
      'DATABASE_OWNER_URL is set without DATABASE_URL: set both for a database of your own, or neither for the embedded one.',
    );
  }
  for (const variable of ['DATABASE_URL', 'DATABASE_OWNER_URL']) {
    const value = set(variable);
    if (value !== undefined && !(/^postgres(ql)?:\/\/./.test(value) && URL.canParse(value))) {
      throw new UnusableOption(`${variable} must be an address such as postgres://user:password@host:5432/database.`);
    }
  }
  if (flags.reset && databaseUrl !== undefined) {
    throw new UnusableOption(
      '--reset deletes the embedded database; DATABASE_URL is set, and a database of your own is yours to empty.',
    );
  }
  const ports = readPorts(flags, environment, (name) =>
    name === 'simulator' ? demo : name !== 'database' || databaseUrl === undefined,
  );
  const folder = flags['--data-dir'] ?? set('THROUGHLINE_DATA_DIR');
  return {
    help: false,
    demo,
    reset: flags.reset === true,
    yes: flags.yes === true,
    verbose: flags.verbose === true,
    dataDir:
      folder === undefined
        ? path.join(workspaceRoot, '.throughline')
        : path.resolve(environment.INIT_CWD ?? process.cwd(), folder),
    listenHost: set('LISTEN_HOST') ?? '127.0.0.1',
    ports,
    databaseUrl,
    databaseOwnerUrl: set('DATABASE_OWNER_URL'),
  };
}
