import { createHash } from 'node:crypto';
import type { LogRecord } from '../otlp/log-record.js';
import { attributeText, type AttributeValue, type Attributes } from '../otlp/span-record.js';

type Members = Record<string, unknown>;

/** The record as the JSON that is stored of it; loses nothing, and is the same whichever encoding it came in. */
export function logToBody(record: LogRecord): string {
  const { serviceName: _serviceName, ...stored } = record;
  return JSON.stringify(stored);
}

/** Scoped idempotency key of a log record: it has no id of its own, so that what it says is its identity. */
export function logScopedKey(body: string): string {
  return `log:${createHash('sha256').update(body, 'utf8').digest('hex')}`;
}

/**
 * The record of a stored body. What a redaction rule took away reads as absent; undefined when the bytes are no log record
 * at all.
 */
export function logFromBody(body: Uint8Array): LogRecord | undefined {
  let stored: unknown;
  try {
    stored = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
  if (!isMembers(stored)) return undefined;
  const resource = membersOf(stored, 'resource');
  const scope = membersOf(stored, 'scope');
  const resourceAttributes = attributesOf(resource);
  return {
    timeUnixNano: nanosOf(stored['timeUnixNano']),
    observedTimeUnixNano: nanosOf(stored['observedTimeUnixNano']),
    severityNumber: numberOf(stored, 'severityNumber'),
    severityText: textOf(stored, 'severityText'),
    body: (stored['body'] ?? null) as AttributeValue,
    attributes: attributesOf(stored),
    droppedAttributesCount: numberOf(stored, 'droppedAttributesCount'),
    flags: numberOf(stored, 'flags'),
    traceId: textOf(stored, 'traceId') || null,
    spanId: textOf(stored, 'spanId') || null,
    eventName: textOf(stored, 'eventName'),
    resource: {
      attributes: resourceAttributes,
      droppedAttributesCount: numberOf(resource, 'droppedAttributesCount'),
      schemaUrl: textOf(resource, 'schemaUrl'),
    },
    scope: {
      name: textOf(scope, 'name'),
      version: textOf(scope, 'version'),
      attributes: attributesOf(scope),
      droppedAttributesCount: numberOf(scope, 'droppedAttributesCount'),
      schemaUrl: textOf(scope, 'schemaUrl'),
    },
    serviceName: attributeText(resourceAttributes['service.name']) ?? '',
  };
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function membersOf(parent: Members, name: string): Members {
  const value = parent[name];
  return isMembers(value) ? value : {};
}

function attributesOf(parent: Members): Attributes {
  return membersOf(parent, 'attributes') as Attributes;
}

function textOf(parent: Members, name: string): string {
  const value = parent[name];
  return typeof value === 'string' ? value : '';
}

function numberOf(parent: Members, name: string): number {
  const value = parent[name];
  return typeof value === 'number' ? value : 0;
}

function nanosOf(value: unknown): string {
  return typeof value === 'string' && /^\d{1,20}$/.test(value) ? value : '0';
}
