// Generates the typed documents of the console from the contract's SDL, without the codegen CLI.
//   node scripts/generate-gql.mjs [--schema file]
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { codegen } from '@graphql-codegen/core';
import { preset } from '@graphql-codegen/client-preset';
import { parse } from 'graphql';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = path.join(root, 'src');
const output = path.join(source, 'gql') + '/';
const { values: options } = parseArgs({ options: { schema: { type: 'string' } } });
const schemaFile = options.schema ?? path.join(root, '../../libs/contracts/schema.graphql');
// `graphql(`…`)` is the tag; the negative look-behind keeps `notgraphql(` out.
const TAG = /(?<![\w.])graphql\(\s*(?:\/\* GraphQL \*\/)?\s*`([^`]*)`/g;

async function* sourceFiles(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory() && file + '/' !== output) yield* sourceFiles(file);
    else if (/\.tsx?$/.test(entry.name) && !/\.spec\.tsx?$/.test(entry.name)) yield file;
  }
}

const documents = [];
for await (const file of sourceFiles(source)) {
  const text = await readFile(file, 'utf8');
  for (const [, rawSDL] of text.matchAll(TAG)) {
    documents.push({ location: file, document: parse(rawSDL, { noLocation: false }), rawSDL });
  }
}
documents.sort((a, b) => a.location.localeCompare(b.location));

const schema = parse(await readFile(schemaFile, 'utf8'));
const sections = await preset.buildGeneratesSection({
  baseOutputDir: output,
  schema,
  schemaAst: undefined,
  documents,
  documentTransforms: [],
  plugins: [],
  pluginMap: {},
  presetConfig: { fragmentMasking: false },
  config: {
    enumType: 'string-literal',
    useTypeImports: true,
    importExtension: '.js',
    strictScalars: true,
    scalars: { ID: 'string', DateTime: 'string', LocalDate: 'string', JSON: 'unknown' },
  },
});

await mkdir(output, { recursive: true });
for (const section of sections) {
  const text = await codegen(section);
  // An unchanged file keeps its time stamp, so that watchers and caches stay still.
  const before = await readFile(section.filename, 'utf8').catch(() => undefined);
  if (before !== text) await writeFile(section.filename, text);
}
process.stdout.write(`${documents.length} documents generated into src/gql\n`);
