// What the documents name must exist: every linked or quoted path, every npm script, every environment variable of the README.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { workspaceRoot } from '../launch/ensure-installed.mjs';

const problems = [];
const scripts = JSON.parse(readFileSync(path.join(workspaceRoot, 'package.json'), 'utf8')).scripts;

function* documents(folder) {
  for (const name of readdirSync(folder)) {
    if (['node_modules', 'dist', '.git', '.nx', '.throughline', 'fixtures', 'artifacts'].includes(name)) continue;
    const file = path.join(folder, name);
    if (statSync(file).isDirectory()) yield* documents(file);
    else if (name.endsWith('.md')) yield file;
  }
}

const TOP_LEVEL = new Set(readdirSync(workspaceRoot));
const looksLikePath = (text) => /^[\w.@-]+(\/[\w.@$-]+)+\/?$/.test(text) && TOP_LEVEL.has(text.split('/')[0]);
/** Made by a build or a run, not committed. */
const isGenerated = (text) => /(^|\/)(dist|node_modules|\.throughline|\.nx|gql|artifacts)(\/|$)/.test(text);

for (const document of documents(workspaceRoot)) {
  const name = path.relative(workspaceRoot, document);
  const text = readFileSync(document, 'utf8');
  const report = (what) => problems.push(`${name}: ${what}`);
  for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^(https?:|mailto:|#)/.test(target)) continue;
    const file = path.resolve(path.dirname(document), target.split('#')[0]);
    if (!existsSync(file)) report(`link to ${target}, which does not exist`);
  }
  for (const [, quoted] of text.matchAll(/`([^`\n]+)`/g)) {
    if (!looksLikePath(quoted) || isGenerated(quoted)) continue;
    if (!existsSync(path.join(workspaceRoot, quoted)) && !existsSync(path.resolve(path.dirname(document), quoted)))
      report(`path ${quoted}, which does not exist`);
  }
  for (const [, script] of text.matchAll(/npm run ([\w:-]+)/g))
    if (!(script in scripts)) report(`npm run ${script}, which is no script`);
  for (const [, file] of text.matchAll(/\bnode (?:--import \S+ )?((?:apps|tools|libs|e2e)\/[\w./-]+\.m?js)/g)) {
    const source = file.replace('/dist/', '/src/').replace(/\.js$/, '.ts');
    if (!existsSync(path.join(workspaceRoot, file)) && !existsSync(path.join(workspaceRoot, source)))
      report(`command node ${file}, whose source does not exist`);
  }
}

for (const problem of problems) console.error(problem);
console.log(`documents checked, ${problems.length} problems`);
process.exit(problems.length > 0 ? 1 : 0);
