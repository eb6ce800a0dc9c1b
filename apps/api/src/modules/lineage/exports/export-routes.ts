import { Readable } from 'node:stream';
import type { Logger } from '@throughline/observability';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CodedError } from '../../../graphql/coded-error.js';
import type { ClosableOperation } from '../../../graphql/operation.js';
import { judgeError } from '../../../graphql/report-error.js';
import { EXPORT_FILES, readExportRequest } from './export-request.js';
import { ExportTooLarge, type StartedExport, type TransactionExports } from './transaction-exports.js';

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

type Parts = {
  openOperation(headers: FastifyRequest['headers']): Promise<ClosableOperation>;
  exports: TransactionExports;
  log: Logger;
};

/** `GET /exports/transactions.{csv,xlsx,ocel.json,openlineage.ndjson}`: the chosen transactions as a file, written as it is read. */
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
        const { format, started } = await start(parts, operation, request, running);
        const body = watched(started, reply);
        body.once('close', () => void end());
        body.on('error', (error) => logFailure(parts.log, error, operation));
        void reply.type(CONTENT_TYPES[format]).headers(headersOf(request.params.file, operation.now(), started));
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
  parts: Parts,
  operation: ClosableOperation,
  request: FastifyRequest<{ Params: { file: string }; Querystring: Record<string, unknown> }>,
  running: number,
) {
  if (!operation.viewer.permissions.has('transaction.read')) {
    throw new CodedError('FORBIDDEN', 'This needs the permission transaction.read');
  }
  const { file } = request.params;
  if (!isExportFile(file)) {
    throw new CodedError('NOT_FOUND', `There is no export ${file}; there are ${Object.keys(EXPORT_FILES).join(', ')}`);
  }
  const format = EXPORT_FILES[file];
  const asked = readExportRequest(format, request.query);
  if (running > MOST_AT_ONCE) {
    throw new CodedError('RATE_LIMITED', `${MOST_AT_ONCE} exports are running; try again when one has ended`);
  }
  return { format, started: await parts.exports.start(operation, asked) };
}

function isExportFile(file: string): file is keyof typeof EXPORT_FILES {
  return Object.hasOwn(EXPORT_FILES, file);
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

function headersOf(file: string, now: Date, { exportId, transactions }: StartedExport): Record<string, string> {
  const [name = '', ...extensions] = file.split('.');
  const moment = now.toISOString().slice(0, 16).replace(/[-:]/g, '');
  return {
    'cache-control': 'no-store',
    'content-disposition': `attachment; filename="${name}-${moment}Z.${extensions.join('.')}"`,
    'x-throughline-export': exportId,
    ...(transactions !== null && { 'x-throughline-transactions': String(transactions) }),
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
