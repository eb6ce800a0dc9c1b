import { CodedError } from '../../../graphql/coded-error.js';
import type { Operation } from '../../../graphql/operation.js';
import { toBulkActType } from './bulk-act-reader.js';
import { findBulkAct } from './bulk-act.repository.js';
import type { BulkActAcceptedType, BulkActFailureType, BulkActType } from './graphql/bulk-act.types.js';
import type { BulkFailure } from './submit-bulk-act.js';

/** What asking for a bulk act, or steering one, brought. */
export async function answerBulkAct(
  operation: Operation,
  outcome: { kind: 'submitted'; bulkActId: string } | BulkFailure,
): Promise<BulkActAcceptedType | BulkActFailureType> {
  if (outcome.kind === 'failure') return toFailure(outcome);
  return { bulkAct: await requireBulkAct(operation, outcome.bulkActId) };
}

export async function requireBulkAct(operation: Operation, id: string): Promise<BulkActType> {
  const row = await findBulkAct(await operation.read(), id);
  if (row === null) throw new CodedError('NOT_FOUND', 'There is no such bulk act');
  return toBulkActType(row, operation.viewer);
}

export function toFailure({ code, message, previewed, current }: BulkFailure): BulkActFailureType {
  return {
    code,
    message,
    previewedCount: previewed?.count ?? null,
    previewedHash: previewed?.hash ?? null,
    currentCount: current?.count ?? null,
    currentHash: current?.hash ?? null,
  };
}
