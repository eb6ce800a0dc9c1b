import { BATCH } from '@throughline/lineage';

// An offset or a limit keeps each of these a look-up by key, and the number of rows that the server expects what it was.

/**
 * Whether the link of this alias is the one that counts of those into batches from where it starts, as `refusedWithBatch` has it: the
 * latest, of which attempts that failed come first. What a payment was in before has no say in it.
 */
export function isInNow(link: string): string {
  const rank = (alias: string) => `(${alias}.is_established, ${alias}.first_occurred_at, ${alias}.to_object_id)`;
  return `not exists (
    select from object_link later
    where later.tenant_id = $1 and later.from_object_id = ${link}.from_object_id and later.to_type = '${BATCH}'
      and not later.is_context and ${rank('later')} > ${rank(link)} offset 0)`;
}

/** Joined to rows of transactions with batches: keeps those of which a member goes out in the batch now. */
export function goingOutIn(transactionId: string, batchId: string): string {
  return `cross join lateral (
    select from transaction_object member
    cross join lateral (
      select from_object_id, to_object_id, is_established, first_occurred_at from object_link
      where tenant_id = $1 and from_object_id = member.object_id and to_object_id = ${batchId} and not is_context offset 0
    ) link
    where member.tenant_id = $1 and member.transaction_id = ${transactionId} and not member.is_hub and ${isInNow('link')} limit 1
  ) carried`;
}
