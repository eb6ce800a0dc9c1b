import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { percentile, summary } from '../percentiles.js';
import type { BenchStore } from '../spans/bench-store.js';
import { startStack } from '../spans/stack-processes.js';
import { StackClient } from '../stack-client.js';
import { listQuestions } from './list-questions.js';
import { type Order, QUESTIONS, type Question } from './questions.js';

const ADMIN = fileURLToPath(new URL('../../../../apps/api/dist/admin.js', import.meta.url));
const ASKED = 200;
/** Asked before anything is measured: plans, caches and compiled code are warm in earnest too. */
const WARM_UP = 20;
const REFERENCE_WITHIN_MS = 1_000;
const LEAST_TIMES = 5;
/** The server's counters are complete a second after the last statement. */
const COUNTED_AFTER_MS = 1_500;

/** Asks what people ask of the loaded history. */
export async function measureQuestions(store: BenchStore): Promise<void> {
  const orders = await chooseOrders(store, ASKED + WARM_UP);
  await askQuestions(store, [...QUESTIONS, ...listQuestions(new Date())], orders);
}

/**
 * Asks each question of many subjects through GraphQL, one at a time, beside the same answer by hand-written SQL under the same
 * role and row-level security; says times, their ratio, and the pages that a question touches, which tell growth without noise.
 */
export async function askQuestions<Subject>(
  store: BenchStore,
  questions: readonly Question<Subject>[],
  subjects: readonly Subject[],
): Promise<void> {
  const password = await makePerson(store);
  const stack = await startStack(store, undefined, ['api']);
  const byHand = new pg.Client({ connectionString: store.appUrl });
  await byHand.connect();
  await byHand.query(`select set_config('throughline.tenant_id', $1, false)`, [store.tenantId]);
  try {
    const apiUrl = `http://127.0.0.1:${stack.apiPort}`;
    const client = await StackClient.signIn({ apiUrl, collectorUrl: '', ingestKey: '', email: EMAIL, password });
    for (const question of questions) await measure(store, question, subjects, client, byHand);
  } finally {
    await byHand.end();
    await stack.stop();
  }
}

export const EMAIL = 'bench@throughline.example';

async function measure<Subject>(
  store: BenchStore,
  question: Question<Subject>,
  subjects: readonly Subject[],
  client: StackClient,
  byHand: pg.Client,
): Promise<void> {
  const ask = (subject: Subject) => client.query(question.document, question.variables(subject));
  const answer = (subject: Subject) => question.byHand(byHand, store.tenantId, subject);
  const measured = subjects.slice(WARM_UP, WARM_UP + (question.asked ?? ASKED));
  for (const subject of subjects.slice(0, WARM_UP)) await ask(subject);
  await timesOf(subjects.slice(0, WARM_UP), answer);
  await sleep(COUNTED_AFTER_MS);
  const before = await pagesTouched(store);
  const asked = await timesOf(measured, ask, Infinity);
  await sleep(COUNTED_AFTER_MS);
  const pages = (await pagesTouched(store)) - before;
  const reference = await timesOf(measured, answer);
  const p95 = percentile(asked, 0.95);
  console.log(summary(question.name, asked));
  console.log(
    `  p95 ${p95.toFixed(1)} ms (target ${question.targetMs}); ${(percentile(asked, 0.5) / percentile(reference, 0.5)).toFixed(2)} times the same by hand (median ${percentile(reference, 0.5).toFixed(2)} ms); ${(pages / asked.length).toFixed(0)} pages a question`,
  );
}

/** Of each subject in turn; of a slow reference no more than its median needs. */
async function timesOf<Subject>(
  subjects: readonly Subject[],
  ask: (subject: Subject) => Promise<unknown>,
  withinMs = REFERENCE_WITHIN_MS,
): Promise<number[]> {
  const times: number[] = [];
  const begunAt = performance.now();
  for (const subject of subjects) {
    if (times.length >= LEAST_TIMES && performance.now() - begunAt > withinMs) break;
    const startedAt = performance.now();
    await ask(subject);
    times.push(performance.now() - startedAt);
  }
  return times;
}

async function pagesTouched(store: BenchStore): Promise<number> {
  const { rows } = await store.owner.query<{ pages: string }>(
    'select blks_hit + blks_read as pages from pg_stat_database where datname = current_database()',
  );
  return Number(rows[0]?.pages ?? 0);
}

/** Orders from all over the history, each with its contract and a hub. */
async function chooseOrders(store: BenchStore, count: number): Promise<Order[]> {
  const { rows } = await store.owner.query<Order>(
    `with hub as (
       select object_id from object_alias where tenant_id = $1 and value = 'G0/EUR' limit 1
     ), bounds as (
       select count(*)::int as transactions from business_transaction where tenant_id = $1
     ), chosen as (
       select 'C-H' || lpad(((n + 0.5) * bounds.transactions / $2)::int::text, 8, '0') as contract from bounds, generate_series(0, $2 - 1) as n
     )
     select substr(c.contract, 3) as number, t.transaction_id as "transactionId", v.object_id as "contractId", hub.object_id as "hubId"
     from chosen c join object_alias v on v.tenant_id = $1 and v.value = c.contract
     join business_transaction t on t.tenant_id = $1 and t.anchor_object_id = v.object_id, hub
     order by md5(c.contract)`,
    [store.tenantId, count],
  );
  if (rows.length < count) throw new Error(`only ${rows.length} of ${count} orders were found`);
  return rows;
}

/** A person, made as an operator makes the first one; answers the password. */
export async function makePerson(store: BenchStore, role = 'controller', email = EMAIL): Promise<string> {
  await store.owner.query(`delete from person where tenant_id = $1 and email = $2`, [store.tenantId, email]);
  const given = ['create-administrator', '--email', email, '--tenant', store.tenantId];
  const { stdout } = await promisify(execFile)(process.execPath, [ADMIN, ...given], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: store.appUrl,
      THROUGHLINE_SECRET_KEY: randomBytes(32).toString('base64'),
    },
  });
  const password = /^password\s+(\S+)$/m.exec(stdout)?.[1];
  if (password === undefined) throw new Error('no password was printed for the administrator');
  // An administrator sees no transactions.
  await store.owner.query(`update person set roles = array[$3] where tenant_id = $1 and email = $2`, [
    store.tenantId,
    email,
    role,
  ]);
  return password;
}
