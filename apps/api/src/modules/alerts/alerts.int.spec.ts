import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createOutboundClient } from '../../outbound/index.js';
import { SecretBox } from '@throughline/persistence';
import { at, storyObject } from '../../testing/story-facts.js';
import { createEscalationStage } from '../exceptions/index.js';
import { RequeueStory } from '../requeue/testing/requeue-story.js';
import { RequeueTarget } from '../requeue/testing/requeue-target.js';
import { createAlertsConsumer } from './alerts.events.js';
import { createNotificationTask } from './usecases/deliver-notification.js';

let chat: RequeueTarget;
let story: RequeueStory;

beforeEach(async () => {
  chat = await RequeueTarget.start();
  chat.answer = (response) => response.end('ok');
  story = await RequeueStory.begin({ url: 'http://127.0.0.1:9/' });
});

afterEach(async () => {
  await chat.stop();
  await story.db.close();
});

async function policy(taxonomies: string[] = [], name = 'All'): Promise<void> {
  await story.database.withTenant(story.db.tenantId, async (tx) => {
    const channelId = randomUUID();
    const url = new SecretBox(story.secretKey).seal(`http://${chat.host}/hook/secret-token`);
    await tx.query(
      `insert into alert_channel (tenant_id, channel_id, name, kind, url_encrypted) values ($1, $2, 'Chat', 'slack', $3)`,
      [tx.tenantId, channelId, url],
    );
    await tx.query(
      `insert into alert_policy (tenant_id, policy_id, name, taxonomies, channel_id) values ($1, $2, $3, $4, $5)`,
      [tx.tenantId, randomUUID(), name, taxonomies, channelId],
    );
  });
}

async function opened(): Promise<void> {
  const consumer = createAlertsConsumer({ clock: () => story.now, publicUrl: 'http://localhost:4000' });
  const exceptionIds = (await story.exceptions()).map((one) => one.id);
  await story.database.withTenant(story.db.tenantId, (tx) =>
    consumer.handle(tx, { deliveryId: '1', topic: 'exceptions.opened', payload: { exceptionIds } }),
  );
}

type NotificationView = { id: string; state: string; attempts: number; error: string | null; text: string };

const notifications = () =>
  story.database.withTenant(story.db.tenantId, (tx) =>
    tx.query<NotificationView>(
      `select notification_id as id, state, attempts, last_error as error, payload ->> 'text' as text
       from notification where tenant_id = $1 order by created_at, notification_id`,
      [tx.tenantId],
    ),
  );

async function deliver(): Promise<void> {
  const [first] = await notifications();
  const task = createNotificationTask({
    database: story.database,
    client: createOutboundClient({ allowedHosts: [chat.host], timeoutMs: 500 }),
    secretKey: story.secretKey,
    clock: () => story.now,
    random: () => 0.5,
  });
  await task.run({ tenantId: story.db.tenantId, notificationId: first?.id }, { number: 1, max: 25 });
}

describe('alerts', () => {
  it('tell once per policy and group, however often and by however many', async () => {
    await policy([], 'All');
    await policy(['mapping-and-master-data'], 'Mapping');
    await policy(['platform'], 'Platform');
    await Promise.all([opened(), opened(), opened()]);
    await story.failedOrder(storyObject('sales-order', 'O-2'));
    await opened();
    expect(await notifications()).toHaveLength(2);
    expect(await story.count('audit_record', `action = 'notification.created'`)).toBe(2);
  });

  it('say what, how much money, since when, with the link', async () => {
    await policy();
    await opened();
    await deliver();
    const id = (await story.exceptions())[0]?.id;
    const [received] = chat.received;
    const message = JSON.parse(received?.body ?? '{}') as { text: string };
    expect(message.text).toContain('No company code for DE01-BREMEN — order O-100234');
    expect(message.text).toContain('EUR 1,234.50 inflow');
    expect(message.text).toContain('open for 29 min');
    expect(message.text).toContain(`http://localhost:4000/exceptions/${id}`);
    expect(await notifications()).toMatchObject([{ state: 'DELIVERED', attempts: 1, error: null }]);
    expect(await story.count('audit_record', `action = 'notification.delivered'`)).toBe(1);
  });

  describe('of an overdue clock', () => {
    const LATE = 30 + 24 * 60;

    async function escalated(): Promise<void> {
      await createEscalationStage(story.database, () => story.now).run(story.db.tenantId);
      const events = await story.database.withTenant(story.db.tenantId, (tx) =>
        tx.query<{ payload: unknown }>(
          `select payload from outbox_delivery where tenant_id = $1 and topic = 'exceptions.escalated'`,
          [tx.tenantId],
        ),
      );
      const consumer = createAlertsConsumer({ clock: () => story.now, publicUrl: 'http://localhost:4000' });
      for (const { payload } of events) {
        await story.database.withTenant(story.db.tenantId, (tx) =>
          consumer.handle(tx, { deliveryId: '1', topic: 'exceptions.escalated', payload }),
        );
      }
    }
    const escalations = () => story.count('exception_escalation', 'true');

    it('tell each channel once, with money, clock, holder and link', async () => {
      await policy([], 'All');
      story.now = at(LATE);
      await escalated();
      await escalated();
      expect(await escalations()).toBe(1);
      const [told, ...others] = await notifications();
      expect(others).toEqual([]);
      const id = (await story.exceptions())[0]?.id;
      expect(told?.text).toMatch(
        /^Escalated: No company code for DE01-BREMEN — order O-100234: response was due .*, with nobody/,
      );
      expect(told?.text).toContain('EUR 1,234.50 inflow');
      expect(told?.text).toContain(`http://localhost:4000/exceptions/${id}`);
      await opened();
      expect(await notifications()).toHaveLength(2);
    });

    it('keep the escalation while the channel is down, and try again', async () => {
      await policy();
      chat.answer = (response) => {
        response.statusCode = 503;
        response.end('down');
      };
      story.now = at(LATE);
      await escalated();
      await deliver();
      expect(await escalations()).toBe(1);
      expect(await notifications()).toMatchObject([{ state: 'PENDING', attempts: 1 }]);
      chat.answer = (response) => response.end('ok');
      await deliver();
      expect(await notifications()).toMatchObject([{ state: 'DELIVERED', attempts: 2 }]);
    });

    it('do not say that nobody has in hand what somebody took meanwhile', async () => {
      story.now = at(LATE);
      await escalated();
      await policy();
      await story.database.withTenant(story.db.tenantId, (tx) =>
        tx.query(`update exception set state = 'IN_PROGRESS' where tenant_id = $1`, [tx.tenantId]),
      );
      await escalated();
      expect(await escalations()).toBe(1);
      expect(await notifications()).toEqual([]);
    });

    it('say nothing where no policy wants the problem', async () => {
      await policy(['platform'], 'Platform');
      story.now = at(LATE);
      await escalated();
      expect(await escalations()).toBe(1);
      expect(await notifications()).toEqual([]);
    });
  });

  it('name the next due time', async () => {
    await story.facts(async (facts) => {
      const transactionId = await facts.transaction([story.order]);
      await facts.milestone(transactionId, story.order, 55);
    });
    await policy();
    await opened();
    expect((await notifications())[0]?.text).toContain('by 2026-09-30 08:55 UTC (Payment applied)');
  });

  it.each([429, 500, 503])('are tried again after %d until they are taken, and then no more', async (status) => {
    await policy();
    await opened();
    chat.answer = (response) => response.writeHead(status, { 'retry-after': '3' }).end('slow down');
    await deliver();
    expect(await notifications()).toMatchObject([
      { state: 'PENDING', attempts: 1, error: `answered ${status}: slow down` },
    ]);
    chat.answer = (response) => response.end('ok');
    await deliver();
    await deliver();
    expect(await notifications()).toMatchObject([{ state: 'DELIVERED', attempts: 2, error: null }]);
    expect(chat.received).toHaveLength(2);
  });

  it('are tried again when the network fails', async () => {
    await policy();
    await opened();
    chat.answer = (response) => response.destroy();
    await deliver();
    expect(await notifications()).toMatchObject([{ state: 'PENDING' }]);
  });

  it('are given up at once with the reason when the channel refuses', async () => {
    await policy();
    await opened();
    chat.answer = (response) => response.writeHead(404).end('no_service');
    await deliver();
    expect(await notifications()).toMatchObject([{ state: 'FAILED', error: 'answered 404: no_service' }]);
    expect(
      await story.count('audit_record', `action = 'notification.failed' and not details::text like '%secret-token%'`),
    ).toBe(1);
  });

  it('are given up after a day', async () => {
    await policy();
    await opened();
    chat.answer = (response) => response.writeHead(503).end();
    story.now = new Date(story.now.getTime() + 25 * 3_600_000);
    await deliver();
    expect(await notifications()).toMatchObject([{ state: 'FAILED' }]);
  });

  it('are not made for what was overcome before anybody could be told', async () => {
    await policy();
    await story.facts((facts) => facts.problem(story.order, { clearedAt: 5 }));
    await story.project('exceptions');
    await opened();
    expect(await notifications()).toEqual([]);
  });
});
