/**
 * Money of exceptions, each unit once:
 *
 *     payment 100 ─┐
 *     payment 150 ─┴► batch 250 ──► bank entry 250        counts 250, whichever of them have an exception
 *
 * An object counts with the largest of its exceptions. What is held by another object (see MoneyPlace) counts with it: the object that
 * holds, or the sum of what it holds, whichever is more. So it depends on what is selected alone, not on what was opened first, and a
 * batch of which one payment alone is selected counts with that payment.
 *
 * Selects the columns `by`, `amount`, `exceptions` and `unknown`; `found` gives the rows of exceptions `e` that fulfil a condition, with
 * these columns, those of COUNTED, `amount` and `is_unknown`.
 */
export function countedOnceSql(found: (condition: string) => string, by: readonly string[]): string {
  const keys = by.join(', ');
  const sums = 'sum(exceptions) as exceptions, sum(unknown) as unknown';
  const perObject = (condition: string, place: string) => `
    select ${keys}, ${place} object_id, max(amount) as amount, count(*) as exceptions,
           count(*) filter (where is_unknown) as unknown
    from (${found(condition)}) f group by ${place} object_id, ${keys}`;
  return `
    select ${keys}, amount::numeric as amount, exceptions, unknown
    from (${perObject('e.money_whole_id is null', '')}) alone
    union all
    select ${keys}, ${largerOf('money_part_id', 'money_whole_id')} as amount, ${sums}
    from (
      select ${keys}, money_whole_id, money_part_id, ${largerOf('object_id', 'money_part_id')} as amount, ${sums}
      from (${perObject('e.money_whole_id is not null', 'money_whole_id, money_part_id,')}) per_object
      group by money_whole_id, money_part_id, ${keys}
    ) per_part group by money_whole_id, ${keys}`;
}

/** Columns of `exception e` that tell whose money it is. */
export const COUNTED = 'e.object_id, e.money_part_id, e.money_whole_id';

function largerOf(one: string, holder: string): string {
  return `greatest(max(amount) filter (where ${one} = ${holder}), sum(amount) filter (where ${one} <> ${holder}))`;
}
