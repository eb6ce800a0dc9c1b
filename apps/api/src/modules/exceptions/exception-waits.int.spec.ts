import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aliasId } from '@throughline/canonical';
import { at, countOf, storyObject, tell } from '../../testing/story-facts.js';
import { LifeStory } from './testing/life-story.js';

let story: LifeStory;

beforeAll(async () => {
  story = await LifeStory.start();
  const { database, tenantId } = story.api.test;
  await database.withTenant(tenantId, async (tx) => {
    await tx.query(
      `insert into legal_entity (tenant_id, code, name, country, currency, calendar, time_zone)
       values ($1, 'DE01', 'Germany', 'DE', 'EUR', 'TARGET', 'Europe/Berlin')`,
      [tenantId],
    );
    await tx.query(
      `insert into source_system (tenant_id, name, kind, title) values ($1, 'sap-s4hana', 'sap-s4hana', 'SAP')`,
      [tenantId],
    );
  });
});

afterAll(async () => {
  await story.api.close();
});

/** What a ledger tells of October of DE01. */
async function periodTurned(what: 'opened' | 'closed', minute: number): Promise<void> {
  const key = 'DE01/0L/2026-10';
  const objectId = aliasId('accounting-period', { system: 'sap-s4hana', kind: 'period', scope: '', value: key });
  const attributes = { ledger: '0L', period: '2026-10' };
  const { database, tenantId } = story.api.test;
  await database.withTenant(tenantId, async (tx) => {
    const activityId = randomUUID();
    await tx.query(
      `insert into business_object (tenant_id, object_id, type, key, legal_entity, attributes, is_placeholder, first_occurred_at, last_occurred_at)
       values ($1, $2, 'accounting-period', $3, 'DE01', $4, false, $5, $5) on conflict do nothing`,
      [tenantId, objectId, key, JSON.stringify(attributes), at(minute)],
    );
    await tx.query(
      `insert into object_alias (tenant_id, alias_id, object_id, system, kind, scope, value)
       values ($1, $2, $2, 'sap-s4hana', 'period', '', $3) on conflict do nothing`,
      [tenantId, objectId, key],
    );
    await tx.query(
      `insert into activity (tenant_id, activity_id, type, occurred_at, outcome, system, integration, run_key, signal_kind,
                             signal_received_on, signal_id, objects, links)
       values ($1, $2, $3, $4, 'success', 'sap-s4hana', '', '', 'cloud-event', '2026-09-30', $2, $5, '[]')`,
      [
        tenantId,
        activityId,
        `accounting-period.${what}`,
        at(minute),
        JSON.stringify([{ type: 'accounting-period', qualifier: 'subject', aliases: [], attributes }]),
      ],
    );
    await tx.query(
      `insert into alias_statement (tenant_id, activity_id, position, is_subject, activity_type, outcome, occurred_at, alias_id, object_type)
       values ($1, $2, 0, true, $3, 'success', $4, $5, 'accounting-period')`,
      [tenantId, activityId, `accounting-period.${what}`, at(minute), objectId],
    );
  });
}

const known = (key: string) => ({ kind: 'OBJECT_KNOWN', objectType: 'customer', key });
const expiresAt = at(300).toISOString();

describe('waiting', () => {
  it('until a time ends then, back where it was, and says why', async () => {
    const id = await story.fail('W-1');
    await story.change(id, { act: 'START' });
    await story.change(id, {
      act: 'WAIT',
      comment: 'asked',
      wait: { reason: 'customer', until: at(45).toISOString() },
    });
    expect(await story.show(id)).toMatchObject({
      state: 'WAITING',
      wait: { waitsFor: null, until: at(45).toISOString(), reason: { code: 'customer', pausesClock: true } },
    });
    await story.look(44);
    expect(await story.show(id)).toMatchObject({
      state: 'WAITING',
      clock: { pausedMinutes: 14, resolution: { state: 'paused' }, holders: [{ holder: 'Test analyst' }] },
    });
    await story.look(45);
    const shown = await story.show(id);
    expect(shown).toMatchObject({ state: 'IN_PROGRESS', wait: null });
    expect(shown.events.at(-1)).toMatchObject({
      kind: 'wait-over',
      actorName: 'Throughline',
      details: { why: 'time-reached', reason: 'customer' },
    });
  });

  it('for a posting period ends when every ledger says that it is open', async () => {
    story.turnTo(50);
    await periodTurned('closed', 20);
    const id = await story.fail('W-2');
    const predicate = { kind: 'POSTING_PERIOD_OPEN', legalEntity: 'DE01', period: '2026-10' };
    await story.change(id, { act: 'WAIT', wait: { reason: 'posting-period', predicate, expiresAt } });
    await story.look(52);
    expect(await story.show(id)).toMatchObject({
      state: 'WAITING',
      wait: { waitsFor: 'posting period 2026-10 of DE01', checkDetail: '2026-10 of DE01 is closed (0L)', expiresAt },
    });
    await periodTurned('opened', 53);
    await story.look(54);
    const shown = await story.show(id);
    expect(shown.state).toBe('OPEN');
    expect(shown.events.at(-1)).toMatchObject({
      kind: 'wait-over',
      details: { why: 'predicate-met', detail: '2026-10 of DE01 is open', waitedFor: 'posting period 2026-10 of DE01' },
    });
  });

  it('for an object ends when it is known; for what was said last, when one waits for something else', async () => {
    story.turnTo(60);
    const id = await story.fail('W-3');
    await story.change(id, { act: 'START' });
    await story.change(id, { act: 'WAIT', wait: { reason: 'master-data', predicate: known('C-1'), expiresAt } });
    await story.change(id, { act: 'WAIT', wait: { reason: 'master-data', predicate: known('C-2'), expiresAt } });
    const { database, tenantId } = story.api.test;
    await tell(database, tenantId, (facts) => facts.object(storyObject('customer', 'C-1')));
    await story.look(62);
    expect(await story.show(id)).toMatchObject({ state: 'WAITING' });
    await tell(database, tenantId, (facts) => facts.object(storyObject('customer', 'C-2')));
    await story.look(64);
    expect(await story.show(id)).toMatchObject({ state: 'IN_PROGRESS' });
  });

  it('for a customer in a system, and for a predecessor to be posted', async () => {
    story.turnTo(70);
    const [mapping, posting] = [await story.fail('W-4'), await story.fail('W-5')];
    const { database, tenantId } = story.api.test;
    const [customer, invoice] = [storyObject('customer', 'C-9'), storyObject('invoice', 'INV-9')];
    await tell(database, tenantId, async (facts) => {
      await facts.object(customer);
      await facts.object(invoice);
    });
    const mapped = { kind: 'CUSTOMER_MAPPED', key: 'c 9', system: 'sap-s4hana' };
    const posted = { kind: 'PREDECESSOR_POSTED', objectType: 'invoice', key: 'INV-9' };
    await story.change(mapping, { act: 'WAIT', wait: { reason: 'master-data', predicate: mapped, expiresAt } });
    await story.change(posting, { act: 'WAIT', wait: { reason: 'predecessor', predicate: posted, expiresAt } });
    await story.look(72);
    expect([await story.show(mapping), await story.show(posting)]).toMatchObject([
      { state: 'WAITING', wait: { checkDetail: 'customer c 9 is not known to sap-s4hana yet' } },
      { state: 'WAITING', wait: { checkDetail: 'invoice INV-9 is not posted yet' } },
    ]);
    const numberInSap = randomUUID();
    const told = (outcome: 'success' | 'failure', type: string, minute: number, alias: string) =>
      database.withTenant(tenantId, (tx) =>
        tx.query(
          `insert into alias_statement (tenant_id, activity_id, position, is_subject, activity_type, outcome, occurred_at, alias_id, object_type)
           values ($1, $2, 0, true, $3, $4, $5, $6, split_part($3, '.', 1))`,
          [tenantId, randomUUID(), type, outcome, at(minute), alias],
        ),
      );
    await database.withTenant(tenantId, (tx) =>
      tx.query(
        `insert into object_alias (tenant_id, alias_id, object_id, system, kind, scope, value)
         values ($1, $2, $3, 'sap-s4hana', 'number', '', '1000001')`,
        [tenantId, numberInSap, customer.objectId],
      ),
    );
    // SAP says that it knows no such customer
    await told('failure', 'customer.rejected', 72, numberInSap);
    await story.look(73);
    expect(await story.show(mapping)).toMatchObject({
      state: 'WAITING',
      wait: { checkDetail: 'customer c 9 is not known to sap-s4hana yet' },
    });
    await told('success', 'customer.changed', 73, numberInSap);
    await told('success', 'invoice.posted', 73, invoice.objectId);
    await story.look(74);
    expect([await story.show(mapping), await story.show(posting)]).toMatchObject([
      { state: 'OPEN' },
      { state: 'OPEN' },
    ]);
  });

  it('for a document ends by that of its own legal entity alone', async () => {
    story.turnTo(76);
    const id = await story.fail('W-10');
    const { database, tenantId } = story.api.test;
    const [foreign, own] = [storyObject('sales-order', 'US-4711'), storyObject('sales-order', 'DE-4711')];
    const numbered = (order: typeof own, entity: string) =>
      tell(database, tenantId, (facts) => facts.object(order)).then(() =>
        database.withTenant(tenantId, async (tx) => {
          await tx.query('update business_object set legal_entity = $3 where tenant_id = $1 and object_id = $2', [
            tenantId,
            order.objectId,
            entity,
          ]);
          await tx.query(`update object_alias set value = '4711' where tenant_id = $1 and object_id = $2`, [
            tenantId,
            order.objectId,
          ]);
        }),
      );
    await numbered(foreign, 'US01');
    const predicate = { kind: 'OBJECT_KNOWN', objectType: 'sales-order', key: '4711' };
    expect(
      (await story.change(id, { act: 'WAIT', wait: { reason: 'predecessor', predicate, expiresAt } })).exceptions,
    ).toMatchObject([{ state: 'WAITING' }]);
    await story.look(78);
    expect(await story.show(id)).toMatchObject({
      state: 'WAITING',
      wait: { checkDetail: 'order 4711 is not known yet' },
    });
    await numbered(own, 'DE01');
    await story.look(79);
    expect(await story.show(id)).toMatchObject({ state: 'OPEN' });
  });

  it('never lasts beyond its end', async () => {
    story.turnTo(80);
    const id = await story.fail('W-6');
    const wait = { reason: 'master-data', predicate: known('C-404'), expiresAt: at(90).toISOString() };
    await story.change(id, { act: 'WAIT', wait });
    await story.look(90);
    const shown = await story.show(id);
    expect(shown.state).toBe('OPEN');
    expect(shown.events.at(-1)?.details).toMatchObject({
      why: 'expired-unmet',
      detail: 'customer C-404 is not known yet',
    });
  });

  it('refuses what holds already, and what can never be told', async () => {
    const id = await story.fail('W-7');
    const wait = (predicate: object) => ({ act: 'WAIT', wait: { reason: 'source', predicate, expiresAt } });
    expect(await story.change(id, wait({ ...known('W-7'), objectType: 'sales-order' }))).toMatchObject({
      code: 'PREDICATE_MET_ALREADY',
      message: 'There is nothing to wait for: order W-7 is known.',
    });
    const period = { kind: 'POSTING_PERIOD_OPEN', legalEntity: 'XX99', period: '2026-10' };
    expect(await story.change(id, wait(period))).toMatchObject({
      code: 'PREDICATE_CANNOT_BE_EVALUATED',
      message: 'It would wait for ever: there is no legal entity XX99.',
    });
    expect(await story.show(id)).toMatchObject({ state: 'OPEN', wait: null });
  });

  it('ends by name when it can never be told any more', async () => {
    story.turnTo(100);
    const id = await story.fail('W-8');
    const { database, tenantId } = story.api.test;
    const entity = (sql: string) => database.withTenant(tenantId, (tx) => tx.query(sql, [tenantId]));
    await entity(`insert into legal_entity (tenant_id, code, name, country, currency, calendar, time_zone)
                  values ($1, 'FR01', 'France', 'FR', 'EUR', 'TARGET', 'Europe/Paris')`);
    const predicate = { kind: 'POSTING_PERIOD_OPEN', legalEntity: 'FR01', period: '2026-10' };
    await story.change(id, { act: 'WAIT', wait: { reason: 'posting-period', predicate, expiresAt } });
    await entity(`delete from legal_entity where tenant_id = $1 and code = 'FR01'`);
    await story.look(102);
    const shown = await story.show(id);
    expect(shown.state).toBe('OPEN');
    expect(shown.events.at(-1)?.details).toMatchObject({
      why: 'cannot-be-evaluated',
      detail: 'there is no legal entity FR01',
    });
  });

  it('is over once, whoever looks at the same time, and forgotten when the exception went another way', async () => {
    story.turnTo(110);
    const [twice, solved] = [await story.fail('W-9'), await story.fail('W-10')];
    const wait = { reason: 'bank', until: at(115).toISOString() };
    await story.change(twice, { act: 'WAIT', wait });
    await story.change(solved, { act: 'WAIT', wait });
    const { database, tenantId } = story.api.test;
    await tell(database, tenantId, (facts) => facts.problem(storyObject('sales-order', 'W-10'), { clearedAt: 112 }));
    await story.reconcile(storyObject('sales-order', 'W-10'));
    await Promise.all([story.look(116), story.look(116)]);
    expect((await story.show(twice)).events.map((event) => event.kind)).toEqual(['opened', 'waiting', 'wait-over']);
    expect(await story.show(solved)).toMatchObject({ state: 'RESOLVED', resolution: 'VANISHED', wait: null });
    expect(await countOf(database, tenantId, 'exception_wait', `exception_id in ('${twice}', '${solved}')`)).toBe(0);
  });
});
