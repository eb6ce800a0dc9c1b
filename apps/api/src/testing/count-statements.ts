import type { Database, Tx } from '@throughline/persistence';

/** Counts the statements of GraphQL reading from now on; answers the SQL so far. */
export function countStatements(database: Database): () => readonly string[] {
  const statements: string[] = [];
  const open = database.openReadTransaction.bind(database);
  database.openReadTransaction = async (tenantId) => {
    const { tx, close } = await open(tenantId);
    const query: Tx['query'] = (sql, params) => {
      statements.push(sql);
      return tx.query(sql, params);
    };
    return { tx: Object.create(tx, { query: { value: query } }) as Tx, close };
  };
  return () => statements;
}
