import type { Tx } from '@throughline/persistence';

/**
 * Rows of a statement whose order no index has, page by page through a cursor of the transaction: the server sorts once,
 * and neither side holds more than a page.
 */
export async function* cursorPages<R>(
  tx: Tx,
  statement: { name: string; sql: string; params: readonly unknown[] },
  rowsOfPage: number,
): AsyncGenerator<R[]> {
  // it is read to its end: a plan that is quick for the first rows alone can take hours for all of them
  await tx.query('set local cursor_tuple_fraction = 1');
  await tx.query(`declare ${statement.name} no scroll cursor for ${statement.sql}`, statement.params);
  for (;;) {
    const rows = await tx.query<R>(`fetch forward ${rowsOfPage} from ${statement.name}`);
    if (rows.length > 0) yield rows;
    if (rows.length < rowsOfPage) break;
  }
  await tx.query(`close ${statement.name}`);
}
