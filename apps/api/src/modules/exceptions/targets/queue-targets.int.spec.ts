import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '../../../testing/api-harness.js';
import { at, countOf } from '../../../testing/story-facts.js';
import { createEscalationStage } from '../escalation/escalation-stage.js';
import { LifeStory } from '../testing/life-story.js';

let story: LifeStory;
let admin: Client;

beforeAll(async () => {
  story = await LifeStory.start();
  await story.api.addPerson(story.api.test.tenantId, 'admin@test.example', 'admin');
  admin = await story.api.signIn('admin@test.example');
  await admin.ask('mutation { setQueueHours(queue: "master-data", calendar: "24x7") { __typename } }');
});
afterAll(() => story.api.close());

const set = async (targets: object[], queue = 'master-data') =>
  (
    await admin.ask<{ set: Record<string, unknown> }>(
      `mutation ($queue: String!, $targets: [QueueTargetInput!]!) { set: setQueueTargets(queue: $queue, targets: $targets) {
         ... on QueueSaved { queue { targets { band response resolution isOwn } } } ... on CatalogFailure { code problems } } }`,
      { queue, targets },
    )
  ).set;

const clockOf = async (id: string) =>
  (
    await story.people.analyst.ask<{ exception: { isEscalated: boolean; clock: Record<string, unknown> } }>(
      `query ($id: ID!) { exception(id: $id) { isEscalated clock { band response { target state } resolution { target } } } }`,
      { id },
    )
  ).exception;

const escalate = (minute: number) => {
  story.turnTo(minute);
  return createEscalationStage(story.api.test.database, () => at(minute)).run(story.api.test.tenantId);
};

describe('the targets of a queue', () => {
  it('are kept, on record, and refused where they make no sense', async () => {
    const saved = await set([{ band: 'P4', response: 'PT10M', resolution: 'PT1H' }], 'tax');
    expect(saved).toMatchObject({
      queue: {
        targets: [
          { band: 'P1', response: 'PT30M', isOwn: false },
          { band: 'P2', isOwn: false },
          { band: 'P3', isOwn: false },
          { band: 'P4', response: 'PT10M', resolution: 'PT1H', isOwn: true },
        ],
      },
    });
    expect(await set([{ band: 'P4', response: 'PT2H', resolution: 'PT1H' }], 'tax')).toMatchObject({ code: 'INVALID' });
    expect(await set([], 'nowhere')).toMatchObject({ code: 'NOT_FOUND' });
    expect(await set([], 'tax')).toMatchObject({ queue: { targets: [{}, {}, {}, { isOwn: false }] } });
    const { database, tenantId } = story.api.test;
    expect(await countOf(database, tenantId, 'audit_record', `action = 'queue.targets-set'`)).toBe(2);
  });

  it('hold for the clock of what waits there, also of what waits already, and for its escalation', async () => {
    const id = await story.fail('O-1');
    const { clock } = await clockOf(id);
    const { band } = clock;
    expect(clock).not.toMatchObject({ response: { target: 'PT7M' } });
    await set([{ band: String(band), response: 'PT7M', resolution: 'PT9M' }]);
    expect((await clockOf(id)).clock).toMatchObject({
      band,
      response: { target: 'PT7M', state: 'running' },
      resolution: { target: 'PT9M' },
    });
    await escalate(34);
    expect((await clockOf(id)).isEscalated).toBe(false);
    await escalate(45);
    expect(await clockOf(id)).toMatchObject({ isEscalated: true, clock: { response: { state: 'late' } } });
  });
});
