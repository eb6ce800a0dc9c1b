import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createOutboundClient } from '../../../../../outbound/index.js';
import type { RequeueTarget } from '../../../../catalog/index.js';
import { writeRequeueBody, type RequeueBodyParts } from '../../../domain/requeue-body.js';
import type { Delivery } from '../../adapter.js';

export type Call = { method: string; path: string; headers: IncomingHttpHeaders; body: string };

type Answer = (response: ServerResponse, call: Call) => void;

export const KEY = 'c0ffee00-0000-4000-8000-000000000001';

export const AT = new Date('2026-11-30T12:00:00Z');

/** Plays a vendor on a real port: its token address at /token, everything else as the test says. */
export class VendorServer {
  readonly calls: Call[] = [];
  readonly tokenCalls: Call[] = [];
  token: Answer = (response) => {
    const access_token = `token-${this.tokenCalls.length}`;
    json(response, 200, { access_token, token_type: 'bearer', expires_in: 3600 });
  };
  answer: Answer = (response) => response.writeHead(202).end();

  private constructor(
    private readonly server: Server,
    readonly host: string,
  ) {}

  static async start(): Promise<VendorServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const vendor = new VendorServer(server, `127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        const { method = '', url: path = '', headers } = request;
        const call = { method, path, headers, body };
        const isToken = path.includes('/token');
        (isToken ? vendor.tokenCalls : vendor.calls).push(call);
        (isToken ? vendor.token : vendor.answer)(response, call);
      });
    });
    return vendor;
  }

  get url(): string {
    return `http://${this.host}`;
  }

  /** A guarded client that may call this server alone. */
  client(timeoutMs = 2_000) {
    return createOutboundClient({ allowedHosts: [this.host], timeoutMs, clock: () => AT });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

export function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** An attempt of an order on its way to the target. */
export function deliveryTo(target: RequeueTarget, parts: Partial<RequeueBodyParts> = {}): Delivery {
  const body = writeRequeueBody({
    requeueId: '7e0e0000-0000-4000-8000-000000000002',
    attempt: 1,
    integration: 'contract-to-order',
    object: { type: 'sales-order', key: 'O-100234', aliases: [] },
    payloadJson: '{"order":"O-100234","net":12345678901234567.10,"note":"Zürich"}',
    payloadVersion: 1,
    mode: 'as-is',
    reason: 'The period is open again',
    ...parts,
  });
  const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
  return { target, requestId: '7e0e0000-0000-4000-8000-000000000002', idempotencyKey: KEY, body, traceparent, at: AT };
}

export function runAlias(value: string) {
  return [{ system: 'logic-apps', kind: 'run-id', scope: '', value }];
}
