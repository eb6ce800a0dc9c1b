import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ConsoleFile, ConsoleFiles } from './console-files.js';

const NOT_BUILT = 'The console is not built: run "npm run build" and load this page again.\n';

/** Serves the built console at `/`; paths of the application (no file extension) all answer with its page. */
export function registerConsole(server: FastifyInstance, files: ConsoleFiles): void {
  server.get('/*', async (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    const file = await files.find(path);
    if (file !== undefined) {
      return sendFile(request, reply, file);
    }
    if (/\.[a-z0-9]+$/i.test(path) || path.startsWith('/assets/')) {
      return reply.code(404).type('text/plain; charset=utf-8').send('not found\n');
    }
    const page = await files.page();
    return page === undefined
      ? reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT)
      : sendFile(request, reply, page);
  });
}

function sendFile(request: FastifyRequest, reply: FastifyReply, file: ConsoleFile): FastifyReply {
  void reply.headers({ 'cache-control': file.cacheControl, etag: file.etag, vary: 'accept-encoding' });
  if (request.headers['if-none-match']?.includes(file.etag)) {
    return reply.code(304).send();
  }
  void reply.type(file.contentType);
  const acceptsGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  return file.gzipped !== undefined && acceptsGzip
    ? reply.header('content-encoding', 'gzip').send(file.gzipped)
    : reply.send(file.body);
}
