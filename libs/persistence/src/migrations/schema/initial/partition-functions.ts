/**
 * Daily partitions, for the owner only. A partition is made apart and attached: that locks the parent against other schema
 * changes but not against reading and writing, whereas CREATE TABLE … PARTITION OF would stop the intake.
 */
export const partitionFunctions = `${partitionFunctionFor(['signal', 'span'])}
revoke execute on function throughline_ensure_partitions(date, integer) from public;
`;

/** The function for these tables; keeps the rights where it is there already. */
export function partitionFunctionFor(parents: readonly string[]): string {
  return `
create or replace function throughline_ensure_partitions(first_day date, days integer) returns integer
language plpgsql set search_path = public, pg_temp as $$
declare
  parent text;
  day date;
  partition text;
  made integer := 0;
begin
  perform pg_advisory_xact_lock(hashtext('throughline_ensure_partitions'));
  foreach parent in array array[${parents.map((parent) => `'${parent}'`).join(', ')}] loop
    for day in select first_day + ahead from generate_series(0, days - 1) as ahead loop
      partition := parent || to_char(day, '"_"YYYY"_"MM"_"DD');
      if to_regclass(partition) is null then
        execute format('create table %I (like %I including all)', partition, parent);
        execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, partition, day, day + 1);
        made := made + 1;
      end if;
    end loop;
  end loop;
  return made;
end
$$;
`;
}

/** Undoes partitionFunctions. */
export const dropPartitionFunctions = `
drop function throughline_ensure_partitions(date, integer);
`;
