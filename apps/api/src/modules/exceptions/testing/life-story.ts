import { startApi, type ApiHarness, type Client } from '../../../testing/api-harness.js';
import { at, storyObject, tell, type StoryObject } from '../../../testing/story-facts.js';
import { createExceptionDeadlinesStage } from '../exception-deadlines-stage.js';
import { createExceptionsConsumer } from '../exceptions.events.js';

const ROLES = ['analyst', 'approver', 'controller', 'treasurer'] as const;

export type Shown = {
  id: string;
  state: string;
  resolution: string | null;
  version: number;
  actions: string[];
  owner: { displayName: string } | null;
  wait: {
    waitsFor: string | null;
    checkDetail: string | null;
    until: string | null;
    expiresAt: string;
    reason: { code: string; pausesClock: boolean };
  } | null;
  snooze: { reason: string; until: string | null } | null;
  handPosting: { documentKey: string; verifiedAt: string | null; object: { key: string } | null } | null;
  acceptance: { id: string; state: string; canDecide: boolean; deciderName: string | null } | null;
  duplicateOf: { id: string } | null;
  clock: { pausedMinutes: number; resolution: { state: string }; holders: { holder: string | null }[] };
  events: { kind: string; actorName: string; details: Record<string, unknown> }[];
};

export const SHOWN = `id state resolution version actions owner { displayName }
  wait { waitsFor checkDetail until expiresAt reason { code pausesClock } } snooze { reason until }
  handPosting { documentKey verifiedAt object { key } } acceptance { id state canDecide deciderName }
  duplicateOf { id } clock { pausedMinutes resolution { state } holders { holder } } events { kind actorName details }`;

export const ACT_RESULT = `{ __typename ... on ExceptionsChanged { exceptions { ${SHOWN} } }
  ... on ActFailure { code message exceptionId current { ${SHOWN} } } }`;

export type ActAnswer = {
  __typename: string;
  exceptions?: Shown[];
  code?: string;
  message?: string;
  current?: Shown | null;
};

/** A tenant with people, open exceptions about orders, and a clock that a test turns. */
export class LifeStory {
  private minute = 30;

  private constructor(
    readonly api: ApiHarness,
    readonly people: Readonly<Record<(typeof ROLES)[number], Client>>,
  ) {}

  static async start(): Promise<LifeStory> {
    const turned: { story?: LifeStory } = {};
    const api = await startApi({ clock: () => at(turned.story?.minute ?? 0) });
    const clients: Partial<Record<(typeof ROLES)[number], Client>> = {};
    for (const role of ROLES) {
      await api.addPerson(api.test.tenantId, `${role}@test.example`, role);
      clients[role] = await api.signIn(`${role}@test.example`);
    }
    const story = new LifeStory(api, clients as LifeStory['people']);
    turned.story = story;
    return story;
  }

  /** Turns the clock; minutes of the story, as in `at`. */
  turnTo(minute: number): void {
    this.minute = minute;
  }

  /** What the worker does when it looks. */
  async look(minute: number): Promise<void> {
    this.minute = minute;
    await createExceptionDeadlinesStage(this.api.test.database, () => at(minute)).run(this.api.test.tenantId);
  }

  /** An order that fails, and its exception. */
  async fail(key: string, amount: string | null = '500.00', over: { last?: number; occurrences?: number } = {}) {
    const order = storyObject('sales-order', key);
    const { database, tenantId } = this.api.test;
    await tell(database, tenantId, async (facts) => {
      await facts.object(order, amount);
      await facts.problem(order, { first: 1, ...over });
    });
    await this.reconcile(order);
    return this.idOf(order);
  }

  async reconcile(order: StoryObject): Promise<void> {
    const { database, tenantId } = this.api.test;
    await database.withTenant(tenantId, (tx) =>
      createExceptionsConsumer({ clock: () => at(this.minute) }).handle(tx, {
        deliveryId: '1',
        topic: 'lineage.projected',
        payload: { objectIds: [order.objectId], transactionIds: [] },
      }),
    );
  }

  async show(id: string, by: Client = this.people.analyst): Promise<Shown> {
    const answer = await by.ask<{ exception: Shown }>(`query ($id: ID!) { exception(id: $id) { ${SHOWN} } }`, { id });
    return answer.exception;
  }

  /** changeExceptionState on one exception, as it is now unless a version is named. */
  async change(
    id: string,
    input: Record<string, unknown>,
    over: { by?: Client; version?: number } = {},
  ): Promise<ActAnswer> {
    const version = over.version ?? (await this.show(id)).version;
    return this.act(
      'changeExceptionState',
      `mutation ($input: ChangeExceptionStateInput!) { changeExceptionState(input: $input) ${ACT_RESULT} }`,
      { input: { exceptions: [{ id, version }], ...input } },
      over.by,
    );
  }

  async accept(id: string, over: { by?: Client; version?: number } = {}): Promise<ActAnswer> {
    const version = over.version ?? (await this.show(id)).version;
    return this.act(
      'acceptException',
      `mutation ($id: ID!, $version: Int!) {
         acceptException(id: $id, version: $version, reason: "immaterial", comment: "Not worth it") ${ACT_RESULT} }`,
      { id, version },
      over.by,
    );
  }

  async decide(
    decision: 'approveAcceptance' | 'withdrawAcceptance' | 'rejectAcceptance',
    id: string,
    by: Client,
  ): Promise<ActAnswer> {
    const reason = decision === 'rejectAcceptance' ? ', reason: "Pursue it"' : '';
    return this.act(decision, `mutation ($id: ID!) { ${decision}(id: $id${reason}) ${ACT_RESULT} }`, { id }, by);
  }

  async snooze(ids: string[], terms: { until?: Date; untilNextOccurrence?: boolean }): Promise<ActAnswer> {
    return this.act(
      'snoozeExceptions',
      `mutation ($ids: [ID!]!, $until: DateTime, $untilNextOccurrence: Boolean) {
         snoozeExceptions(ids: $ids, reason: "Known", until: $until, untilNextOccurrence: $untilNextOccurrence) ${ACT_RESULT} }`,
      { ids, ...terms, until: terms.until?.toISOString() },
    );
  }

  async wake(ids: string[]): Promise<ActAnswer> {
    return this.act('wakeExceptions', `mutation ($ids: [ID!]!) { wakeExceptions(ids: $ids) ${ACT_RESULT} }`, { ids });
  }

  private async act(
    name: string,
    document: string,
    variables: Record<string, unknown>,
    by: Client = this.people.analyst,
  ): Promise<ActAnswer> {
    const answer = (await by.ask<Record<string, ActAnswer>>(document, variables))[name];
    if (answer === undefined) {
      throw new Error(`${name} answered nothing`);
    }
    return answer;
  }

  async idOf(order: StoryObject): Promise<string> {
    const list = await this.people.analyst.ask<{ exceptions: { edges: { node: { id: string } }[] } }>(
      `query ($objectId: ID!) { exceptions(filter: { objectId: $objectId }) { edges { node { id } } } }`,
      { objectId: order.objectId },
    );
    const [edge] = list.exceptions.edges;
    if (edge === undefined) {
      throw new Error(`there is no exception about ${order.key}`);
    }
    return edge.node.id;
  }
}
