import type { Tx } from '@throughline/persistence';
import type { RequestState } from '../../domain/request-life.js';
import type { LeftItem, Positions } from '../approval-item.repository.js';

/** What ends a request that is not approved. */
export type ClosingStep = 'reject' | 'withdraw' | 'expire';

export type DecisionStep = 'approve' | ClosingStep;

/** A decision on a large request and how far it is carried out. */
export type DecisionRow = {
  requestId: string;
  /** Of its request. */
  state: RequestState;
  step: DecisionStep;
  /** Told on the attempts that never go out. */
  answer: string;
  traceId: string | null;
  items: number;
  donePosition: number;
  /** Of an approved one: what goes out. */
  letGo: number;
  /** Items that it could not be carried out on. */
  setAside: number;
  /** How often the next item took longer than a statement may. */
  tries: number;
};

/** How far it is. */
export type DecisionProgress = Pick<DecisionRow, 'donePosition' | 'letGo' | 'setAside'>;

const SELECT = `select d.request_id as "requestId", r.state, d.step, d.answer, d.trace_id as "traceId", r.items,
  d.done_position as "donePosition", d.let_go as "letGo", d.set_aside as "setAside", d.tries
  from requeue_request r join requeue_decision d on d.tenant_id = $1 and d.request_id = r.request_id`;

export async function insertDecision(
  tx: Tx,
  { requestId, step, answer, traceId }: Pick<DecisionRow, 'requestId' | 'step' | 'answer' | 'traceId'>,
  now: Date,
): Promise<void> {
  await tx.query(
    `insert into requeue_decision (tenant_id, request_id, step, answer, trace_id, worked_at) values ($1, $2, $3, $4, $5, $6)`,
    [tx.tenantId, requestId, step, answer, traceId, now],
  );
  await tx.notify('throughline_requeue', tx.tenantId);
}

/** Decisions by request; null = it was decided at once, or not yet. Fits Operation.loader. */
export async function findDecisions(tx: Tx, requestIds: readonly string[]): Promise<(DecisionRow | null)[]> {
  const rows = await tx.query<DecisionRow>(`${SELECT} where r.tenant_id = $1 and r.request_id = any($2::uuid[])`, [
    tx.tenantId,
    requestIds,
  ]);
  const byId = new Map(rows.map((row) => [row.requestId, row]));
  return requestIds.map((id) => byId.get(id) ?? null);
}

/** The decision whose turn it is: the one that waited longest; null = all are carried out. */
export async function findNextDecision(tx: Tx): Promise<DecisionRow | null> {
  const [row] = await tx.query<DecisionRow>(
    `${SELECT} where r.tenant_id = $1 and r.state in ('APPROVING', 'CLOSING') order by d.worked_at limit 1`,
    [tx.tenantId],
  );
  return row ?? null;
}

/** Writes how far it is; the caller holds its request. */
export async function putDecisionProgress(
  tx: Tx,
  requestId: string,
  { donePosition, letGo, setAside }: DecisionProgress,
  now: Date,
): Promise<void> {
  await tx.query(
    `update requeue_decision set done_position = $3, let_go = $4, set_aside = $5, tries = 0, worked_at = $6
     where tenant_id = $1 and request_id = $2`,
    [tx.tenantId, requestId, donePosition, letGo, setAside, now],
  );
}

/** Writes that it had its turn in vain; a try is counted where its next item took longer than a statement may. */
export async function putDecisionWorked(
  tx: Tx,
  { requestId, donePosition }: Pick<DecisionRow, 'requestId' | 'donePosition'>,
  isTry: boolean,
  now: Date,
): Promise<void> {
  await tx.query(
    `update requeue_decision set worked_at = $3, tries = case when done_position = $4 then tries + $5 else tries end
     where tenant_id = $1 and request_id = $2`,
    [tx.tenantId, requestId, now, donePosition, isTry ? 1 : 0],
  );
}

/** The next items of a request, in their order. */
export function nextItems(
  tx: Tx,
  requestId: string,
  after: number,
  most: number,
): Promise<{ position: number; exceptionId: string }[]> {
  return tx.query(
    `select position, exception_id as "exceptionId" from requeue_item
     where tenant_id = $1 and request_id = $2 and position > $3 order by position limit $4`,
    [tx.tenantId, requestId, after, most],
  );
}

/** An item of which the attempt has not gone out; without its claim another request has its exception in hand. */
export type WaitingItem = LeftItem & { hasClaim: boolean };

/** Items of which the attempt has not gone out. */
export function findWaitingItems(tx: Tx, requestId: string, { after, upTo }: Positions): Promise<WaitingItem[]> {
  return tx.query(
    `select i.attempt_id as "attemptId", i.exception_id as "exceptionId", i.object_key as "objectKey", i.amount, i.currency,
            i.occurrences, c.attempt_id is not null as "hasClaim"
     from requeue_item i
     join requeue_attempt a on a.tenant_id = $1 and a.attempt_id = i.attempt_id and a.state = 'QUEUED'
     left join requeue_claim c on c.tenant_id = $1 and c.exception_id = i.exception_id and c.attempt_id = i.attempt_id
     where i.tenant_id = $1 and i.request_id = $2 and i.position > $3 and i.position <= $4 order by i.position`,
    [tx.tenantId, requestId, after, upTo],
  );
}
