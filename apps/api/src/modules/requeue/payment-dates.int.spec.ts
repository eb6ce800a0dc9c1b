import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ObjectType } from '@throughline/canonical';
import { storyObject, type StoryObject } from '../../testing/story-facts.js';
import { PipelineBench } from '../lineage/pipeline/testing/pipeline-bench.js';
import { ApprovalStory, person } from './testing/approval-story.js';
import { RequeueStory } from './testing/requeue-story.js';
import { planRequeueOf } from './usecases/read-plan.js';

const fixture = (name: string): string =>
  readFileSync(
    fileURLToPath(new URL(`../../../../../libs/ingest/fixtures/files/constructed/${name}`, import.meta.url)),
    'utf8',
  );

/** Three payments in EUR that are to be executed on 1 October, told on 30 September at 10:00 UTC. */
const TRANSFERS = fixture('pain001-v09-repeated-end-to-end-id.xml');

let base: RequeueStory;
let story: ApprovalStory;

beforeEach(async () => {
  base = await RequeueStory.begin({ url: 'http://127.0.0.1:9/requeue' });
  story = new ApprovalStory(base);
});

afterEach(async () => {
  await base.db.close();
});

const sql = <T extends object>(statement: string, parameters: unknown[] = []) =>
  base.database.withTenant(base.db.tenantId, (tx) => tx.query<T>(statement, [tx.tenantId, ...parameters]));

/** What a pain.001 file tells, mapped and projected. */
async function tellTransfers(): Promise<void> {
  const bench = new PipelineBench(base.database, base.db.tenantId);
  await bench.store([
    {
      name: 'transfers',
      protocol: 'file',
      headers: { 'content-type': 'application/xml' },
      format: 'pain.001',
      source: 'kyriba',
      fileName: 'transfers.xml',
      receivedAt: '2026-09-30T10:00:00Z',
      body: TRANSFERS,
    },
  ]);
  await bench.settle();
}

/** The failure of a document that a file told of, on its way through an integration. */
async function failedOf(type: ObjectType): Promise<string> {
  const [object] = await sql<StoryObject>(
    `select object_id as "objectId", type, key from business_object
     where tenant_id = $1 and type = $2 and attributes ? 'requestedDate' order by object_id limit 1`,
    [type],
  );
  await base.facts(async (facts) => {
    await facts.problem(object!);
    await facts.activity(object!, { outcome: 'failure', minute: 1, payloadJson: '{}' });
  });
  await base.project('exceptions', [object!]);
  return (await base.exceptions()).find(({ objectId }) => objectId === object!.objectId)!.id;
}

/** Why it would be left out at a time; null = it would go. */
async function whyAt(id: string, time: string): Promise<string | null> {
  const now = new Date(time);
  const { items } = await base.database.withTenant(
    base.db.tenantId,
    (tx) => planRequeueOf(tx, [id], base.secretKey, {}, now),
    { readOnly: true },
  );
  const [item] = items;
  return item?.code === null ? null : `${item?.code}: ${item?.reason}`;
}

const withoutExpectations = () =>
  sql(`update milestone set due_at = null where tenant_id = $1 and rule_kind = 'expectation'`);

describe('the execution date that a pain.001 file asks for', () => {
  it.each<ObjectType>(['payment', 'payment-batch'])(
    'stops a %s once its day is over where it is paid',
    async (type) => {
      await tellTransfers();
      const id = await failedOf(type);
      await withoutExpectations();
      expect(await whyAt(id, '2026-10-01T21:59:00Z')).toBeNull();
      // past midnight in Berlin
      expect(await whyAt(id, '2026-10-01T22:01:00Z')).toMatch(/^CARRY_FORWARD_NEEDED: Its execution date 2026-10-01 /);
    },
  );

  it('ends with the day of the entity whose account pays', async () => {
    await tellTransfers();
    const id = await failedOf('payment');
    await withoutExpectations();
    await sql(
      `insert into legal_entity (tenant_id, code, name, country, currency, calendar, time_zone)
       values ($1, 'US01', 'US01', 'US', 'EUR', 'US-FED', 'America/New_York')`,
    );
    await sql(`update business_object set legal_entity = 'US01' where tenant_id = $1 and type = 'bank-account'`);
    expect(await whyAt(id, '2026-10-02T03:59:00Z')).toBeNull();
    expect(await whyAt(id, '2026-10-02T04:01:00Z')).toContain('CARRY_FORWARD_NEEDED');
  });

  it('is not the only one: the bank should have accepted its batch by then', async () => {
    await tellTransfers();
    const id = await failedOf('payment');
    expect(await whyAt(id, '2026-09-30T11:59:00Z')).toBeNull();
    expect(await whyAt(id, '2026-09-30T12:01:00Z')).toMatch(/^CARRY_FORWARD_NEEDED: Its cut-off /);
  });
});

it('of an order to pay that stands in the payload of another document counts as well', async () => {
  const payload = (date: string) => JSON.stringify(TRANSFERS.replaceAll('2026-10-01', date));
  const late = await story.failed('O-7', '5.00', 'sales-order', payload('2026-09-29'));
  const inTime = await story.failed('O-8', '5.00', 'sales-order', payload('2026-09-30'));
  expect(await whyAt(late, '2026-09-30T12:00:00Z')).toMatch(/^CARRY_FORWARD_NEEDED: Its execution date 2026-09-29 /);
  expect(await whyAt(inTime, '2026-09-30T12:00:00Z')).toBeNull();

  const [maker, treasurer] = [await person(base, 'Ana', 'analyst'), await person(base, 'Emil', 'treasurer')];
  const request = await story.asked(maker, [inTime]);
  base.now = new Date('2026-10-01T12:00:00Z');
  expect(await story.approve(treasurer, request)).toMatchObject({ code: 'CARRY_FORWARD_NEEDED' });
});

it('stops for an explicit carry-forward, also when the date passes while it waits for approval', async () => {
  const [maker, treasurer] = [await person(base, 'Ana', 'analyst'), await person(base, 'Emil', 'treasurer')];
  await tellTransfers();
  const id = await failedOf('payment');
  await withoutExpectations();
  const request = await story.asked(maker, [id]);
  base.now = new Date('2026-10-02T06:00:00Z');
  expect(await story.approve(treasurer, request)).toMatchObject({ code: 'CARRY_FORWARD_NEEDED' });
  await story.reject(treasurer, request);
  expect(await story.request(maker, [id])).toMatchObject({ kind: 'failure', code: 'CARRY_FORWARD_NEEDED' });
  const again = await story.asked(maker, [id], { passedDates: true });
  expect(again.isCarriedForward).toBe(true);
  expect(await story.approve(treasurer, again)).toMatchObject({ kind: 'decided' });
});

it('is stopped by a date that passes after it was carried forward, as that was no date to accept yet', async () => {
  const [maker, treasurer] = [await person(base, 'Ana', 'analyst'), await person(base, 'Emil', 'treasurer')];
  await tellTransfers();
  const id = await failedOf('payment');
  await withoutExpectations();
  const request = await story.asked(maker, [id], { passedDates: true });
  base.now = new Date('2026-10-02T06:00:00Z');
  expect(await story.approve(treasurer, request)).toMatchObject({ code: 'CARRY_FORWARD_NEEDED' });
});

it('of a document that moves no money stops nothing', async () => {
  const id = await story.failed('INV-7', '5.00', 'invoice');
  await sql(
    `update business_object set attributes = '{"dueDate": "2026-09-01"}' where tenant_id = $1 and object_id = $2`,
    [storyObject('invoice', 'INV-7').objectId],
  );
  expect(await whyAt(id, '2026-09-30T12:00:00Z')).toBeNull();
});
