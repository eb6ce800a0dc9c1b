import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ObjectType } from '@throughline/canonical';
import { createTestDatabase, type TestDatabase } from '@throughline/persistence/testing';
import { ALL_STORIES } from '@throughline/scenarios';
import { storeActivities } from '../lineage/pipeline/fact-writer.js';
import { replaceFacts } from '../lineage/pipeline/remapping/replace-facts.js';
import { newPipelineBench, type PipelineBench } from '../lineage/pipeline/testing/pipeline-bench.js';
import { activityOf, type Said } from '../lineage/pipeline/testing/said-activity.js';
import { createExceptionsConsumer } from './exceptions.events.js';

const exceptions = createExceptionsConsumer({ clock: () => new Date('2026-10-05T12:00:00.000Z') });

let db: TestDatabase;
let bench: PipelineBench;

beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(async () => {
  bench = await newPipelineBench(db);
});
afterAll(() => db.close());

const settle = async () => {
  await bench.settle();
  await bench.tell(exceptions);
};
const say = async (...said: Said[]) => {
  await bench.inTenant((tx) => storeActivities(tx, said.map(activityOf)));
  await settle();
};
const unsay = async (said: Said) => {
  const { signalId } = activityOf(said).signal;
  await bench.inTenant((tx) => replaceFacts(tx, { signalIds: [signalId], activities: [], copies: [] }));
  await settle();
};

type Shown = {
  id: string;
  subject: string;
  hop: string;
  taxonomy: string;
  state: string;
  resolution: string | null;
  queue: string;
  money: string | null;
  steps: string[];
};

const shown = () =>
  bench.inTenant((tx) =>
    tx.query<Shown>(
      `select e.exception_id as id, e.object_type || ' ' || e.object_key as subject, e.hop, e.taxonomy, e.state, e.resolution, e.queue,
              e.amount || ' ' || e.currency as money,
              (select array_agg(v.kind order by v.ordinal) from exception_event v
               where v.tenant_id = $1 and v.exception_id = e.exception_id) as steps
       from exception e where e.tenant_id = $1 order by e.taxonomy, subject`,
      [tx.tenantId],
    ),
  );

const named = (type: ObjectType, name: string, over: Partial<Said['objects'][number]> = {}) => ({
  type,
  names: [name],
  ...over,
});
const money = (amount: string) => ({ amount: { amount, currency: 'EUR' } });

const CHANGE: Said = {
  id: 'change',
  at: '2026-10-01T08:00:00.000Z',
  objects: [named('person', 'erp1'), named('bank-account', 'erp7')],
  link: { qualifier: 'bank-details-changed-by' },
};
const PAY: Said = {
  id: 'pay',
  at: '2026-10-01T09:00:00.000Z',
  objects: [named('bank-account', 'erp7'), named('payment', 'tms1', money('18400.00'))],
  link: { qualifier: 'paid-to' },
};
const RELEASE: Said = {
  id: 'release',
  at: '2026-10-01T10:00:00.000Z',
  objects: [named('person', 'erp1'), named('payment', 'tms1')],
  link: { qualifier: 'released-by' },
};

describe('a finding that needs somebody’s act', () => {
  it('opens an exception, ends it when it is gone, and opens the same one when it comes back', async () => {
    await say(CHANGE, PAY);
    expect(await shown()).toEqual([]);
    await say(RELEASE);
    const [opened, ...others] = await shown();
    expect(others).toEqual([]);
    expect(opened).toMatchObject({
      subject: 'payment tms1',
      hop: 'duties',
      taxonomy: 'business-control.segregation-of-duties',
      state: 'OPEN',
      queue: 'approval',
      money: '18400.00 EUR',
    });
    await unsay(RELEASE);
    expect(await shown()).toMatchObject([{ id: opened?.id, state: 'RESOLVED', resolution: 'VANISHED' }]);
    await say({ ...RELEASE, id: 'release again', at: '2026-10-02T10:00:00.000Z' });
    expect(await shown()).toMatchObject([
      { id: opened?.id, state: 'OPEN', resolution: null, steps: ['opened', 'resolved', 'reopened'] },
    ]);
  });

  it('opens one about master data, of which no document speaks, and follows two customers that become one', async () => {
    const terms = (id: string, by: string, name: string, paymentTerms: string): Said => ({
      id,
      by,
      objects: [named('customer', name, { attributes: { paymentTerms } })],
    });
    await say(terms('owner', 'sap-s4hana', 'erp1', 'Z030'));
    await say({ ...terms('change', 'salesforce', 'erp1', 'Z060'), at: '2026-10-02T09:00:00.000Z' });
    expect(await shown()).toMatchObject([
      { subject: 'customer erp1', hop: 'master-data', state: 'OPEN', queue: 'master-data', money: '0.00 EUR' },
    ]);
    await say({ id: 'one', objects: [{ type: 'customer', names: ['crm9', 'erp1'] }] });
    expect(await shown()).toMatchObject([{ state: 'OPEN' }]);
    await say({ ...terms('taken over', 'sap-s4hana', 'erp1', 'Z060'), at: '2026-10-03T09:00:00.000Z' });
    expect(await shown()).toMatchObject([{ state: 'RESOLVED', resolution: 'VANISHED' }]);
  });

  it('is not lost, and not told again, when everything is made anew', async () => {
    const story = ALL_STORIES.find(({ name }) => name.startsWith('a change of bank details and the release'));
    await bench.store(story?.signals ?? []);
    await settle();
    const before = await shown();
    expect(before).toMatchObject([{ subject: 'payment PAY-SOD-36100', state: 'OPEN', steps: ['opened'] }]);
    await bench.inTenant((tx) => bench.rebuildWithin(tx));
    const objectIds = (await bench.read()).objects.map(({ objectId }) => objectId);
    await bench.inTenant((tx) =>
      exceptions.handle(tx, {
        deliveryId: '1',
        topic: 'lineage.projected',
        payload: { objectIds, transactionIds: [] },
      }),
    );
    expect(await shown()).toEqual(before);
  });

  it('is told once where the system itself has told it', async () => {
    await say(CHANGE, PAY, {
      id: 'refused',
      at: '2026-10-01T09:30:00.000Z',
      type: 'payment.release-refused',
      objects: [named('payment', 'tms1')],
      problem: {
        taxonomy: 'business-control.segregation-of-duties',
        discriminators: {},
        message: 'changed the details of the payee',
      },
    });
    await say(RELEASE);
    expect(await shown()).toMatchObject([{ hop: 'salesforce-contract-to-order' }]);
  });
});
