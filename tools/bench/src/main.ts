import { parseArgs } from 'node:util';
import { measureLatency } from './latency.js';
import { measureMemory } from './memory.js';

const USAGE = `npm run bench -- latency [--samples 300] [--per-second 4] [--api-url URL] [--collector-url URL]
npm run bench -- memory --pid PID_OF_NPM_START [--data-dir DIR]
Both measure a stack that is running in demo mode.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    samples: { type: 'string', default: '300' },
    'per-second': { type: 'string', default: '4' },
    'api-url': { type: 'string', default: 'http://127.0.0.1:4000' },
    'collector-url': { type: 'string', default: 'http://127.0.0.1:4318' },
    pid: { type: 'string' },
    'data-dir': { type: 'string' },
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
    { samples: Number(values.samples), perSecond: Number(values['per-second']) },
  );
} else if (positionals[0] === 'memory' && values.pid !== undefined) {
  measureMemory(Number(values.pid), values['data-dir']);
} else {
  console.error(USAGE);
  process.exitCode = 2;
}
