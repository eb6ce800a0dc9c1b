import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { countExceptions } from '../exceptions/fill-exceptions.js';
import { EMAIL, makePerson } from '../lineage/measure-questions.js';
import { openBenchStore, type BenchStore } from '../spans/bench-store.js';
import { startStack } from '../spans/stack-processes.js';
import { StackClient } from '../stack-client.js';
import { fillFailedOrders, setTargets } from './fill-failed-orders.js';

const TARGET_S = 10;
const LOOK_EVERY_MS = 100;
const CALM_MS = 5_000;
/** So large a selection is approved by two. */
const APPROVERS = ['approver@throughline.example', 'second-approver@throughline.example'];

const PLAN = `mutation ($selection: BulkSelection!) {
  requestRequeue(selection: $selection, reason: "measured", dryRun: true) {
    ... on RequeuePlanning { planning { id } } ... on RequeueFailure { code message } } }`;
const GO_ON = `mutation ($id: ID!) {
  requestRequeue(planId: $id, reason: "measured") {
    ... on RequeuePlanning { planning { id } } ... on RequeueFailure { code message } } }`;
const CANCEL = `mutation ($id: ID!) { cancelRequeue(id: $id) { ... on RequeueFailure { message } } }`;
const LOOK =
  'query ($id: ID!) { requeueRequest(id: $id) { state selectionHash plan { going frozen leftOutBy { code count } } } }';
const APPROVE = `mutation ($id: ID!, $hash: String!) {
  approveRequeue(requestId: $id, selectionHash: $hash, comment: "measured") {
    __typename ... on ActFailure { code message } } }`;

type Approved = { approveRequeue: { message?: string } };
type Asked = { requestRequeue: { planning?: { id: string }; message?: string } };
type Looked = {
  requeueRequest: {
    state: string;
    selectionHash: string | null;
    plan: { going: number; frozen: number; leftOutBy: { code: string; count: number }[] };
  };
};

/** Measures how long a large selection takes to be frozen and planned, and then to have its bodies frozen; nothing of it is sent. */
export async function measureRequeuePlan({
  dataDir,
  items,
}: {
  dataDir: string | undefined;
  items: number;
}): Promise<void> {
  const store = await openBenchStore(dataDir ?? path.join(tmpdir(), `throughline-bench-requeue-plan-${items}`));
  try {
    if ((await countExceptions(store)) === 0) await fillFailedOrders(store, items);
    const secretKey = randomBytes(32);
    await setTargets(store, secretKey);
    const password = await makePerson(store, 'analyst');
    const stack = await startStack(store, undefined, ['api', 'worker'], {
      THROUGHLINE_SECRET_KEY: secretKey.toString('base64'),
    });
    try {
      const apiUrl = `http://127.0.0.1:${stack.apiPort}`;
      const client = await StackClient.signIn({ apiUrl, collectorUrl: '', ingestKey: '', email: EMAIL, password });
      const approvers: StackClient[] = [];
      for (const email of APPROVERS) {
        const given = await makePerson(store, 'controller', email);
        approvers.push(
          await StackClient.signIn({ ...{ apiUrl, collectorUrl: '', ingestKey: '', email }, password: given }),
        );
      }
      await untilEscalated(store);
      const readS = await readOnce(store);
      console.log(`reference: reads the ${items} rows of the selection once in ${readS.toFixed(2)} s`);
      await measure(client, approvers);
    } finally {
      await stack.stop();
    }
  } finally {
    await store.close();
  }
}

async function measure(client: StackClient, approvers: readonly StackClient[]): Promise<void> {
  const startedAt = performance.now();
  const since = () => (performance.now() - startedAt) / 1_000;
  const asked = await client.query<Asked>(PLAN, { selection: { filter: { states: ['OPEN'] } } });
  const id = idOf(asked);
  const frozenS = since();
  const planned = await until(client, id, 'PLANNED');
  const plannedS = since();
  const { going, leftOutBy } = planned.plan;
  const left = leftOutBy.map(({ code, count }) => `${code} ${count}`).join(', ');
  console.log(
    `frozen in ${frozenS.toFixed(2)} s, planned in ${plannedS.toFixed(2)} s from the beginning (target ${TARGET_S}): ${going} go (${left})`,
  );
  const goneOnAt = performance.now();
  idOf(await client.query<Asked>(GO_ON, { id }));
  const ended = await until(client, id, 'PENDING_APPROVAL', 'SENDING');
  const bodiesS = (performance.now() - goneOnAt) / 1_000;
  const perSecond = ended.plan.frozen / bodiesS;
  console.log(
    `bodies, keys and claims of ${ended.plan.frozen} frozen in ${bodiesS.toFixed(1)} s: ${perSecond.toFixed(0)} a second, then ${ended.state}`,
  );
  if (ended.state === 'PENDING_APPROVAL') {
    const approvedS: string[] = [];
    let askedAt = performance.now();
    for (const approver of approvers) {
      askedAt = performance.now();
      const { approveRequeue } = await approver.query<Approved>(APPROVE, { id, hash: ended.selectionHash });
      if (approveRequeue.message !== undefined) throw new Error(approveRequeue.message);
      approvedS.push(((performance.now() - askedAt) / 1_000).toFixed(1));
    }
    await until(client, id, 'SENDING', 'FINISHED');
    const carriedOutS = (performance.now() - askedAt) / 1_000;
    console.log(
      `approved by two in ${approvedS.join(' and ')} s, carried out ${carriedOutS.toFixed(1)} s after the last one was asked`,
    );
  }
  await client.query(CANCEL, { id });
}

/** What the store was filled with is overdue at once: nothing is measured before all of that is told. */
async function untilEscalated({ owner, tenantId }: BenchStore): Promise<void> {
  for (let before = -1; ; await sleep(CALM_MS)) {
    const { rows } = await owner.query<{ escalations: number }>(
      `select count(*)::int as escalations from exception_escalation where tenant_id = $1`,
      [tenantId],
    );
    const escalations = rows[0]?.escalations ?? 0;
    if (escalations === before) return;
    before = escalations;
  }
}

function idOf({ requestRequeue: { planning, message } }: Asked): string {
  if (planning === undefined) throw new Error(message);
  return planning.id;
}

async function until(client: StackClient, id: string, ...states: string[]): Promise<Looked['requeueRequest']> {
  for (;;) {
    const { requeueRequest } = await client.query<Looked>(LOOK, { id });
    if (states.includes(requeueRequest.state)) return requeueRequest;
    if (requeueRequest.state === 'CANCELLED') throw new Error('it was ended');
    await sleep(LOOK_EVERY_MS);
  }
}

/** The same rows read once, as whole rows, over a connection like the worker's. */
async function readOnce({ database, tenantId }: BenchStore): Promise<number> {
  const startedAt = performance.now();
  await database.withTenant(tenantId, (tx) =>
    tx.query(`select * from exception where tenant_id = $1 and state = 'OPEN' order by exception_id`, [tx.tenantId]),
  );
  return (performance.now() - startedAt) / 1_000;
}
