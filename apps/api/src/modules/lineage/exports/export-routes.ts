import { Readable } from 'node:stream';
import type { Logger } from '@throughline/observability';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CodedError } from '../../../graphql/coded-error.js';
import type { ClosableOperation } from '../../../graphql/operation.js';
import { judgeError } from '../../../graphql/report-error.js';
import type { Permission } from '../../identity/index.js';
import { ExportTooLarge, type StartedExport } from './started-export.js';

/** Exports that one process writes at once: each holds a connection for as long as its client takes to read it. */
const MOST_AT_ONCE = 3;
const RETRY_AFTER_SECONDS = 15;
/** A client that takes nothing for so long has gone, whatever its connection says. */
const PATIENCE_MS = 120_000;

const CONTENT_TYPES = {
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ocel: 'application/json; charset=utf-8',
  openlineage: 'application/x-ndjson; charset=utf-8',
} as const;

const STATUS: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  INVALID_INPUT: 400,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
};

export type ContentType = keyof typeof CONTENT_TYPES;

/** One noun that can be taken away as files. */
export type ExportKind = {
  /** What each file holds, by the last part of its address. */
  files: Readonly<Record<string, ContentType>>;
  permission: Permission;
  /** Reads the request and prepares the export; the caller closes the operation when its body has ended. */
  start(operation: ClosableOperation, file: string, query: Readonly<Record<string, unknown>>): Promise<StartedExport>;
};

type Parts = {
  openOperation(headers: FastifyRequest['headers']): Promise<ClosableOperation>;
  kinds: readonly ExportKind[];
  log: Logger;
};

/** `GET /exports/<noun>.<extension>`: what was chosen as a file, written as it is read. */
export function registerExports(server: FastifyInstance, parts: Parts): void {
  let running = 0;
  server.get<{ Params: { file: string }; Querystring: Record<string, unknown> }>(
    '/exports/:file',
    { exposeHeadRoute: false },
    async (request, reply) => {
      const operation = await parts.openOperation(request.headers);
      const end = once(async () => {
        running -= 1;
        await operation.close();
      });
      running += 1;
      try {
        const { content, started } = await start(parts, operation, request, running);
        const body = watched(started, reply);
        body.once('close', () => void end());
        body.on('error', (error) => logFailure(parts.log, error, operation));
        void reply.type(CONTENT_TYPES[content]).headers(headersOf(request.params.file, operation.now(), started));
        return await reply.send(body);
      } catch (error) {
        await end();
        return refuse(reply, error, parts.log, operation);
      }
    },
  );
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
}

async function start(
  { kinds }: Parts,
  operation: ClosableOperation,
  { params: { file }, query }: FastifyRequest<{ Params: { file: string }; Querystring: Record<string, unknown> }>,
  running: number,
): Promise<{ content: ContentType; started: StartedExport }> {
  const { permissions } = operation.viewer;
  const kind = kinds.find(({ files }) => Object.hasOwn(files, file));
  const content = kind?.files[file];
  if (kind === undefined || content === undefined) {
    const names = kinds.flatMap(({ files }) => Object.keys(files));
    throw new CodedError('NOT_FOUND', `There is no export ${file}; there are ${names.join(', ')}`);
  }
  if (!permissions.has(kind.permission)) {
    throw new CodedError('FORBIDDEN', `This needs the permission ${kind.permission}`);
  }
  if (running > MOST_AT_ONCE) {
    throw new CodedError('RATE_LIMITED', `${MOST_AT_ONCE} exports are running; try again when one has ended`);
  }
  return { content, started: await kind.start(operation, file, query) };
}

/** The body as a stream that is read no faster than the client takes it, and ends with it. */
function watched({ body }: StartedExport, reply: FastifyReply): Readable {
  async function* pieces(): AsyncGenerator<string | Buffer> {
    for await (const piece of body) {
      // the clock runs while the client is waited for, not while the database is
      const patience = setTimeout(() => reply.raw.destroy(new Error('the client takes nothing')), PATIENCE_MS);
      try {
        yield piece;
      } finally {
        clearTimeout(patience);
      }
    }
  }
  // a piece is a page of rows: two of them waiting are enough
  return Readable.from(pieces(), { objectMode: true, highWaterMark: 1 });
}

function headersOf(file: string, now: Date, { exportId, counted }: StartedExport): Record<string, string> {
  const [name = '', ...extensions] = file.split('.');
  const moment = now.toISOString().slice(0, 16).replace(/[-:]/g, '');
  return {
    'cache-control': 'no-store',
    'content-disposition': `attachment; filename="${name}-${moment}Z.${extensions.join('.')}"`,
    'x-throughline-export': exportId,
    ...Object.fromEntries(Object.entries(counted).map(([noun, rows]) => [`x-throughline-${noun}`, String(rows)])),
  };
}

async function refuse(
  reply: FastifyReply,
  error: unknown,
  log: Logger,
  operation: ClosableOperation,
): Promise<FastifyReply> {
  if (error instanceof ExportTooLarge) {
    return reply.code(422).send({ code: 'TOO_LARGE', message: error.message });
  }
  const { code, message } = judgeError(error);
  const status = STATUS[code] ?? 500;
  if (status >= 500 && code !== 'UNAVAILABLE') logFailure(log, error, operation);
  if (status === 429) void reply.header('retry-after', String(RETRY_AFTER_SECONDS));
  return reply.code(status).send({ code, message, ...(status === 500 && { traceId: operation.traceId }) });
}

function logFailure(log: Logger, error: unknown, { traceId }: ClosableOperation): void {
  log.error({ err: error, traceId }, 'export failed');
}
