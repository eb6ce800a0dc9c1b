import { describe, expect, it } from '@jest/globals';
import { type LaunchOptions, readOptions } from '../options.mjs';
import { type ProcessSettings, migration, processTable, publicUrl, reachableHost } from './process-table.js';
import { welcome } from './welcome.js';

function settingsOf(args: string[] = [], environment: Record<string, string> = {}): ProcessSettings {
  const options = readOptions(args, environment) as LaunchOptions;
  return {
    options,
    ports: options.ports,
    database: { appUrl: 'postgres://app', ownerUrl: 'postgres://owner' },
    secretKey: 'key',
    environment,
  };
}

describe('the processes', () => {
  it('stop in the order simulator, collector, api, worker', () => {
    expect(processTable(settingsOf()).map(({ name }) => name)).toEqual(['simulator', 'collector', 'api', 'worker']);
    expect(processTable(settingsOf(['--no-demo'])).map(({ name }) => name)).toEqual(['collector', 'api', 'worker']);
  });

  it('get only what they need of addresses and secrets', () => {
    const seen = Object.fromEntries(
      processTable(settingsOf([], { DATABASE_OWNER_URL: 'postgres://o@h/d', DATABASE_URL: 'postgres://u@h/d' })).map(
        ({ name, environment }) => [
          name,
          [environment.DATABASE_URL, environment.DATABASE_OWNER_URL, environment.THROUGHLINE_SECRET_KEY],
        ],
      ),
    );
    expect(seen).toEqual({
      simulator: ['', undefined, ''],
      collector: ['postgres://app', undefined, 'key'],
      api: ['postgres://app', undefined, 'key'],
      worker: ['postgres://app', 'postgres://owner', 'key'],
    });
  });

  it('know each other, and may call the simulated systems in demo mode only', () => {
    const [simulator, , api] = processTable(
      settingsOf(['--api-port', '5000', '--simulator-port', '5400'], { OUTBOUND_ALLOWED_HOSTS: 'erp:1' }),
    );
    expect(simulator?.environment).toMatchObject({
      COLLECTOR_HTTP_URL: 'http://127.0.0.1:4318',
      PUBLIC_URL: 'http://localhost:5000',
    });
    expect(api?.environment).toMatchObject({
      OUTBOUND_ALLOWED_HOSTS: 'erp:1,127.0.0.1:5400',
      SIMULATOR_URL: 'http://127.0.0.1:5400',
      THROUGHLINE_DEMO: '1',
      API_PORT: '5000',
    });
    expect(api?.readyUrl).toBe('http://127.0.0.1:5000/readyz');
    expect(processTable(settingsOf(['--no-demo']))[1]?.environment).toMatchObject({
      OUTBOUND_ALLOWED_HOSTS: '',
      THROUGHLINE_DEMO: '0',
    });
  });

  it('are migrated for first, as the owner, with the demo when wanted', () => {
    expect(migration(settingsOf()).args.at(-1)).toBe('--demo');
    expect(migration(settingsOf(['--no-demo'])).args.at(-1)).toMatch(/migrate\.js$/);
    expect(migration(settingsOf()).environment).toMatchObject({
      DATABASE_URL: 'postgres://app',
      DATABASE_OWNER_URL: 'postgres://owner',
    });
  });
});

describe('addresses for people', () => {
  it('are those of this machine unless one is set', () => {
    const { options, ports } = settingsOf();
    expect(publicUrl(options, ports, {})).toBe('http://localhost:4000');
    expect(publicUrl(options, ports, { PUBLIC_URL: 'https://tl.example/' })).toBe('https://tl.example');
    expect(publicUrl({ ...options, listenHost: '0.0.0.0' }, ports, {})).toBe('http://127.0.0.1:4000');
    expect(reachableHost('::1')).toBe('[::1]');
  });

  it('are shown with the way in: the demo people, or how to make the first administrator', () => {
    const demo = settingsOf();
    const shown = welcome(demo.options, demo.ports, 'http://localhost:4000', 'embedded');
    for (const text of [
      'http://localhost:4000',
      'analyst@demo.example',
      'admin@demo.example',
      'throughline-demo',
      'tl_demo_ingest_key',
      ':4400',
    ]) {
      expect(shown).toContain(text);
    }
    const plain = settingsOf(['--no-demo']);
    const bare = welcome(plain.options, plain.ports, 'http://localhost:4000', 'embedded');
    expect(bare).toContain('create-administrator');
    expect(bare).not.toContain('demo.example');
    expect(bare).not.toContain('tl_demo_ingest_key');
  });
});
