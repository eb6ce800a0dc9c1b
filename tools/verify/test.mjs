// `npm test`: installs what is missing, then every check of the project, one after the other, and one plain closing line.
import { existsSync } from 'node:fs';
import { ensureInstalled, refuseOldNode } from '../launch/ensure-installed.mjs';
import { findChromium, installChromium } from './chromium.mjs';
import { ensureRabbitMq } from './rabbitmq.mjs';
import { Tally } from './tally.mjs';
import { run, runJest, runCounted } from './run-step.mjs';

const DEBIAN_15 = '/usr/lib/postgresql/15/bin';
/** Tests of what another version may answer otherwise: every migration, and the statements of the main lists and acts. */
const ON_DEBIAN_15 = [
  'libs/persistence/',
  'collector/src/intake/store',
  'api/src/outbox/',
  'modules/signals/signals-api',
  'modules/requeue/(request-requeue|requeue-run\\.)',
  'modules/exceptions/(inbox|queues|bulk/bulk-acts|groups/groups)',
  'modules/lineage/(search|transaction-list|walk-lineage)',
  'modules/lineage/pipeline/pipeline',
].join('|');

refuseOldNode();
const isLong = process.argv.includes('--long');
const only = process.argv
  .filter((argument) => argument.startsWith('--only='))
  .flatMap((argument) => argument.slice(7).split(','));
const unknown = process.argv.slice(2).filter((argument) => argument !== '--long' && !argument.startsWith('--only='));
if (unknown.length > 0) {
  console.error(
    `Unknown option ${unknown.join(' ')}. Known: --long, --only=types,lint,format,structure,docs,packaging,unit,console,scenario,integration,schema,e2e`,
  );
  process.exit(2);
}
ensureInstalled();
process.env.NX_DAEMON = 'false';
process.env.FORCE_COLOR ??= '0';

const tally = new Tally();
const wanted = (name) => only.length === 0 || only.includes(name);
const nxCommand = (target) => [
  process.execPath,
  'node_modules/nx/dist/bin/nx.js',
  'run-many',
  '-t',
  target,
  '--output-style=static',
];

const isBuilt = await run(tally, 'types', nxCommand('build'));
if (isLong) {
  if (isBuilt && wanted('long')) await runJest(tally, 'long');
  if (isBuilt && wanted('e2e'))
    await runCounted(tally, 'kills', [process.execPath, 'e2e/run.mjs', '--long'], chromium());
} else {
  if (wanted('lint')) await run(tally, 'lint', nxCommand('lint'));
  if (wanted('format'))
    await run(tally, 'format', [
      process.execPath,
      'node_modules/prettier/bin/prettier.cjs',
      '--check',
      '--log-level=warn',
      '.',
    ]);
  if (wanted('structure')) await run(tally, 'structure', [process.execPath, 'tools/verify/check-structure.mjs']);
  if (wanted('docs')) await run(tally, 'docs', [process.execPath, 'tools/verify/check-docs.mjs']);
  if (wanted('packaging')) await run(tally, 'packaging', [process.execPath, 'tools/verify/check-packaging.mjs']);
  if (isBuilt && wanted('schema'))
    await run(tally, 'schema', [process.execPath, 'tools/verify/generate.mjs', '--check']);
  if (isBuilt && (wanted('unit') || wanted('integration'))) {
    // only now: before there was something installed, there was nothing to bundle with
    const { bundleSpecs } = await import('./bundle-specs.mjs');
    await bundleSpecs();
  }
  if (isBuilt && wanted('unit')) await runJest(tally, 'unit-bundled', { name: 'unit' });
  for (const project of ['console', 'scenario']) if (wanted(project)) await runJest(tally, project);
  if (isBuilt && wanted('integration')) {
    ensureRabbitMq();
    await runJest(tally, 'integration-bundled', { name: 'integration' });
    const name = "integration on Debian's PostgreSQL 15";
    if (existsSync(DEBIAN_15))
      await runJest(tally, 'integration-bundled', {
        name,
        env: { TEST_POSTGRES_BINARIES: DEBIAN_15 },
        paths: ON_DEBIAN_15,
      });
    else tally.add({ skips: [`${name}: not found in ${DEBIAN_15}`] });
  }
  if (isBuilt && wanted('e2e')) await runCounted(tally, 'e2e', [process.execPath, 'e2e/run.mjs'], chromium());
}
process.exit(tally.close());

/** Environment with the browser for the end-to-end tests; installs Debian's where that may be done. */
function chromium() {
  const found = findChromium() ?? installChromium();
  return found === null
    ? { missing: 'Chromium is missing: run "apt-get install chromium" as root, or name one in CHROMIUM_PATH.' }
    : { CHROMIUM_PATH: found };
}
