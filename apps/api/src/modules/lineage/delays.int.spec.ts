import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { happyPaths, missingMappingTwice } from '@throughline/scenarios';
import { startApi, type ApiHarness, type Client } from '../../testing/api-harness.js';
import { PipelineBench } from './pipeline/testing/pipeline-bench.js';

// a Friday, long after the stories
const NOW = '2026-10-09T10:00:00.000Z';
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

type Segment = {
  from: string;
  until: string;
  reason: string | null;
  kindTitle: string;
  durationMs: number;
  businessMs: number;
  system: string;
  systemTitle: string;
  integration: string;
  milestoneTitle: string | null;
};
type Path = {
  from: string;
  until: string;
  isRunning: boolean;
  durationMs: number;
  businessMs: number;
  waitingMs: number;
  calendar: string;
  timeZone: string;
  segments: Segment[];
};
type Part = { key: string; title: string; durationMs: number; businessMs: number; waitingMs: number; share: number };
type Breakdown = {
  dimension: string;
  durationMs: number;
  businessMs: number;
  parts: (Part & { transactions: number })[];
};
type Node = { anchor: { key: string }; criticalPath: Path; delays: Breakdown[] };

const WAYS = `query ($by: [DelayDimension!]) {
  transactions(first: 50) { edges { node {
    anchor { key }
    criticalPath {
      from until isRunning durationMs businessMs waitingMs calendar timeZone
      segments { from until reason kindTitle durationMs businessMs system systemTitle integration milestoneTitle }
    }
    delays(by: $by) { dimension durationMs businessMs parts { key title durationMs businessMs waitingMs share transactions } }
  } } }
}`;

const POPULATION = `query ($filter: TransactionFilter, $by: [DelayDimension!]) {
  delayAttribution(filter: $filter, by: $by) {
    transactions matching isSample basis
    breakdowns { dimension durationMs businessMs parts { key title durationMs businessMs waitingMs share transactions } }
  }
}`;

const DELAYED = `query ($dimension: DelayDimension!, $key: String!, $filter: TransactionFilter) {
  delayedTransactions(dimension: $dimension, key: $key, filter: $filter) {
    transaction { anchor { key } } durationMs waitingMs
  }
}`;

describe('where the time of transactions went', () => {
  let api: ApiHarness;
  let client: Client;
  let nodes: Map<string, Node>;

  beforeAll(async () => {
    api = await startApi({ clock: () => new Date(NOW) });
    await api.addPerson(api.test.tenantId, 'ana@acme.example', 'analyst');
    client = await api.signIn('ana@acme.example');
    const bench = new PipelineBench(api.test.database, api.test.tenantId);
    await bench.addEntities();
    await bench.inTenant((tx) =>
      tx.query(
        `insert into source_system (tenant_id, name, kind, title) values ($1, 'sap-s4hana', 'sap-s4hana', 'SAP S/4HANA'),
                ($1, 'salesforce', 'salesforce', 'Salesforce'), ($1, 'kyriba', 'kyriba', 'Kyriba')`,
        [tx.tenantId],
      ),
    );
    await bench.store([...happyPaths, missingMappingTwice].flatMap(({ signals }) => signals));
    await bench.settle();
    const { transactions } = await client.ask<{ transactions: { edges: { node: Node }[] } }>(WAYS, {
      by: ['KIND', 'SYSTEM', 'INTEGRATION', 'HOP', 'REGION', 'LEGAL_ENTITY', 'REASON'],
    });
    nodes = new Map(transactions.edges.map(({ node }) => [node.anchor.key, node]));
  });
  afterAll(() => api.close());

  const day = (instant: string) => instant.slice(8, 19).replace('T', ' ');

  it('is told of one that ended, with what it waited for', () => {
    const { segments, ...path } = nodes.get('C-10001')!.criticalPath;
    const told = segments.map(
      ({ from, until, reason, systemTitle, milestoneTitle }) =>
        `${day(from)} > ${day(until)} ${reason ?? 'work'} ${systemTitle}: ${milestoneTitle}`,
    );
    // business hours in Berlin are 05:00 to 16:00 UTC; the run that made the order began at 08:05:00
    expect(told).toEqual([
      '30 08:00:00 > 30 08:05:00 QUEUE SAP S/4HANA: Order accepted in ERP',
      '30 08:05:00 > 30 08:05:01 work SAP S/4HANA: Order accepted in ERP',
      '30 08:05:01 > 30 08:05:02 work sap-integration: Invoice posted',
      '30 08:05:02 > 30 15:30:00 QUEUE SAP S/4HANA: Invoice posted',
      '30 15:30:00 > 01 15:00:00 UPSTREAM_MISSING Kyriba: Payment received',
      '01 15:00:00 > 01 16:00:00 QUEUE SAP S/4HANA: Payment applied',
      '01 16:00:00 > 02 04:00:00 CALENDAR_CLOSED SAP S/4HANA: Payment applied',
    ]);
    expect(path).toEqual({
      from: '2026-09-30T08:00:00.000Z',
      until: '2026-10-02T04:00:00.000Z',
      isRunning: false,
      durationMs: 44 * HOUR,
      // 8 hours of Wednesday and 11 of Thursday
      businessMs: 19 * HOUR,
      waitingMs: 44 * HOUR - 2 * SECOND,
      calendar: 'T2 (TARGET), euro',
      timeZone: 'Europe/Berlin',
    });
  });

  it('is told of one that is stuck, until now', () => {
    const { segments, ...path } = nodes.get('C-10002')!.criticalPath;
    expect(path).toMatchObject({ isRunning: true, until: NOW });
    const retries = segments.filter(({ reason }) => reason === 'RETRY');
    expect(retries[0]).toMatchObject({ integration: 'salesforce-contract-to-order', kindTitle: 'Middleware retry' });
    expect(segments.at(-1)).toMatchObject({ reason: 'RETRY', until: NOW, milestoneTitle: 'Order accepted in ERP' });
  });

  it('adds up, in every way of telling it apart', () => {
    expect(nodes.size).toBe(5);
    for (const { criticalPath, delays } of nodes.values()) {
      const { segments, from, until, durationMs, businessMs } = criticalPath;
      expect([from, ...segments.map((segment) => segment.until)]).toEqual([
        ...segments.map((segment) => segment.from),
        until,
      ]);
      expect(delays).toHaveLength(7);
      for (const { parts, ...whole } of [...delays, { ...criticalPath, parts: segments }]) {
        expect([whole.durationMs, whole.businessMs]).toEqual([durationMs, businessMs]);
        expect(parts.reduce((sum, part) => sum + part.durationMs, 0)).toBe(durationMs);
        expect(parts.reduce((sum, part) => sum + part.businessMs, 0)).toBe(businessMs);
      }
    }
  });

  it('is told apart by kind and by system in one transaction', () => {
    const [byKind, bySystem] = nodes.get('C-10001')!.delays;
    expect(byKind?.parts.map(({ title, durationMs }) => [title, durationMs])).toEqual([
      ['Waiting for others', 23.5 * HOUR],
      ['Outside business hours', 12 * HOUR],
      ['ERP posting queue', 8 * HOUR + 30 * MINUTE - SECOND],
      ['Another system', SECOND],
    ]);
    expect(bySystem?.parts.map(({ key, title }) => [key, title])).toEqual([
      ['kyriba', 'Kyriba'],
      ['sap-s4hana', 'SAP S/4HANA'],
      ['sap-integration', 'sap-integration'],
    ]);
  });

  it('is told of a population, which the answer names', async () => {
    const ask = async (variables: Record<string, unknown>) =>
      (
        await client.ask<{
          delayAttribution: {
            transactions: number;
            matching: number;
            isSample: boolean;
            basis: string;
            breakdowns: Breakdown[];
          };
        }>(POPULATION, variables)
      ).delayAttribution;
    const all = await ask({ by: ['REGION', 'LEGAL_ENTITY', 'HOP', 'KIND'] });
    expect(all).toMatchObject({ transactions: 5, matching: 5, isSample: false });
    expect(all.basis).toContain('All matching transactions');
    const total = [...nodes.values()].reduce((sum, { criticalPath }) => sum + criticalPath.durationMs, 0);
    for (const { durationMs, parts } of all.breakdowns) {
      expect(durationMs).toBe(total);
      expect(parts.reduce((sum, part) => sum + part.durationMs, 0)).toBe(total);
    }
    expect(all.breakdowns[0]?.parts.map(({ key }) => key).sort()).toEqual(['BR', 'DE', 'SG', 'US']);
    const ofUs = await ask({ filter: { legalEntities: ['US01'] }, by: ['LEGAL_ENTITY'] });
    expect(ofUs).toMatchObject({ transactions: 1, matching: 1 });
    expect(ofUs.breakdowns[0]?.parts).toMatchObject([{ key: 'US01', share: 1, transactions: 1 }]);
  });

  it('is told of each part by the transactions that it is made of', async () => {
    type Delayed = { transaction: { anchor: { key: string } }; durationMs: number; waitingMs: number }[];
    const dimensions = ['SYSTEM', 'LEGAL_ENTITY', 'INTEGRATION'];
    const { delayAttribution } = await client.ask<{ delayAttribution: { breakdowns: Breakdown[] } }>(POPULATION, {
      by: dimensions,
    });
    for (const { dimension, parts } of delayAttribution.breakdowns) {
      for (const { key, durationMs, waitingMs, transactions } of parts) {
        const { delayedTransactions: found } = await client.ask<{ delayedTransactions: Delayed }>(DELAYED, {
          dimension,
          key,
        });
        const sum = (read: (one: Delayed[number]) => number) => found.reduce((total, one) => total + read(one), 0);
        expect([dimension, key, found.length, sum((one) => one.durationMs), sum((one) => one.waitingMs)]).toEqual([
          dimension,
          key,
          transactions,
          durationMs,
          waitingMs,
        ]);
        expect(found.map((one) => one.durationMs)).toEqual(found.map((one) => one.durationMs).sort((a, b) => b - a));
      }
    }
    const { delayedTransactions: ofUs } = await client.ask<{ delayedTransactions: Delayed }>(DELAYED, {
      dimension: 'SYSTEM',
      key: 'kyriba',
      filter: { legalEntities: ['US01'] },
    });
    expect(ofUs).toHaveLength(1);
    const [first] = ofUs;
    const way = nodes.get(first?.transaction.anchor.key ?? '');
    expect(way?.delays[1]?.parts.find(({ key }) => key === 'kyriba')?.durationMs).toBe(first?.durationMs);
  });

  it('is told to nobody who is not signed in', async () => {
    for (const query of [WAYS, POPULATION, 'query { delayedTransactions(dimension: KIND, key: "") { durationMs } }']) {
      const { errors } = await api.anonymous.send(query);
      expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    }
  });
});
