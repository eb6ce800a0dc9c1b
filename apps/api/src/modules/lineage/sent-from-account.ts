import { searchKey } from '@throughline/canonical';
import type { AddParameter } from './transaction-conditions.js';

/**
 * What goes to the bank names its account beside payment and batch, and no name of theirs is scoped by it before the bank
 * books. As the index alias_statement_sent says it.
 */
const IS_SENT = `activity_type in ('payment.sent', 'payment-batch.sent')`;
const ACCOUNT_NAMES = `('iban', 'account-number')`;
/** The first names of an activity `a`: payment, batch and account stand before the documents that they pay. */
const BESIDE = `(select id from throughline_ids(a.names) as id limit 20) as beside(alias_id)`;

/**
 * Joins to a member `o` of a transaction that was sent to the bank from an account, by its own sending: each payment of a batch names
 * the batch as well, and there may be thousands.
 */
export function sentFromAccount(account: string, add: AddParameter): string {
  return `join object_alias v on v.tenant_id = $1 and v.object_id = o.object_id
    join alias_statement s on s.tenant_id = $1 and s.alias_id = v.alias_id and s.is_subject and s.${IS_SENT}
    join activity a on a.tenant_id = $1 and a.activity_id = s.activity_id
    cross join lateral ${BESIDE}
    join object_alias own on own.tenant_id = $1 and own.alias_id = beside.alias_id
      and own.kind in ${ACCOUNT_NAMES} and own.value = ${add(account)}::text`;
}

/** Objects that were sent to the bank from an account. */
export function sentFromAccountFinder(account: string, add: AddParameter): string {
  return `select v.object_id from object_alias own
    join alias_statement s on s.tenant_id = $1 and s.alias_id = own.alias_id and s.object_type = 'bank-account' and s.${IS_SENT}
    join activity a on a.tenant_id = $1 and a.activity_id = s.activity_id
    cross join lateral ${BESIDE}
    join object_alias v on v.tenant_id = $1 and v.alias_id = beside.alias_id and v.object_id <> own.object_id
    where own.tenant_id = $1 and own.search_key = ${add(searchKey(account))}::text and own.kind in ${ACCOUNT_NAMES}`;
}
