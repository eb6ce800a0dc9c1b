import type { Tx } from '@throughline/persistence';

/** Copies an exception many times; each value is SQL over `n`, the number of the copy. Answers the objects of the copies. */
export async function copyExceptions(
  tx: Tx,
  exceptionId: string,
  times: number,
  values: Readonly<Record<string, string>>,
): Promise<string[]> {
  const columns = await tx.query<{ name: string }>(
    `select column_name as name from information_schema.columns
     where table_name = 'exception' and is_generated = 'NEVER' order by ordinal_position`,
  );
  const own: Readonly<Record<string, string>> = {
    exception_id: 'gen_random_uuid()',
    object_id: 'gen_random_uuid()',
    ...values,
  };
  const names = columns.map(({ name }) => name);
  const rows = await tx.query<{ id: string }>(
    `insert into exception (${names.join(', ')})
     select ${names.map((name) => own[name] ?? `e.${name}`).join(', ')}
     from exception e, generate_series(1, $3::int) n where e.tenant_id = $1 and e.exception_id = $2
     returning object_id as id`,
    [tx.tenantId, exceptionId, times],
  );
  return rows.map(({ id }) => id);
}
