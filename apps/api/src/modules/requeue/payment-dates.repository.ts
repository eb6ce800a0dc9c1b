import { NIL_UUID } from '@throughline/canonical';
import { calendarOfCurrency } from '@throughline/sla';
import { uuidArray, type Tx } from '@throughline/persistence';
import type { AskedException } from './domain/left-out.js';
import { MOVES_MONEY, needsTreasury } from './domain/hard-rules.js';
import type { Orders, PaymentDates } from './domain/payment-dates.js';

type DatesRow = Omit<PaymentDates, 'timeZone'> & { id: string; timeZone: string | null; currency: string | null };

const dateOf = (attribute: string): string => `substring(b.attributes ->> '${attribute}' from '^\\d{4}-\\d{2}-\\d{2}')`;

/**
 * The dates of what moves money, as they stand now; what moves none is absent. An order to pay states its own execution date, else its
 * object does. Expectations count as well as what is ours to keep: when a bank executes is one.
 */
export async function findPaymentDates(
  tx: Tx,
  exceptions: readonly Pick<AskedException, 'exceptionId' | 'objectType'>[],
  orders: Orders,
): Promise<Map<string, PaymentDates>> {
  const ids = exceptions
    .filter(({ exceptionId, objectType }) => needsTreasury(objectType) || orders.has(exceptionId))
    .map(({ exceptionId }) => exceptionId);
  if (ids.length === 0) return new Map();
  const rows = await tx.query<DatesRow>(
    `select e.exception_id as id, b.currency, coalesce(own.time_zone, of_account.time_zone) as "timeZone",
            coalesce(${dateOf('executionDate')}, ${dateOf('requestedDate')},
                     case when b.type = any($3::text[]) then ${dateOf('dueDate')} end) as "executionOn",
            array_remove(array[e.missed_due_at, e.next_due_at], null) || expected.due_at as "cutOffs"
     from exception e
     left join business_object b on b.tenant_id = $1 and b.object_id = e.object_id
     left join legal_entity own on own.tenant_id = $1 and own.code = b.legal_entity
     left join lateral (
       select l.time_zone
       from object_alias o
       join alias_statement told on told.tenant_id = $1 and told.alias_id = o.alias_id and told.is_subject
       join activity v on v.tenant_id = $1 and v.activity_id = told.activity_id
       cross join lateral throughline_ids(v.names) as named(alias_id)
       join object_alias a on a.tenant_id = $1 and a.alias_id = named.alias_id
       join business_object account on account.tenant_id = $1 and account.object_id = a.object_id
         and account.type = 'bank-account'
       join legal_entity l on l.tenant_id = $1 and l.code = account.legal_entity
       where o.tenant_id = $1 and o.object_id = b.object_id
       order by account.object_id limit 1
     ) of_account on true
     left join lateral (
       select coalesce(array_agg(m.due_at), '{}') as due_at
       from (select b.object_id as id
             union
             select to_object_id from object_link
             where tenant_id = $1 and from_object_id = b.object_id and to_type = 'payment-batch') steps
       join transaction_object o on o.tenant_id = $1 and o.object_id = steps.id and not o.is_hub
       join milestone m on m.tenant_id = $1 and m.transaction_id = o.transaction_id
         and (m.object_id = steps.id or m.object_id = '${NIL_UUID}' and o.depth = 0)
         and m.rule_kind = 'expectation' and m.due_at is not null and m.reached_at is null
       where b.type = any($3::text[])
     ) expected on true
     where e.tenant_id = $1 and e.exception_id = any($2::uuid[])`,
    [tx.tenantId, uuidArray(ids), [...MOVES_MONEY]],
  );
  return new Map(
    rows.map(({ id, timeZone, currency, executionOn, cutOffs }) => [
      id,
      {
        executionOn: orders.get(id) ?? executionOn,
        timeZone: timeZone ?? calendarOfCurrency(currency ?? '')?.timeZone ?? 'UTC',
        cutOffs,
      },
    ]),
  );
}
