import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerProbe, type ProbeSources } from './probes.js';

/** The running server: its port (useful when 0 was asked for) and how to close it. */
export type ProbeServer = { port: number; close(): Promise<void> };

/** Serves the probe routes alone, for a process without an HTTP server of its own. Rejects when the port is in use. */
export async function startProbeServer(options: ProbeSources & { host: string; port: number }): Promise<ProbeServer> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0]!;
    answerProbe(path, options)
      .then((answer) => answer ?? { status: 404, contentType: 'text/plain; charset=utf-8', body: 'not found\n' })
      .catch(() => ({ status: 500, contentType: 'text/plain; charset=utf-8', body: 'the probe failed\n' }))
      .then(({ status, contentType, body }) => response.writeHead(status, { 'content-type': contentType }).end(body))
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
