import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type ApiHarness, type Client } from '../../../testing/api-harness.js';
import { at, HOP, storyObject, tell, type StoryObject } from '../../../testing/story-facts.js';
import { createOutboxStage, emit } from '../../../outbox/index.js';
import { money } from '@throughline/canonical';
import { stateProblems, type StatedProblem } from '../../reconciliation/index.js';
import { createOverdueStage } from '../../timeliness/index.js';
import { createExceptionsConsumer } from '../exceptions.events.js';
import { createLogger } from '@throughline/observability';
import { createMaintenanceStage } from './maintenance-stage.js';

let minute = 0;
const clock = () => at(minute);
let api: ApiHarness;
let engineer: Client;

beforeAll(async () => {
  api = await startApi({ clock });
  for (const role of ['engineer', 'analyst'] as const)
    await api.addPerson(api.test.tenantId, `${role}@test.example`, role);
  engineer = await api.signIn('engineer@test.example');
  await sql(
    `insert into integration (tenant_id, name, title, from_system, to_system, owner, criticality)
     values ($1, '${HOP}', 'Contract to order', 'crm', 'erp', 'o', 'high')`,
  );
  await sql(
    `insert into source_system (tenant_id, name, kind, title, time_zone, webhook_authentication)
     values ($1, 'erp', 'sap-s4hana', 'ERP', 'UTC', 'none'), ($1, 'salesforce', 'salesforce', 'CRM', 'UTC', 'none')`,
  );
});
afterAll(() => api.close());

const sql = <T extends object>(text: string, ...params: unknown[]) =>
  api.test.database.withTenant(api.test.tenantId, (tx) => tx.query<T>(text, [tx.tenantId, ...params]));
const log = createLogger({ service: 'test', level: 'silent' });

/** What the worker does at a minute. */
async function work(now: number): Promise<void> {
  minute = now;
  const stages = [
    createOverdueStage(api.test.database, clock),
    createOutboxStage(api.test.database, createExceptionsConsumer({ clock }), log),
    createMaintenanceStage(api.test.database, clock),
  ];
  for (const stage of stages) while (await stage.run(api.test.tenantId));
}

async function fail(object: StoryObject, last: number): Promise<void> {
  const { database, tenantId } = api.test;
  await tell(database, tenantId, async (story) => {
    await story.object(object);
    await story.problem(object, { first: last, last });
  });
  await database.withTenant(tenantId, (tx) =>
    emit(tx, 'lineage.projected', { objectIds: [object.objectId], transactionIds: [] }),
  );
}

const statesOf = async ({ objectId }: StoryObject) =>
  (await sql<{ state: string }>('select state from exception where tenant_id = $1 and object_id = $2', objectId)).map(
    ({ state }) => state,
  );

/** What the engine of rests states: money is left at these, and none any more at others. */
async function leaveMoney(objects: StoryObject[], since: number, explained: StoryObject[] = []): Promise<void> {
  await api.test.database.withTenant(api.test.tenantId, (tx) =>
    stateProblems(
      tx,
      'residuals',
      [...objects, ...explained].map((object) => ({
        scope: object.objectId,
        problems: explained.includes(object) ? [] : [restOf(object, at(since))],
      })),
    ),
  );
}

const restOf = ({ objectId, type, key }: StoryObject, since: Date): StatedProblem => ({
  subject: { subjectId: objectId, type, key },
  hop: 'money/balance',
  taxonomy: 'cash-and-payment.short-payment',
  discriminators: {},
  headline: null,
  message: '50.00 EUR are missing',
  amount: money('50.00', 'EUR'),
  direction: 'inflow',
  legalEntity: null,
  counterparty: null,
  occurrences: 1,
  since,
  lastOccurredAt: since,
});

const RESULT = `{ __typename ... on MaintenanceSaved { window { id isActive } } ... on CatalogFailure { code problems } }`;
const plan = async (input: Record<string, unknown>, client: Client = engineer) =>
  client.send<{ planMaintenance: { window: { id: string; isActive: boolean } } & Record<string, unknown> }>(
    `mutation ($input: MaintenanceInput!) { planMaintenance(input: $input) ${RESULT} }`,
    { input: { reason: 'New release', timeZone: 'UTC', ...input } },
  );
const holdsOf = async (id: string) => {
  const { maintenanceWindows } = await engineer.ask<{ maintenanceWindows: { id: string; holds: unknown }[] }>(
    `{ maintenanceWindows { id holds { held opened overcome latest { object { key } title outcome } } } }`,
  );
  return maintenanceWindows.find((window) => window.id === id)?.holds;
};

describe('planned maintenance', () => {
  const [mended, failing, known] = ['O-1', 'O-2', 'O-3'].map((key) => storyObject('sales-order', key)) as [
    StoryObject,
    StoryObject,
    StoryObject,
  ];
  let id: string;

  it('is planned by who keeps the catalog, and refused by the place that cannot be meant', async () => {
    minute = 1;
    const refused = await plan({ sourceSystem: 'erp', startsAt: at(20), endsAt: at(10), timeZone: 'Mars' });
    expect(refused.data?.planMaintenance).toMatchObject({
      code: 'INVALID',
      problems: ['timeZone: "Mars" is no time zone', 'endsAt: is not after startsAt'],
    });
    const unknown = await plan({ sourceSystem: 'nobody', startsAt: at(5), endsAt: at(30) });
    expect(unknown.data?.planMaintenance).toMatchObject({ code: 'NOT_FOUND' });
    const analyst = await api.signIn('analyst@test.example');
    const forbidden = await plan({ sourceSystem: 'erp', startsAt: at(5), endsAt: at(30) }, analyst);
    expect(forbidden.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const planned = await plan({ sourceSystem: 'erp', startsAt: at(5), endsAt: at(30) });
    expect(planned.data?.planMaintenance).toMatchObject({ window: { isActive: false } });
    id = planned.data?.planMaintenance.window.id ?? '';
  });

  it('opens nothing for what fails in it, but lists it; what was open before goes on, with its clock held', async () => {
    await fail(known, 3);
    await work(4);
    await fail(mended, 6);
    await fail(failing, 7);
    await work(8);
    expect([await statesOf(known), await statesOf(mended), await statesOf(failing)]).toEqual([['OPEN'], [], []]);
    expect(await holdsOf(id)).toMatchObject({ held: 2, opened: 0, overcome: 0 });
    const { exceptions } = await engineer.ask<{ exceptions: { edges: { node: unknown }[] } }>(
      `{ exceptions { edges { node { maintenance { id } clock { response { state } holders { holder } } } } } }`,
    );
    expect(exceptions.edges).toEqual([
      {
        node: {
          maintenance: { id },
          clock: { response: { state: 'paused' }, holders: [{ holder: null }, { holder: 'Maintenance' }] },
        },
      },
    ]);
  });

  it('opens what still fails after it, also when it is cut short, and says what became of all', async () => {
    const { database, tenantId } = api.test;
    await tell(database, tenantId, (story) => story.problem(mended, { first: 6, last: 6, clearedAt: 9 }));
    minute = 10;
    const end = () => engineer.ask<{ endMaintenance: unknown }>(`mutation { endMaintenance(id: "${id}") ${RESULT} }`);
    expect((await end()).endMaintenance).toMatchObject({ window: { isActive: false } });
    await work(11);
    expect([await statesOf(mended), await statesOf(failing)]).toEqual([[], ['OPEN']]);
    expect(await holdsOf(id)).toEqual({
      held: 0,
      opened: 1,
      overcome: 1,
      latest: [
        { object: { key: 'O-2' }, title: 'No company code for DE01-BREMEN', outcome: 'opened' },
        { object: { key: 'O-1' }, title: 'No company code for DE01-BREMEN', outcome: 'overcome' },
      ],
    });
    expect((await end()).endMaintenance).toMatchObject({ code: 'CONFLICT' });
  });

  it('is late only after it what waits for it', async () => {
    const invoice = storyObject('invoice', 'I-1');
    const { database, tenantId } = api.test;
    await sql(
      `insert into integration (tenant_id, name, title, from_system, to_system, owner, criticality)
       values ($1, 'kyriba-payments-to-s4hana', 'Cash', 'kyriba', 'erp', 'o', 'high')`,
    );
    const held = (await plan({ integration: 'kyriba-payments-to-s4hana', startsAt: at(12), endsAt: at(20) })).data;
    await tell(database, tenantId, async (story) => {
      await story.object(invoice);
      await story.milestone(await story.transaction([invoice]), invoice, 14);
    });
    await work(15);
    expect(await statesOf(invoice)).toEqual([]);
    const windowId = held?.planMaintenance.window.id ?? '';
    expect(await holdsOf(windowId)).toMatchObject({ held: 1, latest: [{ title: 'Payment applied is overdue' }] });
    await work(21);
    await work(22);
    expect(await statesOf(invoice)).toEqual(['OPEN']);
    expect(await holdsOf(windowId)).toMatchObject({ held: 0, opened: 1 });
  });

  it('opens no rest of money while a system that may explain it is under it, and one that is left after it', async () => {
    const [open, left, explained] = ['I-5', 'I-6', 'I-7'].map((key) => storyObject('invoice', key)) as [
      StoryObject,
      StoryObject,
      StoryObject,
    ];
    const { database, tenantId } = api.test;
    await tell(database, tenantId, async (story) => {
      for (const invoice of [open, left, explained]) await story.object(invoice);
    });
    await leaveMoney([open], 24);
    await work(25);
    const planned = (await plan({ sourceSystem: 'salesforce', startsAt: at(26), endsAt: at(35) })).data;
    const windowId = planned?.planMaintenance.window.id ?? '';
    await leaveMoney([open, left, explained], 24);
    await work(27);
    expect([await statesOf(open), await statesOf(left), await statesOf(explained)]).toEqual([['OPEN'], [], []]);
    expect(await holdsOf(windowId)).toMatchObject({ held: 2 });
    const { exceptions } = await engineer.ask<{ exceptions: { edges: { node: unknown }[] } }>(
      `query ($id: ID!) { exceptions(filter: { objectId: $id }) { edges { node { maintenance { id } clock { response { state } } } } } }`,
      { id: open.objectId },
    );
    expect(exceptions.edges).toEqual([
      { node: { maintenance: { id: windowId }, clock: { response: { state: 'paused' } } } },
    ]);
    await leaveMoney([open, left], 24, [explained]);
    await work(36);
    expect([await statesOf(open), await statesOf(left), await statesOf(explained)]).toEqual([['OPEN'], ['OPEN'], []]);
    expect(await holdsOf(windowId)).toMatchObject({ held: 0, opened: 1, overcome: 1 });
  });

  it.each([
    ['closed before it was due', 40, 'overcome'],
    ['closed after it was opened behind the maintenance', 52, 'opened'],
  ])('lets go of a late step whose exception was %s', async (_name, closedMinute, outcome) => {
    const invoice = storyObject('invoice', `I-8-${outcome}`);
    const { database, tenantId } = api.test;
    await tell(database, tenantId, async (story) => {
      await story.object(invoice);
      await story.milestone(await story.transaction([invoice]), invoice, 38);
    });
    await work(39);
    expect(await statesOf(invoice)).toEqual(['OPEN']);
    await sql(
      `update exception set state = 'ACCEPTED', resolution = null, resolved_at = $3 where tenant_id = $1 and object_id = $2`,
      invoice.objectId,
      at(closedMinute),
    );
    const planned = (await plan({ sourceSystem: 'erp', startsAt: at(41), endsAt: at(50) })).data;
    const windowId = planned?.planMaintenance.window.id ?? '';
    await sql(
      `insert into maintenance_hold (tenant_id, window_id, object_id, hop, signature, title, message, occurred_at, held_at)
       select $1, $2, object_id, hop, signature, title, message, $4, $5 from exception where tenant_id = $1 and object_id = $3`,
      windowId,
      invoice.objectId,
      at(38),
      at(42),
    );
    await work(60);
    expect(await statesOf(invoice)).toEqual(['ACCEPTED']);
    expect(await holdsOf(windowId)).toMatchObject({ held: 0, latest: [{ outcome }] });
  });
});
