import type { RequeueMode } from '@throughline/contracts';
import type { Tx } from '@throughline/persistence';
import { failedRunSql } from '../../exceptions/index.js';
import type { LeftOut } from '../domain/left-out.js';
import { executionDateIn, type Orders } from '../domain/payment-dates.js';
import { MASKED_BEFORE, neverAnew, OTHER_IDS, REDACTED } from './choose-payloads.js';
import { findContractsOf, unfitAsItIs } from './declared-contracts.js';
import { isPaymentText, PAYMENT_WORDS } from './domain/payload-kind.js';

/** What rules ask of payloads that go as they are, or not at all. */
export type LookedAt = {
  /** Why what would be sent of it cannot be. */
  unfit: ReadonlyMap<string, LeftOut>;
  orders: Orders;
};

type Looked = { exceptionId: string; integration: string; objectType: string };

const PAYLOADS_AT_ONCE = 1_000;

/** The same that choosePayloads says of them, where payloads stay: only what has a word of payment orders in it, or a contract, is read. */
export async function lookAtPayloads(
  tx: Tx,
  exceptions: readonly Looked[],
  mode: Exclude<RequeueMode, 'corrected'>,
): Promise<LookedAt> {
  const contracts: Awaited<ReturnType<typeof findContractsOf>> =
    mode === 'as-is'
      ? await findContractsOf(
          tx,
          exceptions.map(({ integration }) => integration),
        )
      : new Map();
  // where there is a contract, each payload is read whole
  const most = contracts.size === 0 ? exceptions.length : PAYLOADS_AT_ONCE;
  const looked: LookedAt[] = [];
  for (let first = 0; first < exceptions.length; first += most)
    looked.push(await lookAtSome(tx, exceptions.slice(first, first + most), mode, contracts));
  const orders = new Map(looked.flatMap((part) => [...part.orders]));
  return {
    unfit: new Map([
      ...looked.flatMap(({ unfit }) => [...unfit]),
      ...neverAnew(exceptions, mode, orders).map((exceptionId) => [exceptionId, OTHER_IDS] as const),
    ]),
    orders,
  };
}

async function lookAtSome(
  tx: Tx,
  exceptions: readonly Looked[],
  mode: Exclude<RequeueMode, 'corrected'>,
  contracts: Awaited<ReturnType<typeof findContractsOf>>,
): Promise<LookedAt> {
  const asked = JSON.stringify(exceptions.map(({ exceptionId, integration }) => ({ exceptionId, integration })));
  const rows = await tx.query<{ id: string; integration: string; isMasked: boolean; text: string | null }>(
    `with looked as materialized (
       select e."exceptionId" as id, e.integration, e.integration = any($5::text[]) as "hasContract", failed.payload as text
       from jsonb_to_recordset($2::jsonb) as e("exceptionId" uuid, integration text)
       ${failedRunSql(`(v.problem -> 'payload')::text as payload`)}
     )
     select id, integration, strpos(text, $3) > 0 as "isMasked", case when "hasContract" or text ~* $4 then text end as text
     from looked where text is not null and ("hasContract" or strpos(text, $3) > 0 or text ~* $4)`,
    [tx.tenantId, asked, REDACTED, PAYMENT_WORDS, [...contracts.keys()]],
  );
  const whyUnfit = ({ integration, isMasked, text }: (typeof rows)[number]): LeftOut | null => {
    if (mode !== 'as-is') return null;
    if (isMasked) return MASKED_BEFORE;
    const contract = contracts.get(integration);
    return contract === undefined || text === null ? null : unfitAsItIs(tx.tenantId, contract, text);
  };
  return {
    unfit: new Map(
      rows.flatMap((row): [string, LeftOut][] => {
        const why = whyUnfit(row);
        return why === null ? [] : [[row.id, why]];
      }),
    ),
    orders: new Map(
      rows.flatMap(({ id, text }): [string, string | null][] =>
        isPaymentText(text ?? '') ? [[id, executionDateIn(text ?? '')]] : [],
      ),
    ),
  };
}
