import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EMAIL, makePerson } from '../lineage/measure-questions.js';
import { openBenchStore } from '../spans/bench-store.js';
import { startStack } from '../spans/stack-processes.js';
import { StackClient } from '../stack-client.js';
import { countExceptions, fillExceptions, type ExceptionCounts } from './fill-exceptions.js';

const FREEZE_TARGET_S = 5;
const LOOK_EVERY_MS = 250;

/** The least that is written of each, and an act that rewrites its row. */
const ACTS = [
  { kind: 'NOTE', reason: 'measured' },
  { kind: 'PRIORITISE', band: 'P2', reason: 'measured' },
] as const;

const SELECTION = { filter: { states: ['OPEN'] } };

const PREVIEW = `query ($selection: BulkSelection!, $act: BulkActInput!) {
  previewBulkAct(selection: $selection, act: $act) { ... on BulkActPreview { count hash } } }`;
const SUBMIT = `mutation ($selection: BulkSelection!, $act: BulkActInput!, $previewed: BulkPreviewed!) {
  submitBulkAct(selection: $selection, act: $act, previewed: $previewed) {
    ... on BulkActAccepted { bulkAct { id } } ... on BulkActFailure { code message } } }`;
const LOOK = 'query ($id: ID!) { bulkAct(id: $id) { state done outcomes { outcome count } } }';

type Looked = { bulkAct: { state: string; done: number; outcomes: { outcome: string; count: number }[] } };

/** Measures how long a selection takes to be looked at and frozen, and how many exceptions a second are acted on then. */
export async function measureBulkActs({
  dataDir,
  open,
  closed,
}: ExceptionCounts & { dataDir: string | undefined }): Promise<void> {
  const store = await openBenchStore(dataDir ?? path.join(tmpdir(), `throughline-bench-exceptions-${open}-${closed}`));
  try {
    if ((await countExceptions(store)) === 0) await fillExceptions(store, { open, closed });
    const password = await makePerson(store, 'analyst');
    const stack = await startStack(store, undefined, ['api', 'worker']);
    try {
      const apiUrl = `http://127.0.0.1:${stack.apiPort}`;
      const client = await StackClient.signIn({ apiUrl, collectorUrl: '', ingestKey: '', email: EMAIL, password });
      for (const act of ACTS) await measureAct(client, act);
    } finally {
      await stack.stop();
    }
    await store.owner.query('vacuum analyze exception');
  } finally {
    await store.close();
  }
}

async function measureAct(client: StackClient, act: (typeof ACTS)[number]): Promise<void> {
  const [previewed, lookedS] = await timed(async () => {
    const asked = { selection: SELECTION, act };
    const answer = await client.query<{ previewBulkAct: { count: number; hash: string } }>(PREVIEW, asked);
    return answer.previewBulkAct;
  });
  const [submitted, frozenS] = await timed(() =>
    client.query<{ submitBulkAct: { bulkAct?: { id: string }; message?: string } }>(SUBMIT, {
      selection: SELECTION,
      act,
      previewed,
    }),
  );
  const id = submitted.submitBulkAct.bulkAct?.id;
  if (id === undefined) throw new Error(submitted.submitBulkAct.message);
  const [outcomes, actedS] = await timed(() => untilDone(client, id));
  const perSecond = previewed.count / actedS;
  console.log(
    `${act.kind} with ${previewed.count} exceptions: previewed in ${lookedS.toFixed(2)} s, frozen in ${frozenS.toFixed(2)} s (target ${FREEZE_TARGET_S}), done in ${actedS.toFixed(1)} s: ${perSecond.toFixed(0)} a second (${outcomes})`,
  );
}

async function untilDone(client: StackClient, id: string): Promise<string> {
  for (;;) {
    const { bulkAct } = await client.query<Looked>(LOOK, { id });
    if (bulkAct.state.startsWith('DONE')) {
      return bulkAct.outcomes.map(({ outcome, count }) => `${outcome} ${count}`).join(', ');
    }
    await sleep(LOOK_EVERY_MS);
  }
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const startedAt = performance.now();
  const answer = await work();
  return [answer, (performance.now() - startedAt) / 1_000];
}
