// Generates src/otlp/generated/otlp.js from proto/. Run from anywhere: node libs/ingest/generate-otlp.mjs
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const target = `${here}src/otlp/generated/otlp.js`;
const pbjs = createRequire(import.meta.url).resolve('protobufjs-cli/bin/pbjs');
const options =
  '-t static-module -w es6 -r throughline-otlp --no-create --no-encode --no-verify --no-delimited --no-service --no-convert --no-typeurl --no-comments';
const sources = ['trace/v1/trace_service', 'logs/v1/logs_service'].map(
  (name) => `opentelemetry/proto/collector/${name}.proto`,
);

execFileSync(process.execPath, [pbjs, ...options.split(' '), '-p', 'proto', '-o', target, ...sources], {
  cwd: here,
  stdio: 'inherit',
});
const code = readFileSync(target, 'utf8')
  // protobufjs is CommonJS: its members are on the default export.
  .replace(
    /import \* as \$protobuf from "protobufjs\/minimal(\.js)?";/,
    'import $protobuf from "protobufjs/minimal.js";',
  )
  // The compiler cannot write declarations for the nested constructors; the decoders have a type of their own.
  .replace(
    'export const opentelemetry',
    "/** @type {import('../otlp-decoders.js').OtlpDecoders} */\nexport const opentelemetry",
  )
  .replace('export { $root as default };\n', '');
writeFileSync(target, code);
