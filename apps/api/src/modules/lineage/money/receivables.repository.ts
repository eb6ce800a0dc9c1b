import { BATCH, SETTLES_INVOICE, TAKES_INVOICE_BACK, TAKING_QUALIFIERS, undoingOfStanding } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';

/** Running transactions that are looked at, the latest first. */
export const MOST_TRANSACTIONS = 20_000;
/** Invoices of one projection. */
export const MOST_INVOICES = 5_000;
/** Invoices that may be open which are looked at, of which some are not. */
const MOST_CANDIDATES = 10_000;
/** Completed transactions, the latest first, that rests and payment habits are taken from. */
const MOST_HISTORY = 20_000;
/** Documents with a due date, the latest first, among which invoices that are in no transaction are looked for. */
const MOST_DUE = 20_000;

/** After which what takes from an invoice may take no more. */
const MAY_UNDO = ['payment', 'settlement', 'credit-memo', 'invoice'].flatMap(undoingOfStanding);
/** Links over which it comes back, or is taken back. */
const COMING_BACK = ['returns', 'charges-back', 'refunds', 'reverses'];
/** After which what goes out in a batch may not go. */
const MAY_REFUSE = undoingOfStanding(BATCH);

/** What one projection may look at. */
export type ReceivableLimits = { transactions: number; history: number; due: number };

const LIMITS: ReceivableLimits = { transactions: MOST_TRANSACTIONS, history: MOST_HISTORY, due: MOST_DUE };

export type ReceivableSelection = { legalEntity: string | null; currency: string | null };

export type InvoiceRow = {
  objectId: string;
  key: string;
  legalEntity: string | null;
  region: string | null;
  counterparty: string | null;
  dueOn: string | null;
  openExceptions: number;
  isDisputed: boolean;
  /** In a transaction that still runs. */
  isRunning: boolean;
  /** When its source called it settled, unless something came back since; it is, unless what had paid it was undone after that. */
  settledAt: Date | null;
};

/** Invoices, and whether there is more than was looked at. */
export type FoundReceivables = { rows: InvoiceRow[]; isCut: boolean };

/**
 * Invoices to customers that may not be paid: those of transactions that run, and of those that are complete the ones that the
 * links which take from them do not come to, without what may have been undone or come back. A transaction is complete once somebody
 * paid, which may have been too little. None of a transaction that was cancelled, none that was taken back or settled since. Those
 * that are in no transaction are held to be complete. One more than MOST_INVOICES when there are more.
 */
export async function findReceivables(
  tx: Tx,
  { legalEntity, currency }: ReceivableSelection,
  limits = LIMITS,
): Promise<FoundReceivables> {
  const found = await tx.query<(InvoiceRow | { objectId: null }) & { isCut: boolean }>(
    `with running as materialized (
       select transaction_id, legal_entity, counterparty from business_transaction
       where tenant_id = $1 and progress = 'running'
       order by last_occurred_at desc, transaction_id desc limit ${limits.transactions + 1}
     ), complete as materialized (
       select transaction_id, legal_entity, counterparty from business_transaction
       where tenant_id = $1 and progress = 'completed'
       order by last_occurred_at desc, transaction_id desc limit ${limits.history + 1}
     ), due as materialized (
       select object_id, type, key, amount, currency, direction, legal_entity, counterparty, attributes ->> 'dueDate' as due_on
       from business_object where tenant_id = $1 and due_on is not null
       order by due_on desc, object_id desc limit ${limits.due + 1}
     ), chosen as materialized (
       (select *, true as runs from running limit ${limits.transactions})
       union all
       (select *, false from complete limit ${limits.history})
     ), members as materialized (
       select distinct on (b.object_id) b.object_id, b.key, b.amount, b.currency, c.runs,
              coalesce(b.legal_entity, c.legal_entity) as legal_entity,
              coalesce(b.counterparty, c.counterparty) as counterparty, b.attributes ->> 'dueDate' as due_on
       from chosen c
       join transaction_object o on o.tenant_id = $1 and o.transaction_id = c.transaction_id and not o.is_hub
       join business_object b on b.tenant_id = $1 and b.object_id = o.object_id
       where b.type = 'invoice' and (b.direction is null or b.direction = 'inflow')
         and ($2::text is null or coalesce(b.legal_entity, c.legal_entity) = $2)
         and ($3::text is null or b.currency = $3)
       order by b.object_id, c.runs desc, c.transaction_id
     ), astray as materialized (
       select d.object_id, d.key, d.amount, d.currency, false as runs, d.legal_entity, d.counterparty, d.due_on
       from due d
       where d.type = 'invoice' and (d.direction is null or d.direction = 'inflow')
         and ($2::text is null or d.legal_entity = $2) and ($3::text is null or d.currency = $3)
         and not exists (select 1 from transaction_object o where o.tenant_id = $1 and o.object_id = d.object_id offset 0)
     ), entries as materialized (
       select * from members union all select * from astray
     ), taking as materialized (
       select e.object_id, t.object_id as taker_id, coalesce(l.amount, t.amount) as amount,
              case when t.happened is not null
                then exists (select from jsonb_array_elements(t.happened) h where h ->> 1 = any($7::text[])) end as is_marked
       from entries e
       join object_link l on l.tenant_id = $1 and l.from_object_id = e.object_id and l.qualifier = any($4::text[]) and l.is_established
       join business_object t on t.tenant_id = $1 and t.object_id = l.to_object_id
       where not e.runs and case when l.amount is null then t.currency else l.currency end = e.currency
     ), undoable as materialized (
       select taker_id from taking where is_marked
       union
       select k.taker_id from (select distinct taker_id from taking where is_marked is null) k
       where exists (
         select from (select alias_id from object_alias where tenant_id = $1 and object_id = k.taker_id offset 0) v
         cross join lateral (
           select from alias_statement
           where tenant_id = $1 and alias_id = v.alias_id and is_subject and activity_type = any($7::text[]) offset 0
         ) s
       )
       union
       select k.taker_id from (select distinct taker_id from taking) k
       where exists (
         select from object_link
         where tenant_id = $1 and from_object_id = k.taker_id and qualifier = any($8::text[]) and is_established
       )
       union
       select taker_id from (${refusedWithBatchOf('taking')}) r
     ), taken as materialized (
       select t.object_id, sum(t.amount) as amount from taking t
       where not exists (select from undoable u where u.taker_id = t.taker_id)
       group by t.object_id
     ), candidates as materialized (
       select e.* from entries e
       left join taken t on t.object_id = e.object_id
       where e.runs or e.amount > coalesce(t.amount, 0)
       order by e.object_id limit ${MOST_CANDIDATES + 1}
     ), said as materialized (
       select c.object_id, said.taken_back_at >= coalesce(said.posted_at, '-infinity') as is_taken_back,
              case when said.settled_at >= coalesce(paid.came_back_at, '-infinity') then said.settled_at end as settled_at
       from candidates c
       cross join lateral (
         select max(s.occurred_at) filter (where s.activity_type = any($5::text[])) as taken_back_at,
                max(s.occurred_at) filter (where s.activity_type = 'invoice.posted') as posted_at,
                max(s.occurred_at) filter (where s.activity_type = any($6::text[])) as settled_at
         from (select alias_id from object_alias where tenant_id = $1 and object_id = c.object_id offset 0) v
         cross join lateral (
           select activity_type, occurred_at from alias_statement
           where tenant_id = $1 and alias_id = v.alias_id and is_subject and outcome = 'success' offset 0
         ) s
       ) said
       cross join lateral (
         select max(b.first_occurred_at) as came_back_at
         from (
           select to_object_id from object_link
           where tenant_id = $1 and from_object_id = c.object_id and qualifier = 'settles' and is_established offset 0
         ) p
         cross join lateral (
           select first_occurred_at from object_link
           where tenant_id = $1 and from_object_id = p.to_object_id and qualifier in ('returns', 'charges-back')
             and is_established offset 0
         ) b
       ) paid
     ), settling as materialized (
       select s.object_id, l.to_object_id as taker_id from said s
       cross join lateral (
         select to_object_id from object_link
         where tenant_id = $1 and from_object_id = s.object_id and qualifier = any($4::text[]) and is_established offset 0
       ) l
       where s.settled_at is not null
     ), undone as materialized (
       select k.object_id, max(greatest(told.undone_at, back.undone_at, refused.undone_at)) as undone_at
       from settling k
       cross join lateral (
         select max(s.occurred_at) as undone_at
         from (select alias_id from object_alias where tenant_id = $1 and object_id = k.taker_id offset 0) v
         cross join lateral (
           select occurred_at from alias_statement
           where tenant_id = $1 and alias_id = v.alias_id and is_subject and activity_type = any($7::text[]) offset 0
         ) s
       ) told
       cross join lateral (
         select max(greatest(first_occurred_at, established_at)) as undone_at from object_link
         where tenant_id = $1 and from_object_id = k.taker_id and qualifier = any($8::text[]) and is_established
       ) back
       left join (${refusedWithBatchOf('settling')}) refused on refused.taker_id = k.taker_id
       group by k.object_id
     ), ended as materialized (
       select s.object_id from said s
       left join undone u on u.object_id = s.object_id
       where s.is_taken_back or (s.settled_at is not null and s.settled_at >= coalesce(u.undone_at, '-infinity'))
       union
       select c.object_id from candidates c
       cross join lateral (
         select transaction_id from transaction_object where tenant_id = $1 and object_id = c.object_id offset 0
       ) o
       cross join lateral (
         select progress from business_transaction
         where tenant_id = $1 and transaction_id = o.transaction_id limit 1
       ) t
       where t.progress = 'cancelled' and not c.runs
     ), invoices as materialized (
       select c.*, s.settled_at from candidates c
       join said s on s.object_id = c.object_id
       where not exists (select 1 from ended e where e.object_id = c.object_id)
       order by c.object_id limit ${MOST_INVOICES + 1}
     ), around as materialized (
       select object_id as invoice_id, object_id from invoices
       union
       select i.object_id, l.from_object_id from invoices i
       join object_link l on l.tenant_id = $1 and l.to_object_id = i.object_id and not l.is_context
       union
       select i.object_id, l.to_object_id from invoices i
       join object_link l on l.tenant_id = $1 and l.from_object_id = i.object_id and not l.is_context
     ), troubled as materialized (
       select a.invoice_id, count(distinct e.exception_id)::int as exceptions
       from around a join open_exception_object e on e.tenant_id = $1 and e.object_id = a.object_id
       group by a.invoice_id
     ), disputed as materialized (
       select distinct a.invoice_id from around a
       join business_object d on d.tenant_id = $1 and d.object_id = a.object_id and d.type = 'dispute'
     )
     select i.object_id as "objectId", i.key, i.legal_entity as "legalEntity", e.country as region, i.counterparty,
            i.due_on as "dueOn", coalesce(t.exceptions, 0) as "openExceptions", d.invoice_id is not null as "isDisputed", i.runs as "isRunning",
            i.settled_at as "settledAt", cut.is_cut as "isCut"
     from (select (select count(*) from candidates) > ${MOST_CANDIDATES} or (select count(*) from running) > ${limits.transactions}
                  or (select count(*) from complete) > ${limits.history} or (select count(*) from due) > ${limits.due} as is_cut) cut
     left join invoices i on true
     left join legal_entity e on e.tenant_id = $1 and e.code = i.legal_entity
     left join troubled t on t.invoice_id = i.object_id
     left join disputed d on d.invoice_id = i.object_id
     order by i.object_id`,
    [
      tx.tenantId,
      legalEntity,
      currency,
      TAKING_QUALIFIERS,
      TAKES_INVOICE_BACK,
      SETTLES_INVOICE,
      MAY_UNDO,
      COMING_BACK,
      MAY_REFUSE,
    ],
  );
  return {
    rows: found.flatMap(({ isCut: _isCut, ...row }) => (row.objectId === null ? [] : [row])),
    isCut: found.some(({ isCut }) => isCut),
  };
}

/**
 * Which takers of a common table expression are in a batch, or in a batch of a file, that was ever rejected or cancelled, and when
 * it last was. Batches are few, and each is looked up once.
 */
function refusedWithBatchOf(takers: string): string {
  return `with outgoing as materialized (
      select k.taker_id, l.to_object_id as batch_id from (select distinct taker_id from ${takers}) k
      cross join lateral (
        select to_object_id from object_link
        where tenant_id = $1 and from_object_id = k.taker_id and to_type = '${BATCH}' and not is_context offset 0
      ) l
    ), asked as materialized (
      select batch_id, batch_id as file_id from outgoing
      union
      select b.batch_id, l.to_object_id from (select distinct batch_id from outgoing) b
      cross join lateral (
        select to_object_id from object_link
        where tenant_id = $1 and from_object_id = b.batch_id and to_type = '${BATCH}' and not is_context offset 0
      ) l
    ), refused as materialized (
      select f.file_id, max(s.occurred_at) as refused_at from (select distinct file_id from asked) f
      cross join lateral (select alias_id from object_alias where tenant_id = $1 and object_id = f.file_id offset 0) v
      cross join lateral (
        select occurred_at from alias_statement
        where tenant_id = $1 and alias_id = v.alias_id and is_subject and activity_type = any($9::text[]) offset 0
      ) s
      group by f.file_id
    )
    select o.taker_id, max(r.refused_at) as undone_at from outgoing o
    join asked a on a.batch_id = o.batch_id
    join refused r on r.file_id = a.file_id
    group by o.taker_id`;
}

export type PaidInvoice = { counterparty: string; dueOn: string; paidOn: string };

/** How invoices of these customers were paid lately; the day of a payment in UTC. */
export async function findPaidInvoices(tx: Tx, counterparties: readonly string[]): Promise<PaidInvoice[]> {
  if (counterparties.length === 0) return [];
  return tx.query<PaidInvoice>(
    `with completed as materialized (
       select transaction_id, counterparty from business_transaction
       where tenant_id = $1 and progress = 'completed'
       order by last_occurred_at desc, transaction_id desc limit ${MOST_HISTORY}
     )
     select coalesce(b.counterparty, c.counterparty) as counterparty, b.attributes ->> 'dueDate' as "dueOn",
            to_char(max(l.first_occurred_at) at time zone 'utc', 'YYYY-MM-DD') as "paidOn"
     from completed c
     join transaction_object o on o.tenant_id = $1 and o.transaction_id = c.transaction_id and not o.is_hub
     join business_object b on b.tenant_id = $1 and b.object_id = o.object_id and b.type = 'invoice'
     join object_link l on l.tenant_id = $1 and l.from_object_id = b.object_id and l.qualifier = 'settles' and l.is_established
     where b.attributes ->> 'dueDate' is not null and coalesce(b.counterparty, c.counterparty) = any($2::text[])
     group by b.object_id, coalesce(b.counterparty, c.counterparty), b.attributes ->> 'dueDate'`,
    [tx.tenantId, counterparties],
  );
}
