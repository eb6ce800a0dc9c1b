import type { RequeueMode } from '@throughline/contracts';
import type { Tx } from '@throughline/persistence';
import { failedRunSql } from '../../exceptions/index.js';
import type { LeftOut } from '../domain/left-out.js';
import { executionDateIn, type Orders } from '../domain/payment-dates.js';
import { MASKED_BEFORE, REDACTED } from './choose-payloads.js';
import { isPaymentText, PAYMENT_WORDS } from './domain/payload-kind.js';

/** What rules ask of payloads that go as they are, or not at all. */
export type LookedAt = {
  /** Why what would be sent of it cannot be. */
  unfit: ReadonlyMap<string, LeftOut>;
  orders: Orders;
};

/** The same that choosePayloads says of them, where payloads stay: only what has a word of payment orders in it is read. */
export async function lookAtPayloads(
  tx: Tx,
  exceptions: readonly { exceptionId: string }[],
  mode: Exclude<RequeueMode, 'corrected'>,
): Promise<LookedAt> {
  const rows = await tx.query<{ id: string; isMasked: boolean; text: string | null }>(
    `with looked as materialized (
       select e."exceptionId" as id, failed.payload as text
       from jsonb_to_recordset($2::jsonb) as e("exceptionId" uuid)
       ${failedRunSql(`(v.problem -> 'payload')::text as payload`)}
     )
     select id, strpos(text, $3) > 0 as "isMasked", case when text ~* $4 then text end as text
     from looked where strpos(text, $3) > 0 or text ~* $4`,
    [tx.tenantId, JSON.stringify(exceptions.map(({ exceptionId }) => ({ exceptionId }))), REDACTED, PAYMENT_WORDS],
  );
  return {
    unfit: new Map(rows.flatMap(({ id, isMasked }) => (isMasked && mode === 'as-is' ? [[id, MASKED_BEFORE]] : []))),
    orders: new Map(
      rows.flatMap(({ id, text }): [string, string | null][] =>
        isPaymentText(text ?? '') ? [[id, executionDateIn(text ?? '')]] : [],
      ),
    ),
  };
}
