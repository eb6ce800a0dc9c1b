import type { Tx } from '@throughline/persistence';
import type { Page } from '../../../graphql/connection.js';

export type MadeOfRow = {
  id: string;
  type: string;
  key: string;
  qualifier: string;
  amount: string | null;
  currency: string | null;
  linkAmount: string | null;
  linkCurrency: string | null;
};

/** What flows into an object, one step, one more than asked. */
export async function findMadeOf(tx: Tx, objectId: string, page: Page): Promise<MadeOfRow[]> {
  return tx.query<MadeOfRow>(
    `select b.object_id as id, b.type, b.key, l.qualifier, b.amount::text as amount, b.currency,
            l.amount::text as "linkAmount", l.currency as "linkCurrency"
     from (select from_object_id, qualifier, amount, currency from object_link
           where tenant_id = $1 and to_object_id = $2 and not is_context
             and ($3::uuid is null or (from_object_id, qualifier) > ($3::uuid, $4::text))
           order by from_object_id, qualifier limit $5) l
     join business_object b on b.tenant_id = $1 and b.object_id = l.from_object_id
     order by l.from_object_id, l.qualifier`,
    [tx.tenantId, objectId, page.after?.[0] ?? null, page.after?.[1] ?? null, page.first + 1],
  );
}

/** SQL of a count for countRows; the object is its second parameter. */
export const COUNT_MADE_OF = 'select 1 from object_link where tenant_id = $1 and to_object_id = $2 and not is_context';
