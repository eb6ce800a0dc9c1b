// Shape of the source: no import cycle across modules or in a library, file length budgets, at most ten root scripts.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { workspaceRoot } from '../launch/ensure-installed.mjs';

const MOST_LINES = 400;
const MOST_LINES_P90 = 250;
const problems = [];

function* sources(folder) {
  for (const name of readdirSync(folder)) {
    if (['node_modules', 'dist', 'fixtures', 'generated', 'gql', 'artifacts', '.nx'].includes(name)) continue;
    const file = path.join(folder, name);
    if (statSync(file).isDirectory()) yield* sources(file);
    else if (/\.tsx?$/.test(name) && !name.endsWith('.d.ts')) yield file;
  }
}

const files = ['apps', 'libs', 'tools', 'e2e'].flatMap((folder) => [...sources(path.join(workspaceRoot, folder))]);
const isTest = (file) => /\.spec\.tsx?$|\/testing\//.test(file);
const relative = (file) => path.relative(workspaceRoot, file);
const production = files.filter((file) => !isTest(file));
const texts = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));

const lengths = production.map((file) => texts.get(file).split('\n').length).sort((a, b) => a - b);
const p90 = lengths[Math.floor(lengths.length * 0.9)] ?? 0;
if (p90 > MOST_LINES_P90) problems.push(`90th percentile of file lengths is ${p90} lines (budget ${MOST_LINES_P90})`);
for (const file of production) {
  const lines = texts.get(file).split('\n').length;
  if (lines > MOST_LINES) problems.push(`${relative(file)} has ${lines} lines (budget ${MOST_LINES})`);
}

// docs/adr/0013: such a condition reads every row of the tenant instead of an index
const LEAKS = /\b\w+\.\w*_id\s*=\s*\(?(?:coalesce|decode|split_part|nullif|lower|greatest|least)\s*\(/g;
for (const file of production.filter((name) => relative(name).startsWith('apps'))) {
  for (const [condition] of texts.get(file).matchAll(LEAKS)) {
    problems.push(`${relative(file)}: compute before, row-level security keeps it from indexes: ${condition}…`);
  }
}

/** Runtime imports only: a type-only import leaves no trace in the emitted code. */
function importsOf(file) {
  const found = [];
  for (const match of texts.get(file).matchAll(/^(?:import|export)\s+(?!type\s)(?:[^'";]*?\sfrom\s+)?'(\.[^']+)'/gms)) {
    const target = path.resolve(path.dirname(file), match[1]).replace(/\.jsx?$/, '');
    const hit = [`${target}.ts`, `${target}.tsx`, path.join(target, 'index.ts')].find((candidate) =>
      texts.has(candidate),
    );
    if (hit) found.push(hit);
  }
  return found;
}

// Tarjan's strongly connected components over the production files.
const order = new Map();
const low = new Map();
const stack = [];
const onStack = new Set();
function visit(file) {
  order.set(file, order.size);
  low.set(file, order.get(file));
  stack.push(file);
  onStack.add(file);
  for (const next of importsOf(file)) {
    if (isTest(next)) continue;
    if (!order.has(next)) {
      visit(next);
      low.set(file, Math.min(low.get(file), low.get(next)));
    } else if (onStack.has(next)) low.set(file, Math.min(low.get(file), order.get(next)));
  }
  if (low.get(file) !== order.get(file)) return;
  const component = [];
  let member;
  do {
    member = stack.pop();
    onStack.delete(member);
    component.push(member);
  } while (member !== file);
  if (component.length > 1) problems.push(`import cycle: ${component.map(relative).sort().join(' ↔ ')}`);
}
for (const file of production) if (!order.has(file)) visit(file);

const scripts = Object.keys(JSON.parse(readFileSync(path.join(workspaceRoot, 'package.json'), 'utf8')).scripts);
if (scripts.length > 10) problems.push(`${scripts.length} root scripts (at most 10)`);

for (const problem of problems) console.error(problem);
console.log(
  `${production.length} source files, 90th percentile ${p90} lines, longest ${lengths.at(-1) ?? 0}, ${problems.length} problems`,
);
process.exit(problems.length > 0 ? 1 : 0);
