import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Activity, type ActivityObject, type ObjectType, activityId } from '@throughline/canonical';
import { createTestDatabase } from '@throughline/persistence/testing';
import { storeActivities } from './fact-writer.js';
import { newPipelineBench } from './testing/pipeline-bench.js';

jest.setTimeout(120_000);

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

const object = (type: ObjectType, qualifier: string): ActivityObject => ({
  type,
  qualifier,
  aliases: [{ system: 'erp', kind: 'number', scope: '', value: '1' }],
});

function said(type: string, system: string, minute: number, objects: ActivityObject[]): Activity {
  const id = activityId(`${type}/${system}/${minute}`, 0);
  return {
    activityId: id,
    type,
    occurredAt: `2026-10-01T10:${String(minute).padStart(2, '0')}:00.000Z`,
    outcome: 'success',
    system,
    integration: '',
    objects,
    links: objects.length > 1 ? [{ from: 1, to: 0, qualifier: 'bills' }] : [],
    runKey: id,
    signal: { kind: 'cloud-event', receivedOn: '2026-10-01', signalId: id },
    mapping: { name: 'test', version: 1, rule: 'test' },
  };
}

describe('a step that only accounting reaches', () => {
  it('is reached by the instance that accounting runs as, not by billing, and not by the hundredth word about it', async () => {
    const bench = await newPipelineBench(db);
    await bench.inTenant((tx) =>
      tx.query(
        `insert into source_system (tenant_id, name, kind, title)
         values ($1, 'ns-emea', 'netsuite', 'NetSuite EMEA'), ($1, 'zuora-emea', 'zuora', 'Zuora EMEA')`,
        [tx.tenantId],
      ),
    );
    const reachedAt = async () => {
      const { milestones } = await bench.read();
      const of = (name: string) => milestones.find((milestone) => milestone.name === name)?.reachedAt ?? null;
      return { issued: of('invoice-issued'), posted: of('invoice-posted') };
    };
    const tell = async (...activities: Activity[]) => {
      await bench.inTenant((tx) => storeActivities(tx, activities));
      await bench.settle();
    };
    const invoice = object('invoice', 'subject');
    await tell(
      said('billing-schedule.created', 'zuora-emea', 0, [object('billing-schedule', 'subject')]),
      said('invoice.posted', 'zuora-emea', 5, [invoice, object('billing-schedule', 'related')]),
    );
    expect(await reachedAt()).toEqual({ issued: '2026-10-01T10:05:00.000Z', posted: null });

    await tell(said('invoice.posted', 'ns-emea', 20, [invoice]));
    const both = { issued: '2026-10-01T10:05:00.000Z', posted: '2026-10-01T10:20:00.000Z' };
    expect(await reachedAt()).toEqual(both);

    // Of more than a dozen words about one object those that matter are read from the statements.
    await tell(
      ...Array.from({ length: 15 }, (_, index) => said('invoice.changed', 'zuora-emea', 30 + index, [invoice])),
    );
    expect(await reachedAt()).toEqual(both);
  });
});
