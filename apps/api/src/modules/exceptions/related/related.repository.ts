import type { Tx } from '@throughline/persistence';
import type { StoredException } from '../domain/stored-exception.js';
import { EXCEPTION_COLUMNS, IS_CLOSED } from '../exceptions.repository.js';
import type { ExceptionRelation } from './graphql/related.types.js';

/** Related ones that are told of one exception. */
const MOST_TOLD = 20;
/** Related ones that are looked at: a batch may have thousands. */
const MOST_COUNTED = 1_000;

export type RelatedRow = { relation: ExceptionRelation; exception: StoredException };
export type Related = { rows: RelatedRow[]; total: number };

type Line = StoredException & { askedId: string; relation: ExceptionRelation; total: number };

/** What else is, or was, wrong with the object of each exception and in its transactions. Fits Operation.loader. */
export async function findRelated(tx: Tx, exceptionIds: readonly string[]): Promise<Related[]> {
  const lines = await tx.query<Line>(
    `select asked.exception_id as "askedId", near.relation, near.total, ${EXCEPTION_COLUMNS}
     from exception asked
     cross join lateral (
       select found.exception_id, found.relation, found.place, count(*) over ()::int as total
       from (
         select e.exception_id, case when e.object_id = asked.object_id then 'SAME_OBJECT' else 'SAME_TRANSACTION' end as relation,
                row_number() over (order by e.object_id <> asked.object_id, ${IS_CLOSED}, e.opened_at desc, e.exception_id) as place
         from (
           select asked.object_id as id
           union
           select o.object_id from transaction_object own
           join transaction_object o on o.tenant_id = $1 and o.transaction_id = own.transaction_id and not o.is_hub
           where own.tenant_id = $1 and own.object_id = asked.object_id and not own.is_hub
         ) member
         join exception e on e.tenant_id = $1 and e.object_id = member.id
         where e.exception_id <> asked.exception_id and e.state <> 'DUPLICATE'
         limit ${MOST_COUNTED}
       ) found
     ) near
     join exception e on e.tenant_id = $1 and e.exception_id = near.exception_id
     where asked.tenant_id = $1 and asked.exception_id = any($2::uuid[]) and near.place <= ${MOST_TOLD}
     order by asked.exception_id, near.place`,
    [tx.tenantId, exceptionIds],
  );
  return exceptionIds.map((id) => {
    const own = lines.filter(({ askedId }) => askedId === id);
    return {
      rows: own.map(({ askedId: _asked, relation, total: _total, ...exception }) => ({ relation, exception })),
      total: own[0]?.total ?? 0,
    };
  });
}
