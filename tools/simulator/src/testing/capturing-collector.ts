import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, ServerCredentials, status, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';
import { decodeTraces, readEvents, type CloudEvent, type ReadEvents, type SpanRecord } from '@throughline/ingest';

export type CapturedSpan = SpanRecord & { via: 'grpc' | 'http' };
export type CapturedEvent = CloudEvent & { mode: ReadEvents['mode'] };

/** A collector that remembers what it takes and can be told to be away. */
export type CapturingCollector = {
  httpUrl: string;
  grpcUrl: string;
  spans: CapturedSpan[];
  events: CapturedEvent[];
  authorizations: Set<string>;
  /** Requests that were turned away. */
  turnedAway: number;
  isAway: boolean;
  close(): Promise<void>;
};

const SERVICE = {
  export: {
    path: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
    requestStream: false,
    responseStream: false,
    requestSerialize: (bytes: Buffer) => bytes,
    requestDeserialize: (bytes: Buffer) => bytes,
    responseSerialize: (bytes: Buffer) => bytes,
    responseDeserialize: (bytes: Buffer) => bytes,
  },
} as const;

function encodingOf(request: IncomingMessage): 'json' | 'protobuf' {
  return request.headers['content-type'] === 'application/json' ? 'json' : 'protobuf';
}

/** Starts it on free ports, with the decoders of the real one. */
export async function startCapturingCollector(): Promise<CapturingCollector> {
  const http = createServer((request, response) => {
    void answer(request, response);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const grpc = new Server();
  grpc.addService(SERVICE, { export: exportSpans });
  const grpcPort = await new Promise<number>((resolve, reject) => {
    grpc.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(port);
      else reject(error);
    });
  });
  const captured: CapturingCollector = {
    httpUrl: `http://127.0.0.1:${String((http.address() as AddressInfo).port)}`,
    grpcUrl: `http://127.0.0.1:${String(grpcPort)}`,
    spans: [],
    events: [],
    authorizations: new Set(),
    turnedAway: 0,
    isAway: false,
    async close() {
      grpc.forceShutdown();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return captured;

  function exportSpans(call: ServerUnaryCall<Buffer, Buffer>, callback: sendUnaryData<Buffer>): void {
    if (captured.isAway) {
      captured.turnedAway += 1;
      callback({ code: status.UNAVAILABLE, details: 'away' });
      return;
    }
    captured.authorizations.add(String(call.metadata.get('authorization')[0]));
    captured.spans.push(
      ...decodeTraces(call.request, 'protobuf', Date.now()).spans.map((span) => ({ ...span, via: 'grpc' as const })),
    );
    callback(null, Buffer.alloc(0));
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (captured.isAway) {
      captured.turnedAway += 1;
      response.writeHead(503, { 'retry-after': '0' }).end();
      return;
    }
    captured.authorizations.add(String(request.headers.authorization));
    const body = Buffer.concat(chunks);
    if (request.url === '/v1/traces') {
      captured.spans.push(
        ...decodeTraces(body, encodingOf(request), Date.now()).spans.map((span) => ({ ...span, via: 'http' as const })),
      );
    } else {
      const { mode, events } = readEvents(request.headers, body);
      captured.events.push(...events.map(({ event }) => ({ ...event, mode })));
    }
    response.writeHead(200).end();
  }
}
