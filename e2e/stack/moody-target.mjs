// A target of requeues in a process of its own: it hangs, answers late, drops connections, says "later", and keeps on disk what it
// applied. Told by its environment: PORT, JOURNAL (a file), SEED, COLLECTOR_URL, INGEST_KEY, LATE_MS.
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const { PORT, JOURNAL, SEED, COLLECTOR_URL, INGEST_KEY } = process.env;
const LATE_MS = Number(process.env.LATE_MS);

const SHARES = [
  ['takes', 0.82],
  ['hangs', 0.03],
  ['answers late', 0.03],
  ['drops the connection', 0.04],
  ['is away', 0.04],
  ['has too much to do', 0.04],
];
/** From this transmission on it behaves: nothing is tried for ever. */
const BEHAVES_FROM = 5;
/** This share of the items fails again the first time. */
const FAILS = 0.02;
const TOLD_TWICE = 0.1;
const TELL_EVERY_MS = 200;
const TOLD_AT_ONCE = 200;

/** In [0, 1), the same for the same words. */
const drawn = (...words) =>
  createHash('sha256')
    .update([SEED, ...words].join(' '))
    .digest()
    .readUInt32BE() /
  2 ** 32;

/** Idempotency key → how often it came, whether it was applied, and the hash of its bytes. */
const known = new Map();
const untold = [];
for (const line of existsSync(JOURNAL) ? readFileSync(JOURNAL, 'utf8').split('\n') : []) {
  // the last line of a process that was killed may be half written: that transmission was not answered
  if (!line.endsWith('}')) continue;
  const entry = JSON.parse(line);
  remember(entry);
  // whether the one before told it is not known: told again, as senders do
  if (entry.isApplied) untold.push(entry);
}
if (existsSync(JOURNAL)) appendFileSync(JOURNAL, '\n');

function remember({ key, hash, isApplied }) {
  const before = known.get(key) ?? { transmissions: 0, isApplied: false, hash };
  if (before.hash !== hash) throw new Error(`${key} came with other bytes`);
  known.set(key, { hash, transmissions: before.transmissions + 1, isApplied: before.isApplied || isApplied });
}

function moodOf(key, nth) {
  if (nth + 1 >= BEHAVES_FROM) return 'takes';
  let rest = drawn(key, nth);
  return SHARES.find(([, share]) => (rest -= share) < 0)?.[0] ?? 'takes';
}

function answer(request, response, body) {
  const keepsKeys = request.url.endsWith('/keeps-keys');
  const key = request.headers['idempotency-key'];
  const { requeueId, attempt, integration, object } = JSON.parse(body);
  const before = known.get(key);
  const mood = moodOf(`${object.key}.${String(attempt)}`, before?.transmissions ?? 0);
  const isReached = !['hangs', 'is away', 'has too much to do'].includes(mood);
  const isRepeated = keepsKeys && before?.isApplied === true;
  const entry = {
    at: Date.now(),
    key,
    hash: createHash('sha256').update(body).digest('hex'),
    item: object.key,
    attempt,
    requeueId,
    integration,
    mood,
    isApplied: isReached && !isRepeated,
    isSuccess: attempt > 1 || drawn(object.key, 'fails') >= FAILS,
  };
  // on disk before anybody hears of it
  appendFileSync(JOURNAL, `${JSON.stringify(entry)}\n`);
  remember(entry);
  if (entry.isApplied) untold.push(entry);
  if (mood === 'hangs') return;
  if (mood === 'is away') return void response.writeHead(503).end();
  if (mood === 'has too much to do') return void response.writeHead(429, { 'retry-after': '1' }).end();
  if (mood === 'drops the connection') return void response.destroy();
  setTimeout(() => response.writeHead(isRepeated ? 409 : 202).end(), mood === 'answers late' ? LATE_MS : 0);
}

/** What became of a send, for a sender that got no answer. */
function answerStatus(request, response) {
  const entry = known.get(request.headers['idempotency-key']);
  response.writeHead(200).end(JSON.stringify({ status: entry?.isApplied === true ? 'applied' : 'not-applied' }));
}

const server = createServer((request, response) => {
  if (request.method === 'GET') return answerStatus(request, response);
  let body = '';
  request.setEncoding('utf8').on('data', (chunk) => (body += chunk));
  request.on('end', () => answer(request, response, body));
  request.on('error', () => undefined);
});
server.listen(Number(PORT), '127.0.0.1');

function eventOf(entry, copy) {
  const outcome = entry.isSuccess
    ? {}
    : { outcome: 'failure', problem: { code: 'platform.vendor-outage', message: `Order ${entry.item} was not taken` } };
  return {
    specversion: '1.0',
    id: `${entry.key}:${String(entry.at)}:${copy}`,
    source: '/moody-target',
    type: 'finance.sales-order.accepted',
    time: new Date(entry.at).toISOString(),
    datacontenttype: 'application/json',
    throughlinerequeueid: entry.requeueId,
    data: {
      system: 'sap-s4hana',
      integration: entry.integration,
      objects: [
        {
          type: 'sales-order',
          keys: [{ kind: 'sales-order', value: entry.item }],
          legalEntity: 'DE01',
          amount: { amount: '10.00', currency: 'EUR' },
          direction: 'inflow',
        },
      ],
      ...outcome,
    },
  };
}

/** Tells what it applied, until it is acknowledged; a tenth of it twice, under another id. */
for (;;) {
  const entries = untold.splice(0, TOLD_AT_ONCE);
  if (entries.length === 0) {
    await sleep(TELL_EVERY_MS);
    continue;
  }
  const events = entries.flatMap((entry) =>
    drawn(entry.key, 'told twice') < TOLD_TWICE ? [eventOf(entry, 'a'), eventOf(entry, 'b')] : [eventOf(entry, 'a')],
  );
  for (let isTold = false; !isTold;) {
    isTold = await fetch(`${COLLECTOR_URL}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents-batch+json', authorization: `Bearer ${INGEST_KEY}` },
      body: JSON.stringify(events),
      signal: AbortSignal.timeout(30_000),
    }).then(
      async (told) => (await told.text(), told.ok),
      () => false,
    );
    if (!isTold) await sleep(TELL_EVERY_MS);
  }
}
