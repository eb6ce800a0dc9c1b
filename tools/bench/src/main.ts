import { parseArgs } from 'node:util';
import { measureEvents } from './events.js';
import { measureBulkActs } from './exceptions/measure-bulk-acts.js';
import { measureExceptions } from './exceptions/measure-exceptions.js';
import { measureFailures } from './exceptions/measure-failures.js';
import { measureFile } from './file.js';
import { measureLatency } from './latency.js';
import { measureLineage } from './lineage/measure-lineage.js';
import { measureMemory } from './memory.js';
import { measureRequeue } from './requeue/measure-requeue.js';
import { measureRequeuePlan } from './requeue/measure-requeue-plan.js';
import { measureSpans } from './spans/measure-spans.js';

const USAGE = `npm run bench -- latency [--samples 300] [--per-second 4] [--api-url URL] [--collector-url URL]
npm run bench -- memory --pid PID_OF_NPM_START [--data-dir DIR]
These two measure a stack that is running in demo mode.
npm run bench -- events [--events-per-second 3000] [--seconds 60] [--data-dir DIR] [--cpu-prof DIR]
npm run bench -- bulk-acts [--open 200000] [--closed 1000000] [--data-dir DIR]
npm run bench -- exceptions [--open 200000] [--closed 1000000] [--data-dir DIR]
npm run bench -- failures [--per-second 20] [--seconds 30] [--storm 100000] [--data-dir DIR]
npm run bench -- file [--megabytes 100] [--runs 3] [--data-dir DIR]
npm run bench -- lineage [--transactions 1000000] [--data-dir DIR]
npm run bench -- requeue [--items 20000] [--per-second 500] [--spans-per-second 5000] [--data-dir DIR] [--cpu-prof DIR]
npm run bench -- requeue-plan [--items 100000] [--data-dir DIR]
npm run bench -- spans [--prefill 20000000] [--seconds 60] [--connections 4] [--spans-per-request 1000] [--data-dir DIR] [--cpu-prof DIR]
These start a stack of their own on a database in DIR, which is kept: filling it takes longer than measuring. Build first (npm run build).`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    samples: { type: 'string', default: '300' },
    'per-second': { type: 'string' },
    items: { type: 'string' },
    'spans-per-second': { type: 'string', default: '5000' },
    'api-url': { type: 'string', default: 'http://127.0.0.1:4000' },
    'collector-url': { type: 'string', default: 'http://127.0.0.1:4318' },
    pid: { type: 'string' },
    'data-dir': { type: 'string' },
    'events-per-second': { type: 'string', default: '3000' },
    megabytes: { type: 'string', default: '100' },
    runs: { type: 'string', default: '3' },
    prefill: { type: 'string', default: '20000000' },
    transactions: { type: 'string', default: '1000000' },
    open: { type: 'string', default: '200000' },
    storm: { type: 'string', default: '100000' },
    closed: { type: 'string', default: '1000000' },
    seconds: { type: 'string', default: '60' },
    connections: { type: 'string', default: '4' },
    'spans-per-request': { type: 'string', default: '1000' },
    'cpu-prof': { type: 'string' },
  },
});

if (positionals[0] === 'latency') {
  await measureLatency(
    {
      apiUrl: values['api-url'],
      collectorUrl: values['collector-url'],
      ingestKey: 'tl_demo_ingest_key',
      email: 'engineer@demo.example',
      password: 'throughline-demo',
    },
    { samples: Number(values.samples), perSecond: Number(values['per-second'] ?? 4) },
  );
} else if (positionals[0] === 'events') {
  await measureEvents({
    dataDir: values['data-dir'],
    perSecond: Number(values['events-per-second']),
    seconds: Number(values.seconds),
    latencyPerSecond: 1_000,
    profile: values['cpu-prof'],
  });
} else if (positionals[0] === 'file') {
  await measureFile({
    megabytes: Number(values.megabytes),
    runs: Number(values.runs),
    dataDir: values['data-dir'],
  });
} else if (positionals[0] === 'memory' && values.pid !== undefined) {
  measureMemory(Number(values.pid), values['data-dir']);
} else if (positionals[0] === 'lineage') {
  await measureLineage({ dataDir: values['data-dir'], transactions: Number(values.transactions) });
} else if (positionals[0] === 'exceptions') {
  await measureExceptions({
    dataDir: values['data-dir'],
    open: Number(values.open),
    closed: Number(values.closed),
  });
} else if (positionals[0] === 'failures') {
  await measureFailures({
    dataDir: values['data-dir'],
    perSecond: Number(values['per-second'] ?? 20),
    seconds: Number(values.seconds),
    storm: Number(values.storm),
  });
} else if (positionals[0] === 'requeue') {
  await measureRequeue({
    dataDir: values['data-dir'],
    items: Number(values.items ?? 20_000),
    perSecond: Number(values['per-second'] ?? 500),
    spansPerSecond: Number(values['spans-per-second']),
    profile: values['cpu-prof'],
  });
} else if (positionals[0] === 'bulk-acts') {
  await measureBulkActs({
    dataDir: values['data-dir'],
    open: Number(values.open),
    closed: Number(values.closed),
  });
} else if (positionals[0] === 'requeue-plan') {
  await measureRequeuePlan({ dataDir: values['data-dir'], items: Number(values.items ?? 100_000) });
} else if (positionals[0] === 'spans') {
  await measureSpans({
    dataDir: values['data-dir'],
    prefill: Number(values.prefill),
    seconds: Number(values.seconds),
    connections: Number(values.connections),
    spansPerRequest: Number(values['spans-per-request']),
    profile: values['cpu-prof'],
  });
} else {
  console.error(USAGE);
  process.exitCode = 2;
}
