import { describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { workspaceRoot } from '../ensure-installed.mjs';
import { type LaunchOptions, PORTS, helpText, readOptions } from '../options.mjs';

function optionsOf(args: string[], environment: Record<string, string> = {}): LaunchOptions {
  const options = readOptions(args, environment);
  if (options.help) throw new Error('asked for help');
  return options;
}

describe('what npm start is asked to do', () => {
  it('is the demo on the usual ports in the usual folder when nothing is said', () => {
    expect(optionsOf([])).toEqual({
      help: false,
      demo: true,
      reset: false,
      yes: false,
      verbose: false,
      dataDir: path.join(workspaceRoot, '.throughline'),
      listenHost: '127.0.0.1',
      ports: { api: 4000, collectorHttp: 4318, collectorGrpc: 4317, worker: 4001, simulator: 4400, database: 0 },
      databaseUrl: undefined,
      databaseOwnerUrl: undefined,
    });
  });

  it('takes flags in both forms, before variables', () => {
    const options = optionsOf(['--no-demo', '--api-port', '5000', '--worker-port=5001', '--verbose', '--data-dir=/d'], {
      API_PORT: '6000',
      COLLECTOR_HTTP_PORT: '6318',
      COLLECTOR_GRPC_PORT: '',
      THROUGHLINE_DATA_DIR: '/other',
      LISTEN_HOST: '0.0.0.0',
    });
    expect(options).toMatchObject({ demo: false, verbose: true, dataDir: '/d', listenHost: '0.0.0.0' });
    expect(options.ports).toMatchObject({ api: 5000, worker: 5001, collectorHttp: 6318, collectorGrpc: 4317 });
  });

  it('resolves a folder from where the person is, not from where npm went', () => {
    expect(optionsOf(['--data-dir', 'mine'], { INIT_CWD: '/home/me' }).dataDir).toBe('/home/me/mine');
    expect(optionsOf([], { INIT_CWD: '/home/me', THROUGHLINE_DATA_DIR: 'theirs' }).dataDir).toBe('/home/me/theirs');
  });

  it.each<[string[], Record<string, string>, string]>([
    [['--bogus'], {}, 'Unknown option --bogus.'],
    [['start'], {}, 'Unknown option start.'],
    [['--no-demo=1'], {}, '--no-demo takes no value.'],
    [['--api-port'], {}, '--api-port needs a value'],
    [['--api-port', '--reset'], {}, '--api-port needs a value'],
    [['--data-dir='], {}, '--data-dir needs a value'],
    [['--api-port', '70000'], {}, '--api-port must be a port number from 0 to 65535, got "70000".'],
    [[], { API_PORT: 'http' }, 'API_PORT must be a port number from 0 to 65535, got "http".'],
    [['--api-port', '4318'], {}, '--api-port and --collector-http-port are both 4318'],
    [[], { NODE_ENV: 'production' }, 'refused when NODE_ENV is production'],
    [[], { DATABASE_URL: 'mysql://h/d' }, 'DATABASE_URL must be an address such as postgres://'],
    [[], { DATABASE_OWNER_URL: 'postgres://o@h/d' }, 'DATABASE_OWNER_URL is set without DATABASE_URL'],
    [['--reset'], { DATABASE_URL: 'postgres://u@h/d' }, '--reset deletes the embedded database; DATABASE_URL is set'],
  ])('refuses %j %j in words', (args, environment, message) => {
    expect(() => readOptions(args, environment)).toThrow(message);
  });

  it('minds only ports that are used', () => {
    expect(optionsOf(['--no-demo', '--api-port', '4400']).ports.api).toBe(4400);
    expect(optionsOf(['--no-demo'], { NODE_ENV: 'production' }).demo).toBe(false);
  });

  it('helps with every flag', () => {
    expect(readOptions(['--help', '--api-port', '1'], {})).toEqual({ help: true });
    for (const { flag, variable } of PORTS) {
      expect(helpText).toContain(flag);
      expect(helpText).toContain(variable);
    }
  });
});
