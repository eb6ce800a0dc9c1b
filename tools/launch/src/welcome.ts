import type { LaunchOptions, Ports } from '../options.mjs';
import { reachableHost } from './process-table.js';

const DEMO_PEOPLE = ['analyst', 'analyst2', 'approver', 'controller', 'treasurer', 'engineer', 'auditor', 'admin'];
const DEMO_PASSWORD = 'throughline-demo';
const DEMO_INGEST_KEY = 'tl_demo_ingest_key';

/** What is shown when everything runs: addresses, and how to get in. */
export function welcome(options: LaunchOptions, ports: Ports, consoleUrl: string, database: string): string {
  const host = reachableHost(options.listenHost);
  const lines = [
    '',
    'Throughline is running.',
    '',
    `  Console          ${consoleUrl}            (served by the API)`,
    `  GraphQL          ${consoleUrl}/graphql`,
    `  OTLP, CloudEvents http://${host}:${ports.collectorHttp}   OTLP/gRPC http://${host}:${ports.collectorGrpc}`,
    ...(options.demo
      ? [
          `  Simulated estate http://${host}:${ports.simulator}      /erp mends master data, /chat shows what alerts arrived`,
        ]
      : []),
    `  Database         ${database}`,
    `  Data and logs    ${options.dataDir}`,
    '',
    ...(options.demo ? demoLines() : administratorLines(options)),
    '',
    'Ctrl-C stops everything; the data stays.',
  ];
  return lines.map((line) => line.trimEnd()).join('\n');
}

function demoLines(): string[] {
  return [
    `  Sign in as       ${DEMO_PEOPLE.map((name) => `${name}@demo.example`)
      .slice(0, 4)
      .join('  ')}`,
    `                   ${DEMO_PEOPLE.map((name) => `${name}@demo.example`)
      .slice(4)
      .join('  ')}`,
    `  Password         ${DEMO_PASSWORD}`,
    `  Ingest key       ${DEMO_INGEST_KEY}   (Authorization: Bearer …)`,
  ];
}

function administratorLines(options: LaunchOptions): string[] {
  return [
    '  Without the demo there is nobody but those you make. First administrator and ingest key, in another terminal:',
    `    eval "$(node tools/launch/dist/database.js environment --data-dir '${options.dataDir}')"`,
    '    node apps/api/dist/admin.js create-administrator --email you@example.com',
    '    node apps/api/dist/admin.js create-ingest-key --name first',
  ];
}
