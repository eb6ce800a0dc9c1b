import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { request } from 'node:http';
import { percentile } from './percentiles.js';
import { type BenchStore, INGEST_KEY, openBenchStore } from './spans/bench-store.js';
import { cpuSeconds, peakResidentMib } from './spans/stack-processes.js';

/** How large the file is, how often it is measured, and where the database is kept. */
export type FileBenchOptions = { megabytes: number; runs: number; dataDir: string | undefined };

type Run = { seconds: number; extraMib: number; peakMib: number; cpu: number; records: number };

const MEBIBYTE = 1024 * 1024;
const READY_WITHIN_MS = 30_000;
const FORMAT = '/v1/files/camt.053';
const script = (relative: string): string => fileURLToPath(new URL(`../../../${relative}`, import.meta.url));

/**
 * A camt.053 of the wished size through the real port of a real collector, on a database of its own. Extra memory = the
 * largest resident size of the process less its resident size before the file, after a small file has warmed it up. A new
 * process for each run, so that the peak is that of the run.
 */
export async function measureFile(options: FileBenchOptions): Promise<void> {
  const store = await openBenchStore(options.dataDir ?? path.join(tmpdir(), 'throughline-bench-file'));
  try {
    const runs: Run[] = [];
    for (let turn = 0; turn < options.runs; turn += 1) {
      const run = await measureRun(store, options.megabytes * MEBIBYTE);
      console.log(
        `run ${turn + 1}: ${run.seconds.toFixed(1)} s, extra memory ${run.extraMib.toFixed(0)} MiB (peak ${run.peakMib.toFixed(0)} MiB), ${run.records} records, collector ${run.cpu.toFixed(1)} s of processor`,
      );
      runs.push(run);
    }
    const median = (of: (run: Run) => number): number => percentile(runs.map(of), 0.5);
    const [seconds, extra] = [median((run) => run.seconds), median((run) => run.extraMib)];
    console.log(
      `camt.053 of ${options.megabytes} MiB, median of ${runs.length}: ${seconds.toFixed(1)} s (${(options.megabytes / seconds).toFixed(1)} MiB/s), extra memory ${extra.toFixed(0)} MiB, peak ${median((run) => run.peakMib).toFixed(0)} MiB`,
    );
  } finally {
    await store.close();
  }
}

async function measureRun(store: BenchStore, bytes: number): Promise<Run> {
  const port = await freePort();
  const collector = spawn(
    process.execPath,
    ['--import', script('libs/observability/dist/register.js'), script('apps/collector/dist/main.js')],
    {
      env: {
        PATH: process.env['PATH'],
        NODE_ENV: 'production',
        DATABASE_URL: store.appUrl,
        COLLECTOR_HTTP_PORT: String(port),
        COLLECTOR_GRPC_PORT: '0',
        LOG_LEVEL: 'warn',
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  try {
    await untilReady(`http://127.0.0.1:${port}/readyz`);
    await send(port, MEBIBYTE);
    await sleep(1_000);
    const pid = collector.pid!;
    const [before, cpuBefore] = [residentMib(pid), cpuSeconds(pid)];
    const startedAt = performance.now();
    const { records } = await send(port, bytes);
    const seconds = (performance.now() - startedAt) / 1_000;
    const peakMib = peakResidentMib(pid);
    return { seconds, extraMib: peakMib - before, peakMib, cpu: cpuSeconds(pid) - cpuBefore, records };
  } finally {
    await stop(collector);
  }
}

async function send(port: number, bytes: number): Promise<{ records: number }> {
  const sending = request({
    host: '127.0.0.1',
    port,
    method: 'POST',
    path: `${FORMAT}?name=bench.xml`,
    headers: { authorization: `Bearer ${INGEST_KEY}`, 'content-type': 'application/xml' },
  });
  Readable.from(statementFile(bytes)).pipe(sending);
  const [response] = (await once(sending, 'response')) as [NodeJS.ReadableStream & { statusCode: number }];
  const pieces: Buffer[] = [];
  for await (const piece of response) pieces.push(Buffer.from(piece));
  const text = Buffer.concat(pieces).toString('utf8');
  if (response.statusCode !== 200) throw new Error(`the collector answered ${response.statusCode}: ${text}`);
  const answer = JSON.parse(text) as { records: number; duplicate: boolean; controls: { broken: number } };
  if (answer.duplicate || answer.controls.broken > 0) throw new Error(`not what was sent: ${text}`);
  return answer;
}

/** A statement of one account whose balances and totals are right; never the same twice. */
function* statementFile(bytes: number): Generator<string> {
  const id = `BENCH-${Date.now()}-${process.hrtime.bigint()}`;
  const account = '<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>';
  const balance = (code: string, cents: bigint): string =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${cents / 100n}.${String(cents % 100n).padStart(2, '0')}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-09-30</Dt></Dt></Bal>\n`;
  const count = Math.max(1, Math.round(bytes / entryOf(id, 100_000).length));
  // Entry n is n cents.
  const closing = 100_000n + (BigInt(count) * BigInt(count + 1)) / 2n;
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>${id}</MsgId><CreDtTm>2026-10-01T05:00:00Z</CreDtTm></GrpHdr>\n<Stmt><Id>${id}</Id><ElctrncSeqNb>1</ElctrncSeqNb>${account}\n`;
  yield balance('OPBD', 100_000n) + balance('CLBD', closing);
  let piece = '';
  for (let number = 1; number <= count; number += 1) {
    piece += entryOf(id, number);
    if (piece.length < 64 * 1024) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}</Stmt></BkToCstmrStmt></Document>\n`;
}

function entryOf(id: string, number: number): string {
  const amount = `${Math.floor(number / 100)}.${String(number % 100).padStart(2, '0')}`;
  return `<Ntry><NtryRef>${number}</NtryRef><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-09-30</Dt></BookgDt><ValDt><Dt>2026-09-30</Dt></ValDt><AcctSvcrRef>${id}-${number}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls><TxDtls><Refs><EndToEndId>E2E-${number}</EndToEndId></Refs><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><RltdPties><Dbtr><Pty><Nm>Customer ${number} GmbH und Co. KG</Nm><PstlAdr><TwnNm>Hamburg</TwnNm><Ctry>DE</Ctry></PstlAdr></Pty></Dbtr><DbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>Invoice ${number} of September 2026, thank you</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n`;
}

function residentMib(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
}

async function untilReady(url: string): Promise<void> {
  for (const end = Date.now() + READY_WITHIN_MS; ;) {
    const isReady = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return;
    if (Date.now() > end) throw new Error(`${url} did not become ready`);
    await sleep(100);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
