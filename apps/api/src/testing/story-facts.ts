import { randomUUID } from 'node:crypto';
import { aliasId, NIL_UUID, problemSignature, type ObjectType } from '@throughline/canonical';
import type { Database, Tx } from '@throughline/persistence';

export const HOP = 'salesforce-contract-to-order';
export const TAXONOMY = 'mapping-and-master-data.missing-legal-entity-mapping';

/** The instant of a minute of the story. */
export const at = (minute: number) => new Date(Date.UTC(2026, 8, 30, 8, minute));

export type StoryObject = { type: ObjectType; key: string; objectId: string };

/** Object of one alias; its id is that alias's. */
export function storyObject(type: ObjectType, key: string): StoryObject {
  return { type, key, objectId: aliasId(type, { system: 'salesforce', kind: 'number', scope: '', value: key }) };
}

/** Writes rows of the lineage projection as the projector would, for tests of what follows it. */
export class StoryFacts {
  constructor(private readonly tx: Tx) {}

  async object(
    object: StoryObject,
    amount: string | null = '1234.50',
    aliasesOf: readonly StoryObject[] = [object],
  ): Promise<void> {
    await this.tx.query(
      `insert into business_object (tenant_id, object_id, type, key, legal_entity, counterparty, amount, currency, direction, attributes,
                                    is_placeholder, first_occurred_at, last_occurred_at)
       values ($1, $2, $3, $4, 'DE01', 'Bremen Werft', $5, $7, 'inflow', '{}', false, $6, $6)
       on conflict (tenant_id, object_id) do update set amount = excluded.amount, currency = excluded.currency`,
      [this.tx.tenantId, object.objectId, object.type, object.key, amount, at(0), amount === null ? null : 'EUR'],
    );
    for (const alias of aliasesOf) {
      await this.tx.query(
        `insert into object_alias (tenant_id, alias_id, object_id, system, kind, scope, value)
         values ($1, $2, $3, 'salesforce', 'number', '', $4)
         on conflict (tenant_id, alias_id) do update set object_id = excluded.object_id`,
        [this.tx.tenantId, alias.objectId, object.objectId, alias.key],
      );
    }
  }

  async problem(
    object: StoryObject,
    over: { occurrences?: number; first?: number; last?: number; clearedAt?: number | null; sellingUnit?: string } = {},
  ): Promise<void> {
    const { occurrences = 1, first = 1, clearedAt = null, sellingUnit = 'DE01-BREMEN' } = over;
    const discriminators = { sellingUnit };
    await this.tx.query(
      `insert into problem (tenant_id, object_id, hop, signature, taxonomy, discriminators, message, integration, occurrences,
                            first_occurred_at, last_occurred_at, last_activity_id, cleared_at)
       values ($1, $2, $3, $4, $5, $6::jsonb, $7, $3, $8, $9, $10, $11, $12)
       on conflict (tenant_id, object_id, hop, signature) do update set
         occurrences = excluded.occurrences, first_occurred_at = excluded.first_occurred_at,
         last_occurred_at = excluded.last_occurred_at, cleared_at = excluded.cleared_at`,
      [
        this.tx.tenantId,
        object.objectId,
        HOP,
        problemSignature(TAXONOMY, discriminators),
        TAXONOMY,
        JSON.stringify(discriminators),
        `Selling unit ${sellingUnit} has no company code`,
        occurrences,
        at(first),
        at(over.last ?? first),
        randomUUID(),
        clearedAt === null ? null : at(clearedAt),
      ],
    );
  }

  /** Names the activity of the latest failure; of all problems of the object, or of that of a selling unit. */
  async lastActivity(object: StoryObject, activityId: string, sellingUnit: string | null = null): Promise<void> {
    await this.tx.query(
      `update problem set last_activity_id = $3
       where tenant_id = $1 and object_id = $2 and ($4::text is null or discriminators ->> 'sellingUnit' = $4)`,
      [this.tx.tenantId, object.objectId, activityId, sellingUnit],
    );
  }

  /** When the object was heard of for the first time. */
  async heardAt(object: StoryObject, minute: number): Promise<void> {
    await this.tx.query(`update business_object set first_occurred_at = $3 where tenant_id = $1 and object_id = $2`, [
      this.tx.tenantId,
      object.objectId,
      at(minute),
    ]);
  }

  async withoutProblem(object: StoryObject): Promise<void> {
    await this.tx.query(`delete from problem where tenant_id = $1 and object_id = $2`, [
      this.tx.tenantId,
      object.objectId,
    ]);
  }

  /** One activity that names the object, as a requeued run or a failure with its payload would leave it. */
  async activity(
    object: StoryObject,
    over: {
      outcome: 'success' | 'failure';
      minute: number;
      requeueId?: string;
      payloadJson?: string;
      field?: string;
      traceId?: string;
      /** What happened: "changed"; left out = rejected. */
      participle?: string;
      payloadVersion?: number;
      sellingUnit?: string;
    },
  ): Promise<string> {
    const activityId = randomUUID();
    const type = over.participle === undefined ? 'sales-order.rejected' : `${object.type}.${over.participle}`;
    const problem = {
      taxonomy: TAXONOMY,
      discriminators: { sellingUnit: over.sellingUnit ?? 'DE01-BREMEN' },
      message: 'no company code',
      ...(over.field === undefined ? {} : { field: over.field }),
    };
    await this.tx.query(
      `insert into activity (tenant_id, activity_id, type, occurred_at, outcome, system, integration, run_key, requeue_id, trace_id, span_id,
                             signal_kind, signal_received_on, signal_id, problem, objects, links)
       values ($1, $2, $11, $3, $4, 'sap-integration', $5, $6, $7, decode($8, 'hex'), null, 'cloud-event', '2026-09-30',
               $2, $9::jsonb || case when $10::text is null then '{}' else jsonb_build_object('payload', $10::jsonb, 'payloadVersion', $12::int) end,
               '[]', '[]')`,
      [
        this.tx.tenantId,
        activityId,
        at(over.minute),
        over.outcome,
        HOP,
        over.traceId ?? activityId,
        over.requeueId ?? null,
        over.traceId ?? null,
        over.outcome === 'failure' ? JSON.stringify(problem) : null,
        over.payloadJson ?? null,
        type,
        over.payloadVersion ?? 1,
      ],
    );
    await this.tx.query(
      `insert into alias_statement (tenant_id, activity_id, position, is_subject, activity_type, outcome, occurred_at, alias_id, object_type)
       values ($1, $2, 0, true, $7, $3, $4, $5, $6)`,
      [this.tx.tenantId, activityId, over.outcome, at(over.minute), object.objectId, object.type, type],
    );
    return activityId;
  }

  async link(
    from: StoryObject,
    to: StoryObject,
    qualifier: string,
    amount: string | null,
    minute: number,
    isContext = false,
  ): Promise<void> {
    await this.tx.query(
      `insert into object_link (tenant_id, from_object_id, to_object_id, qualifier, from_type, to_type, is_context, amount, currency, first_occurred_at, asserted_by)
       select $1, $2, $3, $4, f.type, t.type, $9, $5, $8, $6, $7
       from business_object f, business_object t
       where f.tenant_id = $1 and f.object_id = $2 and t.tenant_id = $1 and t.object_id = $3`,
      [
        this.tx.tenantId,
        from.objectId,
        to.objectId,
        qualifier,
        amount,
        at(minute),
        randomUUID(),
        amount === null ? null : 'EUR',
        isContext,
      ],
    );
  }

  /** A transaction of these objects, the first one its anchor. */
  async transaction(objects: readonly [StoryObject, ...StoryObject[]]): Promise<string> {
    const transactionId = randomUUID();
    await this.tx.query(
      `insert into business_transaction (tenant_id, transaction_id, workflow, anchor_object_id, progress, started_at, last_occurred_at)
       values ($1, $2, 'order-to-cash', $3, 'running', $4, $4)`,
      [this.tx.tenantId, transactionId, objects[0].objectId, at(0)],
    );
    for (const [depth, object] of objects.entries()) {
      await this.tx.query(
        `insert into transaction_object (tenant_id, transaction_id, object_id, is_hub, depth) values ($1, $2, $3, false, $4)`,
        [this.tx.tenantId, transactionId, object.objectId, depth],
      );
    }
    return transactionId;
  }

  async milestone(
    transactionId: string,
    object: StoryObject | null,
    due: number,
    reached: number | null = null,
  ): Promise<void> {
    await this.tx.query(
      `insert into milestone (tenant_id, transaction_id, name, object_id, position, title, rule_kind, due_at, reached_at)
       values ($1, $2, 'payment-applied', $3, 1, 'Payment applied', 'service', $4, $5)
       on conflict (tenant_id, transaction_id, name, object_id) do update set due_at = excluded.due_at, reached_at = excluded.reached_at`,
      [this.tx.tenantId, transactionId, object?.objectId ?? NIL_UUID, at(due), reached === null ? null : at(reached)],
    );
  }
}

/** One transaction of facts. */
export function tell(database: Database, tenantId: string, work: (facts: StoryFacts) => Promise<void>): Promise<void> {
  return database.withTenant(tenantId, (tx) => work(new StoryFacts(tx)));
}

export type ExceptionView = {
  id: string;
  state: string;
  resolution: string | null;
  objectId: string;
  occurrences: number;
  title: string;
  amount: string | null;
  duplicateOf: string | null;
  openedAt: Date;
  resolvedAt: Date | null;
};

/** Every exception, oldest first. */
export function exceptionsOf(database: Database, tenantId: string): Promise<ExceptionView[]> {
  return database.withTenant(tenantId, (tx) =>
    tx.query<ExceptionView>(
      `select exception_id as id, state, resolution, object_id as "objectId", occurrences, title, amount,
              duplicate_of as "duplicateOf", opened_at as "openedAt", resolved_at as "resolvedAt"
       from exception where tenant_id = $1 order by opened_at, exception_id`,
      [tenantId],
    ),
  );
}

/** How many rows a table holds for the tenant; the condition is the test's own SQL. */
export async function countOf(
  database: Database,
  tenantId: string,
  table: string,
  condition = 'true',
): Promise<number> {
  const [row] = await database.withTenant(tenantId, (tx) =>
    tx.query<{ n: number }>(`select count(*)::int as n from ${table} where tenant_id = $1 and ${condition}`, [
      tenantId,
    ]),
  );
  return row?.n ?? 0;
}
