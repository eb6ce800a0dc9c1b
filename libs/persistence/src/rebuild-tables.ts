import type pg from 'pg';

/** The tables that a rebuild has of its own, in the schema `rebuild`: the projection, and the queues that it is made of. */
export const rebuildTables = [
  'object_alias',
  'business_object',
  'object_link',
  'business_transaction',
  'transaction_object',
  'milestone',
  'problem',
  'finding',
  'dirty_alias',
  'fresh_facts',
] as const;

/** Gives the tables of rebuilds the form of their namesakes, on a connection of the owner; answers how many were made anew. */
export async function matchRebuildTables(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ made: number }>('select throughline_match_rebuild($1) as made', [
    [...rebuildTables],
  ]);
  return rows[0]?.made ?? 0;
}
