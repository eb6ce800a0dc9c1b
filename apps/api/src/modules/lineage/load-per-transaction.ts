import type { Tx } from '@throughline/persistence';
import type { Operation } from '../../graphql/operation.js';
import type { Of } from './transaction-parts.repository.js';

/** The rows of one transaction, found together with those of the others that the operation asks for. */
export async function loadPerTransaction<T extends object>(
  operation: Operation,
  part: string,
  find: (tx: Tx, transactionIds: readonly string[]) => Promise<Of<T>[]>,
  transactionId: string,
): Promise<Of<T>[]> {
  const loader = operation.loader<string, Of<T>[]>(`transaction ${part}`, async (tx, ids) => {
    const byTransaction = new Map<string, Of<T>[]>(ids.map((id) => [id, []]));
    for (const row of await find(tx, ids)) {
      byTransaction.get(row.transactionId)?.push(row);
    }
    return ids.map((id) => byTransaction.get(id) ?? []);
  });
  return (await loader.load(transactionId)) ?? [];
}
