import { randomBytes, randomUUID } from 'node:crypto';
import { TEST_KEY } from './collector-harness.js';

/** A span in OTLP/JSON, good unless changed. */
export function jsonSpan(change: Record<string, unknown> = {}): Record<string, unknown> {
  const now = BigInt(Date.now()) * 1_000_000n;
  return {
    traceId: randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    name: 'post invoice',
    kind: 2,
    startTimeUnixNano: String(now - 5_000_000n),
    endTimeUnixNano: String(now),
    ...change,
  };
}

/** An OTLP/JSON trace request. */
export function jsonTraces(
  spans: readonly unknown[],
  resource: Record<string, string> = { 'service.name': 'erp' },
): string {
  const attributes = Object.entries(resource).map(([key, stringValue]) => ({ key, value: { stringValue } }));
  return JSON.stringify({ resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans }] }] });
}

/** A structured CloudEvent, good unless changed. */
export function jsonEvent(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: '/erp/billing',
    type: 'finance.invoice.posted',
    time: new Date().toISOString(),
    dataschema: 'urn:throughline:finance-event:1',
    datacontenttype: 'application/json',
    data: {
      system: 'sap-s4hana',
      objects: [{ type: 'invoice', keys: [{ kind: 'billing-document', value: '90000001' }] }],
    },
    ...change,
  };
}

/** An answer as a test reads it. */
export type Answer = { status: number; headers: Headers; bytes: Buffer; json<T = Record<string, unknown>>(): T };

/** Sends a body with the test's key; headers win. */
export async function post(url: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${TEST_KEY}`, 'content-type': 'application/json', ...headers },
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, bytes, json: () => JSON.parse(bytes.toString('utf8')) };
}
