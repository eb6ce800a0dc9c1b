import { describe, expect, it } from '@jest/globals';
import { parseConfig } from './config.js';

const DATABASE_URL = 'postgres://app:hidden@db.example/throughline';

describe('configuration', () => {
  it('has defaults, and an empty variable counts as not set', () => {
    const expected = {
      databaseUrl: DATABASE_URL,
      listenHost: '127.0.0.1',
      httpPort: 4318,
      grpcPort: 4317,
      logLevel: 'info',
      maxRequestBytes: 67_108_864,
      maxWebhookBytes: 16_777_216,
      maxInFlightBytes: 100_663_296,
      itemsPerSecond: null,
      maxFileBytes: 1_073_741_824,
      watchedFolder: null,
    };
    expect(parseConfig({ DATABASE_URL })).toMatchObject(expected);
    expect(parseConfig({ DATABASE_URL, LISTEN_HOST: '', COLLECTOR_HTTP_PORT: '' })).toMatchObject(expected);
  });

  it('names the watched folder with its key', () => {
    const { watchedFolder } = parseConfig({
      DATABASE_URL,
      COLLECTOR_WATCHED_FOLDER: '/var/in',
      COLLECTOR_WATCHED_FOLDER_KEY: 'tl_key',
    });
    expect(watchedFolder).toEqual({ path: '/var/in', key: 'tl_key', pollMs: 2_000 });
  });

  it.each<[Record<string, string>, RegExp]>([
    [{}, /DATABASE_URL/],
    [{ DATABASE_URL: 'mysql://app:hidden@db/x' }, /DATABASE_URL: must be a postgres/],
    [{ DATABASE_URL, COLLECTOR_GRPC_PORT: '70000' }, /COLLECTOR_GRPC_PORT/],
    [{ DATABASE_URL, LOG_LEVEL: 'loud' }, /LOG_LEVEL/],
    [
      { DATABASE_URL, COLLECTOR_MAX_REQUEST_MIB: '0', COLLECTOR_MAX_IN_FLIGHT_MIB: 'x' },
      /COLLECTOR_MAX_REQUEST_MIB.*COLLECTOR_MAX_IN_FLIGHT_MIB/,
    ],
    [{ DATABASE_URL, COLLECTOR_ITEMS_PER_SECOND: '0' }, /COLLECTOR_ITEMS_PER_SECOND/],
    [{ DATABASE_URL, COLLECTOR_MAX_FILE_MIB: '0' }, /COLLECTOR_MAX_FILE_MIB/],
    [{ DATABASE_URL, COLLECTOR_WATCHED_FOLDER: '/in' }, /COLLECTOR_WATCHED_FOLDER_KEY: must be an ingest key/],
  ])('names what is wrong, never the value: %j', (environment, complaint) => {
    expect(() => parseConfig(environment)).toThrow(complaint);
    expect(() => parseConfig(environment)).toThrow(/^(?!.*(hidden|loud|70000))/);
  });
});
