import { randomUUID } from 'node:crypto';
import { SecretBox } from '@throughline/persistence';
import { failureLoad } from '../exceptions/failure-load.js';
import { postEvents } from '../post-events.js';
import type { BenchStore } from '../spans/bench-store.js';
import type { StackProcesses } from '../spans/stack-processes.js';

/** That it did its work is proved by the order that is accepted. */
const INTEGRATION = 'salesforce-contract-to-order';
const PER_POST = 200;
const CONNECTIONS = 3;
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** Names the endpoint as the target of the integration at which the load fails. */
export async function setTarget(
  store: BenchStore,
  { port, secretKey, perSecond }: { port: number; secretKey: Buffer; perSecond: number },
): Promise<void> {
  await store.owner.query(
    `insert into integration (tenant_id, name, title, from_system, to_system, owner, criticality, requeue_url,
                              requeue_secret_encrypted, requeue_is_idempotent)
     values ($1, $2, 'Bench', 'salesforce', 'sap-s4hana', 'Bench', 'high', $3, $4, true)
     on conflict (tenant_id, name) do update set
       requeue_url = excluded.requeue_url, requeue_secret_encrypted = excluded.requeue_secret_encrypted,
       requeue_is_idempotent = true`,
    [store.tenantId, INTEGRATION, `http://127.0.0.1:${port}/requeue`, new SecretBox(secretKey).seal(SECRET)],
  );
  // what a target takes holds for all that is sent to it together
  await store.owner.query(
    `insert into requeue_settings (tenant_id, integration, rate_per_second, canary, canary_proof, ramp, max_in_flight, stop_percent,
                                   stop_minimum, verify_within_minutes)
     values ($1, $2, $3, 0, 'ACKNOWLEDGED', 0, 1000, 100, 10000, 60)
     on conflict (tenant_id, integration) do update set rate_per_second = excluded.rate_per_second`,
    [store.tenantId, INTEGRATION, perSecond],
  );
}

/** So many orders that fail, through the collector. */
export async function postFailures(stack: StackProcesses, run: string, items: number): Promise<void> {
  const requests = failureLoad(run, {
    failures: items,
    orders: items,
    perRequest: PER_POST,
    integration: INTEGRATION,
  });
  const send = async (): Promise<void> => {
    for (let request = requests.shift(); request !== undefined; request = requests.shift()) {
      await postEvents(stack.collectorPort, request.body);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, send));
}

/**
 * One request for all the open exceptions of the run, as if a person had asked for it and another one had approved: what freezing costs
 * is not what is measured here. It is held until it is let go.
 */
export async function freezeRequest(store: BenchStore, run: string): Promise<string> {
  const requestId = randomUUID();
  const { tenantId, owner } = store;
  await owner.query('begin');
  await owner.query(
    `insert into requeue_request (tenant_id, request_id, maker_id, maker_name, reason, selection_hash, items, created_at, state)
     select $1, $2, $2, 'Bench', 'the service is back', '\\x00', count(*), now(), 'PAUSED'
     from exception where tenant_id = $1 and object_key >= $3 and object_key < $4 and state = 'OPEN'`,
    [tenantId, requestId, `${run}-`, `${run}.`],
  );
  await owner.query(
    `insert into requeue_attempt (tenant_id, attempt_id, request_id, exception_id, object_id, attempt, integration,
                                  idempotency_key, body, traceparent, payload_version, state, created_at, position)
     select $1, a.id, $2, e.exception_id, e.object_id, 1, e.integration, 'msg_' || a.id,
            jsonb_build_object('requeueId', $2::uuid, 'attempt', 1, 'integration', e.integration, 'object', jsonb_build_object(
              'type', e.object_type, 'key', e.object_key, 'aliases', jsonb_build_array(jsonb_build_object(
                'system', 'sap-s4hana', 'kind', 'sales-order', 'scope', '', 'value', e.object_key))),
              'payload', null, 'payloadVersion', 1, 'mode', 'as-is', 'reason', 'the service is back')::text,
            '00-' || replace(a.id::text, '-', '') || '-' || left(replace(a.id::text, '-', ''), 16) || '-01', 1, 'QUEUED', now(),
            row_number() over (order by e.exception_id)
     from exception e cross join lateral (select gen_random_uuid() as id where e.exception_id is not null) a
     where e.tenant_id = $1 and e.object_key >= $3 and e.object_key < $4 and e.state = 'OPEN'`,
    [tenantId, requestId, `${run}-`, `${run}.`],
  );
  await owner.query(
    `insert into requeue_claim (tenant_id, exception_id, attempt_id, object_id, integration, claimed_at)
     select tenant_id, exception_id, attempt_id, object_id, integration, now() from requeue_attempt
     where tenant_id = $1 and request_id = $2`,
    [tenantId, requestId],
  );
  await owner.query(
    `update exception e set state = 'REQUEUED', version = version + 1 from requeue_attempt a
     where e.tenant_id = $1 and a.tenant_id = $1 and a.request_id = $2 and a.exception_id = e.exception_id`,
    [tenantId, requestId],
  );
  await owner.query(
    `insert into requeue_run (tenant_id, request_id, rate_per_second, canary, canary_proof, ramp, max_in_flight, stop_percent, stop_minimum)
     select $1, $2, rate_per_second, canary, canary_proof, ramp, max_in_flight, stop_percent, stop_minimum
     from requeue_settings where tenant_id = $1 and integration = $3`,
    [tenantId, requestId, INTEGRATION],
  );
  await owner.query('commit');
  // what the server does by itself within a minute of such a load
  await owner.query('analyze');
  return requestId;
}

/** Lets it go. */
export async function letGo(store: BenchStore, requestId: string): Promise<void> {
  const { tenantId, owner } = store;
  await owner.query(`update requeue_run set measured_from = now() where tenant_id = $1 and request_id = $2`, [
    tenantId,
    requestId,
  ]);
  await owner.query(`update requeue_request set state = 'SENDING' where tenant_id = $1 and request_id = $2`, [
    tenantId,
    requestId,
  ]);
  await owner.query(`select pg_notify('throughline_requeue', $1)`, [tenantId]);
}

/** The runs of what was sent: the collector hears that each was taken, naming the request. Answers when that was acknowledged. */
export async function tellOutcomes(
  stack: StackProcesses,
  arrivals: readonly { requestId: string; key: string }[],
): Promise<number> {
  const events = arrivals.map(({ requestId, key }) => ({
    specversion: '1.0',
    id: `taken:${key}`,
    source: '/bench',
    type: 'finance.sales-order.accepted',
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    throughlinerequeueid: requestId,
    data: {
      system: 'sap-s4hana',
      integration: INTEGRATION,
      objects: [
        {
          type: 'sales-order',
          keys: [{ kind: 'sales-order', value: key }],
          legalEntity: 'DE01',
          amount: { amount: '1000.00', currency: 'EUR' },
          direction: 'inflow',
        },
      ],
    },
  }));
  await postEvents(stack.collectorPort, JSON.stringify(events));
  return performance.now();
}
