import type { XmlTree } from '../../packs/xml-tree.js';
import type { AccountKey } from '../account-key.js';
import type { Json, JsonMembers } from '../file-record.js';

/** The stored body of a file record, and the file that it is of where that is known. */
export type ReadBody = { context: JsonMembers; record: JsonMembers; fileId?: string };

/** The body of a record as it was stored; undefined when it is none (redaction may have removed a part). */
export function readBody(bytes: Uint8Array): ReadBody | undefined {
  try {
    const body = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')) as Json;
    if (!isMembers(body)) return undefined;
    return { context: membersAt(body, 'context'), record: membersAt(body, 'record') };
  } catch {
    return undefined;
  }
}

/** True for a JSON object. */
export function isMembers(value: Json | undefined): value is JsonMembers {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member that is an object; empty when it is none. */
export function membersAt(members: JsonMembers, name: string): JsonMembers {
  const value = members[name];
  return isMembers(value) ? value : {};
}

/** A member that is text and not blank. */
export function textOf(members: JsonMembers, name: string): string | undefined {
  const value = members[name];
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}

/** A member that is a number; 0 when it is none. */
export function countOf(members: JsonMembers, name: string): number {
  const value = members[name];
  return typeof value === 'number' ? value : 0;
}

/** The account in a context. */
export function accountIn(members: JsonMembers): AccountKey | undefined {
  const account = membersAt(members, 'account');
  const [kind, value] = [textOf(account, 'kind'), textOf(account, 'value')];
  if (value === undefined || (kind !== 'iban' && kind !== 'account-number')) return undefined;
  return { kind, value };
}

/** The record of an ISO 20022 file: the element as a tree. */
export function treeOf(record: JsonMembers): XmlTree {
  return record as XmlTree;
}
