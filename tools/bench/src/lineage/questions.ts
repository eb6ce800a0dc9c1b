import type pg from 'pg';

/** What people ask of a subject, through GraphQL and by SQL written for it alone; of the loaded history, an order of a number. */
export type Question<Subject = Order> = {
  name: string;
  /** Longest that 95 of a hundred may take at the size that the issue of speed names. */
  targetMs: number;
  document: string;
  /** How often it is asked; a few hundred times when left out. */
  asked?: number;
  variables(subject: Subject): Record<string, unknown>;
  /** The same answer through one connection, without anything between. */
  byHand(client: pg.ClientBase, tenantId: string, subject: Subject): Promise<unknown>;
};

/** An order of the loaded history as a question names it. */
export type Order = { number: string; transactionId: string; contractId: string; hubId: string };

const SEARCH = `query Search($text: String!) {
  search(text: $text, first: 20) { totalCount edges { node { ... on BusinessObject { id type key counterparty legalEntity amount { amount currency } } } } }
}`;

const TRANSACTION = `query TransactionPage($id: ID!) {
  transaction(id: $id) {
    id workflow workflowTitle state legalEntity counterparty startedAt completedAt lastActivityAt
    anchor { id type key } amount { amount currency }
    milestones { name title reachedAt dueAt startedAt state ruleKind position object { id type key } }
    objects { id type key isHub depth isPlaceholder legalEntity counterparty direction amount { amount currency } }
    links { from to qualifier isContext amount { amount currency } }
    activities { id type occurredAt outcome system integration traceId requeueId message objects { id type key } }
    exceptions { id state title openedAt }
  }
}`;

const LINEAGE = `query Lineage($objectId: ID!, $direction: LineageDirection!, $depth: Int) {
  lineage(objectId: $objectId, direction: $direction, depth: $depth) {
    isTruncated nodes { id type key depth isHub amount { amount currency } } edges { from to qualifier amount { amount currency } }
  }
}`;

/** The questions of the issue of speed: search, a transaction's page, lineage down and up. */
export const QUESTIONS: readonly Question[] = [
  {
    name: 'search by the number of an order, as typed',
    targetMs: 20,
    document: SEARCH,
    variables: ({ number }) => ({ text: `so ${number.toLowerCase()}` }),
    byHand: (client, tenantId, { number }) =>
      client.query(
        `select b.object_id, b.type, b.key, b.counterparty, b.legal_entity, b.amount, b.currency
         from object_alias v join business_object b on b.tenant_id = $1 and b.object_id = v.object_id
         where v.tenant_id = $1 and v.search_key >= $2 and v.search_key < $2 || U&'\\+10FFFF' order by v.search_key, v.object_id limit 20`,
        [tenantId, `so${number.toLowerCase()}`],
      ),
  },
  {
    name: "a transaction's page",
    targetMs: 50,
    document: TRANSACTION,
    variables: ({ transactionId }) => ({ id: transactionId }),
    async byHand(client, tenantId, { transactionId }) {
      const params = [tenantId, transactionId];
      await client.query('select * from business_transaction where tenant_id = $1 and transaction_id = $2', params);
      await client.query(
        `select m.*, b.type, b.key from milestone m left join business_object b on b.tenant_id = $1 and b.object_id = m.object_id
         where m.tenant_id = $1 and m.transaction_id = $2 order by m.position`,
        params,
      );
      await client.query(
        `select o.is_hub, o.depth, b.* from transaction_object o join business_object b on b.tenant_id = $1 and b.object_id = o.object_id
         where o.tenant_id = $1 and o.transaction_id = $2`,
        params,
      );
      await client.query(
        `select l.* from transaction_object o join object_link l on l.tenant_id = $1 and l.from_object_id = o.object_id
         join transaction_object t on t.tenant_id = $1 and t.transaction_id = $2 and t.object_id = l.to_object_id
         where o.tenant_id = $1 and o.transaction_id = $2 and not l.is_context`,
        params,
      );
      return client.query(
        `select a.activity_id, a.type, a.occurred_at, a.outcome, a.system, a.integration, a.trace_id, a.problem, a.objects
         from activity a where a.tenant_id = $1 and a.activity_id in (
           select s.activity_id from transaction_object o join object_alias v on v.tenant_id = $1 and v.object_id = o.object_id
           join alias_statement s on s.tenant_id = $1 and s.alias_id = v.alias_id
           where o.tenant_id = $1 and o.transaction_id = $2 and not o.is_hub)
         order by a.occurred_at limit 500`,
        params,
      );
    },
  },
  {
    name: 'lineage downstream of a contract',
    targetMs: 10,
    document: LINEAGE,
    variables: ({ contractId }) => ({ objectId: contractId, direction: 'DOWNSTREAM', depth: 12 }),
    byHand: (client, tenantId, { contractId }) =>
      client.query(
        `with recursive down(object_id, depth) as (
           select $2::uuid, 0
           union
           select l.to_object_id, d.depth + 1 from down d join object_link l on l.tenant_id = $1 and l.from_object_id = d.object_id
           where not l.is_context and d.depth < 12)
         select b.object_id, b.type, b.key, b.amount, b.currency, l.to_object_id, l.qualifier, l.amount as linked
         from down d join business_object b on b.tenant_id = $1 and b.object_id = d.object_id
         left join object_link l on l.tenant_id = $1 and l.from_object_id = d.object_id and not l.is_context`,
        [tenantId, contractId],
      ),
  },
  {
    name: 'first page upstream of a cash position with 5 000 entries',
    targetMs: 30,
    document: LINEAGE,
    variables: ({ hubId }) => ({ objectId: hubId, direction: 'UPSTREAM', depth: 1 }),
    byHand: (client, tenantId, { hubId }) =>
      client.query(
        `select b.object_id, b.type, b.key, b.amount, b.currency, l.qualifier, l.amount as linked
         from (select * from object_link where tenant_id = $1 and to_object_id = $2 and not is_context order by from_object_id limit 2001) l
         join business_object b on b.tenant_id = $1 and b.object_id = l.from_object_id`,
        [tenantId, hubId],
      ),
  },
];
