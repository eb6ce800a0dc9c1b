// Writes the constants and the document of the registry finance.yaml; with --check it only compares and fails on drift.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { parse } from 'yaml';

const here = path.dirname(fileURLToPath(import.meta.url));
const workspaceRoot = path.join(here, '../../..');
const CONSTANTS = path.join(workspaceRoot, 'libs/canonical/src/finance-attributes.ts');
const DOCUMENT = path.join(workspaceRoot, 'docs/semantic-conventions.md');
const isCheck = process.argv.includes('--check');

const { groups } = parse(readFileSync(path.join(here, 'finance.yaml'), 'utf8'));
const definitions = groups.flatMap((group) =>
  group.attributes.filter((one) => one.id !== undefined).map((one) => ({ ...one, group: group.id })),
);
const attributeById = new Map(definitions.map((one) => [one.id, one]));
refuseFaults();

const isTemplate = (one) => typeof one.type === 'string' && one.type.startsWith('template[');
const isExtension = (one) => one.group.startsWith('extension.');
const singleLine = (text) => text.replace(/\s+/g, ' ').trim();
const attributes = definitions.filter((one) => !isExtension(one));
const shorthands = attributes.filter((one) => one.annotations?.object_type !== undefined);
const plain = attributes.filter((one) => !isTemplate(one) && !shorthands.includes(one));

let isDrifted = false;
await put(CONSTANTS, constants(), 'typescript');
await put(DOCUMENT, documentText(), 'markdown');
process.exit(isDrifted ? 1 : 0);

function refuseFaults() {
  const faults = [];
  if (attributeById.size !== definitions.length) faults.push('an attribute is defined twice');
  for (const { id, brief, stability, type, examples } of definitions) {
    if (!/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$/.test(id)) faults.push(`${id} is not named as OpenTelemetry demands`);
    if (!brief || !stability || !type || !examples) faults.push(`${id} needs brief, stability, type and examples`);
  }
  for (const { id, attributes: members } of groups)
    for (const { ref, requirement_level: level } of members)
      if (ref !== undefined && (!attributeById.has(ref) || level === undefined)) faults.push(`${id} refers to ${ref}`);
  if (faults.length > 0) throw new Error(faults.join('; '));
}

function constantName(id) {
  const [, ...rest] = id.split('.');
  return rest.join('_').replace(/[._]([a-z0-9])/g, (_all, letter) => letter.toUpperCase());
}

function constants() {
  const comment = (text) => `/** ${singleLine(text)} */`;
  const lines = [
    '// Generated from libs/canonical/semantic-conventions/finance.yaml by npm run generate; change that file instead.',
    "import type { ObjectType } from './business-object.js';",
    '',
    comment('Names of the attributes by which spans and log records tell finance facts.'),
    'export const SPAN_ATTRIBUTES = {',
    ...plain.map((one) => `  ${constantName(one.id)}: '${one.id}',`),
    '} as const;',
    '',
    comment('Attributes that name an object by themselves, the most specific type first.'),
    'export const OBJECT_ID_ATTRIBUTES: readonly (readonly [attribute: string, type: ObjectType])[] = [',
    ...shorthands.map((one) => `  ['${one.id}', '${one.annotations.object_type}'],`),
    '];',
    '',
    ...attributes
      .filter(isTemplate)
      .flatMap((one) => [
        comment(`Prefix of attributes: \`${one.id}.<name>\`. ${one.brief}`),
        `export const ${constantName(one.id).replace(/[A-Z]/g, '_$&').toUpperCase()}_PREFIX = '${one.id}.';`,
        '',
      ]),
    comment('CloudEvents extension attributes that the mapping reads.'),
    'export const EVENT_EXTENSIONS = {',
    ...definitions.filter(isExtension).map((one) => `  ${one.annotations.constant}: '${one.id}',`),
    '} as const;',
    '',
    comment('Every attribute of the registry in words; a template is a prefix.'),
    'export const FINANCE_ATTRIBUTES: readonly { name: string; isTemplate: boolean; brief: string }[] = [',
    ...attributes.map(
      (one) =>
        `  { name: '${one.id}', isTemplate: ${isTemplate(one)}, brief: ${JSON.stringify(singleLine(one.brief))} },`,
    ),
    '];',
  ];
  return lines.join('\n');
}

function documentText() {
  const guide = readFileSync(path.join(here, 'guide.md'), 'utf8');
  const lines = [
    '# Semantic conventions of finance integrations',
    '',
    'How an integration says which business object it works on, so that its spans, log records and events become part of a',
    "transaction. The style is OpenTelemetry's. This page is generated from the registry",
    '`libs/canonical/semantic-conventions/finance.yaml`.',
    '',
    '## In short',
    '',
    'One attribute on a span that you have already makes it part of the lineage of an invoice:',
    '',
    '```js',
    "span.setAttribute('finance.invoice.id', '4711');",
    '```',
    '',
    'The invoice is then known as number `4711` of the source system that `finance.source_system` names (on the span or on',
    'the resource), else of the service. What more a step can say, the guide shows; the tables after it are the registry.',
    '',
    'A team that has names of its own for these (`app.order.id`) keeps them: they are mapped to the names of this page per',
    'service, in the console under _Sources & keys_.',
    '',
    guide.trim(),
  ];
  for (const group of groups) {
    lines.push('', `## ${group.display_name}`, '', singleLine(group.brief), '');
    if (group.attributes.some((one) => one.ref !== undefined)) lines.push(...requirementTable(group));
    else lines.push(...definitionTable(group));
  }
  return lines.join('\n');
}

function definitionTable(group) {
  const rows = group.attributes.map((one) => {
    const name = isTemplate(one) ? `\`${one.id}.<name>\`` : `\`${one.id}\``;
    const words = [one.brief, one.note].filter(Boolean).map(singleLine).join(' ');
    const examples = one.examples.map((example) => `\`${example}\``).join(', ');
    return `| ${name} | ${typeOf(one)} | ${words} | ${examples} | ${one.stability} |`;
  });
  return ['| attribute | type | meaning | examples | stability |', '|---|---|---|---|---|', ...rows];
}

function requirementTable(group) {
  const rows = group.attributes.map(({ ref, requirement_level: level }) => {
    const [[name, when]] = typeof level === 'string' ? [[level, '']] : Object.entries(level);
    const words = `${name.replaceAll('_', ' ')}${when === '' ? '' : `: ${when}`}`;
    return `| \`${ref}\` | ${words} |`;
  });
  return ['| attribute | requirement level |', '|---|---|', ...rows];
}

function typeOf(one) {
  if (typeof one.type !== 'string') return one.type.members.map((member) => `\`${member.value}\``).join(' or ');
  return isTemplate(one) ? 'string, by name' : one.type;
}

async function put(file, text, parser) {
  const config = await prettier.resolveConfig(file);
  const formatted = await prettier.format(text, { ...config, parser });
  const name = path.relative(workspaceRoot, file);
  if (!isCheck) {
    writeFileSync(file, formatted);
    console.log(`${name} written`);
  } else if (readOrNothing(file) !== formatted) {
    console.error(`${name} is not what the registry says: run "npm run generate" and commit it.`);
    isDrifted = true;
  } else console.log(`${name} is true`);
}

function readOrNothing(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
