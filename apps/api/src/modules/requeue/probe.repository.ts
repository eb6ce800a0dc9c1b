import type { Tx } from '@throughline/persistence';
import type { ProbeAnswer, Told } from './domain/probe.js';

/** A target is asked about attempts that are like this. */
const IS_UNKNOWN = `a.tenant_id = $1 and a.state = 'UNKNOWN' and a.finished_at is null`;

/** Who is asking has this long; then another one asks. Longer than any time-out of the client. */
const LEASE_MS = 60_000;

/** Has targets asked about what they did not answer, from now on: each transmission anew, where the target can be asked. */
export async function beginProbes(tx: Tx, now: Date, most: number): Promise<void> {
  await tx.query(
    `insert into requeue_probe (tenant_id, attempt_id, transmission, ask_at)
     select $1, a.attempt_id, a.transmissions, $2
     from requeue_attempt a
     join integration i on i.tenant_id = $1 and i.name = a.integration and i.requeue_status_url is not null
     where ${IS_UNKNOWN} and not exists (
       select from requeue_probe p
       where p.tenant_id = $1 and p.attempt_id = a.attempt_id and p.transmission >= a.transmissions)
     order by a.sent_at, a.attempt_id limit $3
     on conflict (tenant_id, attempt_id) do update
       set transmission = excluded.transmission, ask_at = excluded.ask_at, asks = 0, asked_at = null, answer = null, words = null`,
    [tx.tenantId, now, most],
  );
}

/** A question that is due, with what its target needs to know. */
export type DueProbe = {
  attemptId: string;
  requestId: string;
  integration: string;
  idempotencyKey: string;
  traceparent: string;
  transmission: number;
  /** How often, this time included. */
  asks: number;
};

/** Questions that are due, the oldest first; nobody else asks them meanwhile. Those that telemetry answered are dropped. */
export async function takeDueProbes(tx: Tx, now: Date, most: number): Promise<DueProbe[]> {
  const rows = await tx.query<DueProbe & { askAt: Date | null }>(
    `with due as materialized (
       select p.attempt_id from requeue_probe p where p.tenant_id = $1 and p.ask_at <= $2
       order by p.ask_at, p.attempt_id limit $4 for update skip locked
     )
     update requeue_probe p set asks = p.asks + 1,
            ask_at = case when a.state = 'UNKNOWN' and a.finished_at is null then $3::timestamptz end
     from due join requeue_attempt a on a.tenant_id = $1 and a.attempt_id = due.attempt_id
     where p.tenant_id = $1 and p.attempt_id = due.attempt_id
     returning p.attempt_id as "attemptId", a.request_id as "requestId", a.integration, a.idempotency_key as "idempotencyKey",
               a.traceparent, p.transmission, p.asks, p.ask_at as "askAt"`,
    [tx.tenantId, now, new Date(now.getTime() + LEASE_MS), most],
  );
  return rows.flatMap(({ askAt, ...row }) => (askAt === null ? [] : [row]));
}

export type LastAnswer = { answer: ProbeAnswer | null; wantedBy: string | null };

/** Writes what was answered and when it is asked again (null = not by itself); answers what was known before. */
export async function noteAnswer(
  tx: Tx,
  { attemptId, transmission }: Pick<DueProbe, 'attemptId' | 'transmission'>,
  told: Told,
  askAt: Date | null,
  now: Date,
): Promise<LastAnswer | null> {
  const [before] = await tx.query<LastAnswer>(
    `select answer, wanted_by as "wantedBy" from requeue_probe
     where tenant_id = $1 and attempt_id = $2 and transmission = $3 for update`,
    [tx.tenantId, attemptId, transmission],
  );
  await tx.query(
    `update requeue_probe set asked_at = $4, answer = $5, words = $6, ask_at = $7, wanted_by = null
     where tenant_id = $1 and attempt_id = $2 and transmission = $3`,
    [tx.tenantId, attemptId, transmission, now, told.kind, told.words, askAt],
  );
  return before ?? null;
}

/** What is known of asking the target of an attempt; the fields match RequeueProbeType. */
export type ProbeRow = {
  askedAt: Date | null;
  answer: ProbeAnswer | null;
  words: string | null;
  askAgainAt: Date | null;
  asks: number;
};

/** Of attempts whose targets can be asked; null = theirs cannot. Fits Operation.loader. */
export async function findProbes(tx: Tx, attemptIds: readonly string[]): Promise<(ProbeRow | null)[]> {
  const rows = await tx.query<ProbeRow & { attemptId: string }>(
    `select a.attempt_id as "attemptId", p.asked_at as "askedAt", p.answer, p.words, p.ask_at as "askAgainAt",
            coalesce(p.asks, 0) as asks
     from requeue_attempt a
     join integration i on i.tenant_id = $1 and i.name = a.integration
     left join requeue_probe p on p.tenant_id = $1 and p.attempt_id = a.attempt_id
     where a.tenant_id = $1 and a.attempt_id = any($2::uuid[]) and (i.requeue_status_url is not null or p.asked_at is not null)`,
    [tx.tenantId, attemptIds],
  );
  const byId = new Map(rows.map(({ attemptId, ...row }) => [attemptId, row]));
  return attemptIds.map((id) => byId.get(id) ?? null);
}

/** Whether an attempt is one that its target can be asked about. */
export type Askable = { isUnknown: boolean; hasStatusCall: boolean };

export async function findAskable(tx: Tx, attemptId: string): Promise<Askable | null> {
  const [row] = await tx.query<Askable>(
    `select a.state = 'UNKNOWN' and a.finished_at is null as "isUnknown",
            coalesce(i.requeue_status_url is not null, false) as "hasStatusCall"
     from requeue_attempt a left join integration i on i.tenant_id = $1 and i.name = a.integration
     where a.tenant_id = $1 and a.attempt_id = $2`,
    [tx.tenantId, attemptId],
  );
  return row ?? null;
}

/** Has the target asked at once, because somebody wants it. */
export async function askAtOnce(tx: Tx, attemptId: string, wantedBy: string, now: Date): Promise<void> {
  await tx.query(
    `insert into requeue_probe (tenant_id, attempt_id, transmission, ask_at, wanted_by)
     select $1, a.attempt_id, a.transmissions, $3, $4 from requeue_attempt a where ${IS_UNKNOWN} and a.attempt_id = $2
     on conflict (tenant_id, attempt_id) do update
       set transmission = excluded.transmission, ask_at = excluded.ask_at, wanted_by = excluded.wanted_by`,
    [tx.tenantId, attemptId, now, wantedBy],
  );
}
