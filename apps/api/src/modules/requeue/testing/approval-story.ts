import { randomUUID } from 'node:crypto';
import { permissionsOf, type Role, type Viewer } from '../../identity/index.js';
import { storyObject, type StoryObject } from '../../../testing/story-facts.js';
import { findApprovalRows, type ApprovalRow } from '../approval/approval.repository.js';
import {
  approveRequeue,
  breakGlass,
  rejectRequeue,
  reviewBreakGlass,
  withdrawRequeue,
} from '../approval/approve-requeue.js';
import type { DecisionOutcome } from '../approval/decide-request.js';
import { expireRequest } from '../approval/expire-requests.js';
import type { InSpiteOf } from '../domain/left-out.js';
import { requestRequeue, type RequeueOutcome } from '../usecases/request-requeue.js';
import type { RequeueStory } from './requeue-story.js';

/** A person of the story, who is one of the tenant's people. */
export async function person(story: RequeueStory, name: string, ...roles: Role[]): Promise<Viewer> {
  const personId = randomUUID();
  const email = `${name.toLowerCase()}@demo.example`;
  await story.database.withTenant(story.db.tenantId, (tx) =>
    tx.query(
      `insert into person (tenant_id, person_id, email, display_name, password_hash, roles) values ($1, $2, $3, $4, 'x', $5)`,
      [tx.tenantId, personId, email, name, roles],
    ),
  );
  return { tenantId: story.db.tenantId, personId, displayName: name, email, roles, permissions: permissionsOf(roles) };
}

/** Requests and decisions of people of a story. */
export class ApprovalStory {
  constructor(
    readonly story: RequeueStory,
    /** Items of a request of which all is done at once; absent = as shipped. */
    private readonly atOnce?: number,
  ) {}

  /** A failed document with this much money, in EUR; answers its exception. */
  async failed(
    key: string,
    amount: string,
    type: StoryObject['type'] = 'sales-order',
    payloadJson = '{}',
  ): Promise<string> {
    const object = storyObject(type, key);
    const before = new Set((await this.story.exceptions()).map(({ id }) => id));
    await this.story.facts((facts) => facts.object(object, amount));
    await this.story.facts(async (facts) => {
      await facts.problem(object);
      await facts.activity(object, { outcome: 'failure', minute: 1, payloadJson });
    });
    await this.story.project('exceptions', [object]);
    return (await this.story.exceptions()).find(({ id }) => !before.has(id))!.id;
  }

  request(viewer: Viewer, exceptionIds: readonly string[], inSpiteOf: InSpiteOf = {}): Promise<RequeueOutcome> {
    const { story } = this;
    return story.database.withTenant(story.db.tenantId, (tx) =>
      requestRequeue(tx, {
        viewer,
        exceptionIds,
        reason: 'mapping added',
        now: story.now,
        secretKey: story.secretKey,
        traceId: undefined,
        inSpiteOf,
      }),
    );
  }

  /** A request that waits for approval. */
  async asked(viewer: Viewer, exceptionIds: readonly string[], inSpiteOf: InSpiteOf = {}): Promise<ApprovalRow> {
    const outcome = await this.request(viewer, exceptionIds, inSpiteOf);
    if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
    return this.row(outcome.requestId);
  }

  async row(requestId: string): Promise<ApprovalRow> {
    const { story } = this;
    const [row] = await story.database.withTenant(story.db.tenantId, (tx) => findApprovalRows(tx, [requestId]));
    return row!;
  }

  approve(
    viewer: Viewer,
    { id, selectionHash }: ApprovalRow,
    database = this.story.database,
  ): Promise<DecisionOutcome> {
    const input = { ...this.input(viewer, id), selectionHash, comment: '' };
    return database.withTenant(viewer.tenantId, (tx) => approveRequeue(tx, input));
  }

  reject(viewer: Viewer, { id }: ApprovalRow): Promise<DecisionOutcome> {
    const input = { ...this.input(viewer, id), reason: 'ask the customer first' };
    return this.story.database.withTenant(viewer.tenantId, (tx) => rejectRequeue(tx, input));
  }

  withdraw(viewer: Viewer, { id }: ApprovalRow): Promise<DecisionOutcome> {
    return this.story.database.withTenant(viewer.tenantId, (tx) => withdrawRequeue(tx, this.input(viewer, id)));
  }

  breakGlass(viewer: Viewer, { id, selectionHash }: ApprovalRow): Promise<DecisionOutcome> {
    const input = { ...this.input(viewer, id), selectionHash, reason: 'month end, nobody is here' };
    return this.story.database.withTenant(viewer.tenantId, (tx) => breakGlass(tx, input));
  }

  review(viewer: Viewer, { id }: ApprovalRow): Promise<DecisionOutcome> {
    const input = { ...this.input(viewer, id), comment: 'seen' };
    return this.story.database.withTenant(viewer.tenantId, (tx) => reviewBreakGlass(tx, input));
  }

  expire({ id }: ApprovalRow): Promise<void> {
    const { story } = this;
    return story.database.withTenant(story.db.tenantId, (tx) => expireRequest(tx, id, story.now, this.atOnce));
  }

  private input(viewer: Viewer, requestId: string) {
    return { viewer, requestId, now: this.story.now, traceId: undefined, atOnce: this.atOnce };
  }
}
