import type { Tx } from '@throughline/persistence';
import type { StoredException } from '../domain/stored-exception.js';
import { EXCEPTION_COLUMNS, IS_CLOSED } from '../exceptions.repository.js';
import type { ExceptionRelation } from './graphql/related.types.js';

/** Related ones that are told of one exception. */
const MOST_TOLD = 20;
/** Related ones that are counted and looked at: a batch may have thousands. */
const MOST_COUNTED = 1_000;

export type RelatedRow = { relation: ExceptionRelation; exception: StoredException };
export type Related = { rows: RelatedRow[]; total: number; totalIsLowerBound: boolean };

type Line = StoredException & { askedId: string; relation: ExceptionRelation; counted: number };

const CANDIDATE = `e.exception_id, ${IS_CLOSED} as is_closed, e.opened_at`;
// not in the words of the index of a group's closed members, by which all of those would be read for each object
const HAS_ENDED = `${IS_CLOSED} and e.state <> 'DUPLICATE'`;

/**
 * What else is, or was, wrong with the object of each exception and in its transactions: of very many those of the same object, then
 * open ones. They are counted to the cap before they are put in order. Fits Operation.loader.
 */
export async function findRelated(tx: Tx, exceptionIds: readonly string[]): Promise<Related[]> {
  const lines = await tx.query<Line>(
    `select asked.exception_id as "askedId", near.relation, near.counted, ${EXCEPTION_COLUMNS}
     from exception asked
     cross join lateral (
       with member as materialized (
         select o.object_id as id from transaction_object own
         join transaction_object o on o.tenant_id = $1 and o.transaction_id = own.transaction_id and not o.is_hub
         where own.tenant_id = $1 and own.object_id = asked.object_id and not own.is_hub and o.object_id <> asked.object_id
         group by o.object_id
       )
       select found.exception_id, found.relation, count(*) over ()::int as counted,
              row_number() over (order by found.relation = 'SAME_TRANSACTION', found.is_closed, found.opened_at desc,
                                          found.exception_id) as place
       from (
         (select ${CANDIDATE}, 'SAME_OBJECT' as relation from exception e
          where e.tenant_id = $1 and e.object_id = asked.object_id and e.exception_id <> asked.exception_id
            and e.state <> 'DUPLICATE' limit ${MOST_COUNTED + 1})
         union all
         (select ${CANDIDATE}, 'SAME_TRANSACTION' from member m join exception e on e.tenant_id = $1 and e.object_id = m.id
          where not ${IS_CLOSED} limit ${MOST_COUNTED + 1})
         union all
         (select ${CANDIDATE}, 'SAME_TRANSACTION' from member m join exception e on e.tenant_id = $1 and e.object_id = m.id
          where ${HAS_ENDED} limit ${MOST_COUNTED + 1})
         limit ${MOST_COUNTED + 1}
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
      rows: own.map(({ askedId: _asked, relation, counted: _counted, ...exception }) => ({ relation, exception })),
      total: Math.min(own[0]?.counted ?? 0, MOST_COUNTED),
      totalIsLowerBound: (own[0]?.counted ?? 0) > MOST_COUNTED,
    };
  });
}
