// Serves the built console together with a GraphQL API over made-up data, to look at screens without a running stack.
//   node scripts/fixture-server.mjs [--world demo|empty|many|broken] [--port 0] [--delay ms] [--dist folder] [--schema file]
import { createReadStream, existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildSchema, GraphQLError, graphql, parse, subscribe } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { PEOPLE } from './fixture/estate.mjs';
import { makeRootValue } from './fixture/root-value.mjs';
import { makeWorld } from './fixture/world.mjs';

const { values: options } = parseArgs({
  options: {
    world: { type: 'string', default: 'demo' },
    port: { type: 'string', default: '0' },
    delay: { type: 'string', default: '0' },
    dist: { type: 'string', default: 'dist' },
    schema: { type: 'string', default: '../../libs/contracts/schema.graphql' },
  },
});
const root = fileURLToPath(new URL('..', import.meta.url));
const dist = path.resolve(root, options.dist);
const schema = buildSchema(await readFile(path.resolve(root, options.schema), 'utf8'));
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

const listeners = new Set();
const live = { exceptionChanged: (id) => listeners.forEach((listener) => listener(id)) };
const rootValue = makeRootValue(makeWorld({ kind: options.world }), live, options.world);

function viewerOf(request) {
  const email = /(?:^|;\s*)fixture=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
  return PEOPLE.find((person) => person.email === decodeURIComponent(email ?? ''));
}

async function answerGraphql(request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const { query, variables } = JSON.parse(Buffer.concat(chunks).toString());
  await new Promise((resolve) => setTimeout(resolve, Number(options.delay)));
  const contextValue = {
    viewer: viewerOf(request),
    setViewer: (person) =>
      response.setHeader(
        'set-cookie',
        `fixture=${encodeURIComponent(person?.email ?? '')}; Path=/; HttpOnly; SameSite=Strict${person ? '' : '; Max-Age=0'}`,
      ),
  };
  const isBroken = options.world === 'broken' && !/viewer|signIn|demoSignIn/i.test(query);
  const result = isBroken
    ? {
        errors: [
          new GraphQLError('Something went wrong on our side', {
            extensions: { code: 'INTERNAL', traceId: '4bf92f3577b34da6a3ce929d0e0e4736' },
          }),
        ],
      }
    : await graphql({ schema, source: query, variableValues: variables, rootValue, contextValue });
  response.setHeader('content-type', 'application/json').end(JSON.stringify(result));
}

function serveFile(request, response) {
  const { pathname } = new URL(request.url, 'http://localhost');
  const file = path.join(dist, path.normalize(pathname));
  const isFile = path.extname(file) in TYPES && existsSync(file);
  const served = isFile ? file : path.join(dist, 'index.html');
  response.setHeader('content-type', TYPES[path.extname(served)]);
  response.setHeader('content-security-policy', CONTENT_SECURITY_POLICY);
  createReadStream(served)
    .on('error', () => response.writeHead(503).end('the console is not built: npx vite build'))
    .pipe(response);
}

const server = createServer((request, response) => {
  if (request.url === '/graphql') void answerGraphql(request, response);
  else serveFile(request, response);
});

async function* changes(ids) {
  const waiting = [];
  let wake = () => undefined;
  const listener = (id) => {
    if (ids && !ids.includes(id)) return;
    waiting.push(id);
    wake();
  };
  listeners.add(listener);
  try {
    for (;;) {
      while (waiting.length > 0) yield waiting.shift();
      await new Promise((resolve) => (wake = resolve));
    }
  } finally {
    listeners.delete(listener);
  }
}

const sockets = new WebSocketServer({ server, path: '/graphql' });
useServer(
  {
    schema,
    onSubscribe: ({ extra }, _, payload) => ({
      schema,
      document: parse(payload.query),
      variableValues: payload.variables,
      contextValue: { viewer: viewerOf(extra.request) },
    }),
    subscribe: (args) =>
      subscribe({
        ...args,
        subscribeFieldResolver: async function* (_, { ids }, { viewer }, { fieldName }) {
          if (fieldName !== 'exceptionChanged') return;
          for await (const id of changes(ids)) yield { exceptionChanged: rootValue.exceptionView(id, viewer) };
        },
      }),
  },
  sockets,
);

server.listen(Number(options.port), '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${server.address().port}\n`);
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));
