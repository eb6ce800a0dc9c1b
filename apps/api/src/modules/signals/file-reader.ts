import { maskAccountNumber, maskPayload, maskText } from '@throughline/canonical';
import type { Operation } from '../../graphql/operation.js';
import { findFiles, type FileRow } from './file.repository.js';
import type { FileType } from './graphql/file.types.js';

/** A file by id; many asked at once are one statement. */
export async function readFile(operation: Operation, id: string): Promise<FileType | null> {
  const row = await operation.loader<string, FileRow>('files', findFiles).load(id);
  return row === null ? null : toFile(row, operation.viewer.permissions.has('payload.unmask'));
}

/** A file as people see it: bank accounts are masked for all who may not see them whole. */
export function toFile(row: FileRow, mayUnmask: boolean): FileType {
  const text = (value: string): string => (mayUnmask ? value : maskText(value).value);
  return {
    ...row,
    name: text(row.name),
    sourceSystem: row.sourceSystem === '' ? null : row.sourceSystem,
    layout: row.layout === '' ? null : row.layout,
    sizeBytes: Number(row.sizeBytes),
    header: mayUnmask ? row.header : maskPayload(withMaskedAccounts(row.header)).value,
    controls: row.controls.map(({ scope = '', kind = null, currency = null, ...control }) => ({
      ...control,
      kind,
      currency,
      scope: text(scope),
    })),
  };
}

/** In a bank's file an `account` is a bank account, whatever its form; elsewhere the word may mean a customer. */
function withMaskedAccounts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withMaskedAccounts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === 'account' && typeof member === 'string' ? maskAccountNumber(member) : withMaskedAccounts(member),
    ]),
  );
}
