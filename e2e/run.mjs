// End-to-end tests: the whole product, started the way people start it, in a real browser. Closes with one counting line.
import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';
import { findChromium } from './browser/chromium.mjs';
import { freePorts } from './stack/free-ports.mjs';
import { startStack } from './stack/start-stack.mjs';
import { artifactsFolder } from './stack/the-stack.mjs';

// every screen in each width and colour, on a machine that does other things as well
const SPEC_WITHIN_MS = 600_000;
// above what each wait within it has, so that a wait in vain is told by its own words
const LONG_SPEC_WITHIN_MS = 3_600_000;
/** What is sent again waits so long for an answer where processes are killed: a target that hangs is met often. */
const LONG_OUTBOUND_TIMEOUT_MS = 1_500;

const isLong = process.argv.includes('--long');
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));

if (findChromium() === null) {
  const named = process.env.CHROMIUM_PATH;
  console.error(
    named
      ? `CHROMIUM_PATH names ${named}, which is not there: correct it, or install Chromium ("apt-get install chromium" as root).`
      : 'Chromium is missing: run "apt-get install chromium" as root, or name a browser in CHROMIUM_PATH.',
  );
  process.exit(1);
}

const folder = fileURLToPath(new URL(isLong ? 'long' : 'specs', import.meta.url));
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.spec.mjs') && (wanted.length === 0 || wanted.some((part) => name.includes(part))))
  .sort()
  .map((name) => join(folder, name));
if (files.length === 0) {
  console.error(`No spec in ${folder} has a name with ${wanted.join(' or ')}.`);
  process.exit(1);
}

await rm(artifactsFolder, { recursive: true, force: true });
let stack;
let isInterrupted = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    isInterrupted = true;
    void (stack?.stop() ?? Promise.resolve()).finally(() => process.exit(130));
  });
}
try {
  const startedAt = Date.now();
  stack = isLong ? await startForKills() : await startStack({ name: 'stack' });
  console.log(`The stack runs at ${stack.consoleUrl} after ${String(Math.round((Date.now() - startedAt) / 1_000))} s`);
} catch (error) {
  console.error(`${error.message}${error.cause ? `: ${error.cause.message}` : ''}`);
  process.exit(1);
}

const { stop, ...addresses } = stack;
process.env.THROUGHLINE_E2E_STACK = JSON.stringify(addresses);
const counts = { passed: 0, failed: 0, skipped: 0 };
const notable = [];
const tests = run({ files, concurrency: 1, timeout: isLong ? LONG_SPEC_WITHIN_MS : SPEC_WITHIN_MS });
// a story counts by its steps; the story itself only when it has none or ended outside of them
const isStep = (event) => event.nesting > 0;
tests.on('test:pass', (event) => {
  if (event.skip !== undefined || event.todo !== undefined) {
    counts.skipped += 1;
    notable.push(`skipped: ${event.name}`);
  } else if (isStep(event)) counts.passed += 1;
});
tests.on('test:fail', (event) => {
  if (!isStep(event) && isToldByItsSteps(event.details?.error)) return;
  counts.failed += 1;
  notable.push(`failed: ${event.name}`);
});
function isToldByItsSteps(error) {
  return error?.failureType === 'subtestsFailed' || /^The story ended at/.test(error?.cause?.message ?? '');
}
tests.compose(spec).pipe(process.stdout);
await new Promise((resolve) => tests.once('end', resolve));

/** The stack of the long stories: it may send to a port on which one of them has a target. */
async function startForKills() {
  const [requeueTargetPort] = await freePorts(1);
  const environment = {
    OUTBOUND_ALLOWED_HOSTS: `127.0.0.1:${String(requeueTargetPort)}`,
    OUTBOUND_TIMEOUT_MS: String(LONG_OUTBOUND_TIMEOUT_MS),
  };
  const started = await startStack({ name: 'stack', environment });
  return { ...started, requeueTargetPort, outboundTimeoutMs: LONG_OUTBOUND_TIMEOUT_MS };
}

if (!isInterrupted) {
  const end = await stop();
  if (end !== 0) {
    counts.failed += 1;
    notable.push(`failed: the stack stops cleanly when told to (it ended with ${String(end)})`);
  }
  for (const line of notable) console.log(line);
  console.log(`${String(counts.passed)} passed, ${String(counts.failed)} failed, ${String(counts.skipped)} skipped`);
  process.exit(counts.failed > 0 || counts.passed === 0 ? 1 : 0);
}
