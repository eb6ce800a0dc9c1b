import pg from 'pg';

/** Makes what is missing of the daily partitions of signals and spans for `days` days from the UTC date of `from`. */
export async function ensurePartitions(ownerUrl: string, from: Date, days: number): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'throughline partitions' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await makePartitions(client, from, days);
  } finally {
    await client.end();
  }
}

/** As ensurePartitions, on a connection of the owner; answers how many were made. */
export async function makePartitions(client: pg.Client, from: Date, days: number): Promise<number> {
  const { rows } = await client.query<{ made: number }>('select throughline_ensure_partitions($1, $2) as made', [
    from.toISOString().slice(0, 10),
    days,
  ]);
  return rows[0]?.made ?? 0;
}
