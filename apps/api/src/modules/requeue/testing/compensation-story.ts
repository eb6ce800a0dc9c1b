import type { CompensationAction } from '@throughline/contracts';
import type { Viewer } from '../../identity/index.js';
import type { DeclaredCompensation } from '../../catalog/index.js';
import { HOP, type StoryObject } from '../../../testing/story-facts.js';
import { planCompensationOf, type CompensationPlan } from '../compensation/usecases/read-compensation-plan.js';
import { requestCompensation, type CompensationOutcome } from '../compensation/usecases/request-compensation.js';
import type { RequeueStory } from './requeue-story.js';

/** A reversal of one kind of document, proved by its own activity within 30 minutes. */
export function declared(over: Partial<DeclaredCompensation> = {}): DeclaredCompensation {
  return {
    action: 'cancel',
    objectTypes: ['sales-order'],
    taxonomies: [],
    path: null,
    proofActivity: 'sales-order.cancelled',
    proofMilestone: null,
    withinMinutes: 30,
    postingDate: 'by-target',
    ...over,
  };
}

/** What is undone in a story. */
export class CompensationStory {
  constructor(readonly story: RequeueStory) {}

  /** What the integration of the story undoes from now on. */
  async declare(...actions: DeclaredCompensation[]): Promise<void> {
    const { story } = this;
    await story.database.withTenant(story.db.tenantId, (tx) =>
      tx.query(
        `insert into compensation_setting (tenant_id, integration, version, actions, note, changed_by, changed_by_name, changed_at)
         select $1, $2, coalesce(max(version), 0) + 1, $3, '', $1, 'Ada', now()
         from compensation_setting where tenant_id = $1 and integration = $2`,
        [tx.tenantId, HOP, JSON.stringify(actions)],
      ),
    );
  }

  plan(
    exceptionIds: readonly string[],
    action: CompensationAction = 'cancel',
    documents: ReadonlyMap<string, string> = new Map(),
  ): Promise<CompensationPlan> {
    const { story } = this;
    return story.database.withTenant(story.db.tenantId, (tx) =>
      planCompensationOf(tx, exceptionIds, { action, documents }, story),
    );
  }

  async ask(
    exceptionIds?: readonly string[],
    {
      action = 'cancel',
      viewer,
      documents = new Map(),
      database = this.story.database,
    }: {
      action?: CompensationAction;
      viewer?: Viewer;
      documents?: ReadonlyMap<string, string>;
      database?: RequeueStory['database'];
    } = {},
  ): Promise<CompensationOutcome> {
    const { story } = this;
    const ids = exceptionIds ?? (await story.exceptions()).map(({ id }) => id);
    return database.withTenant(story.db.tenantId, (tx) =>
      requestCompensation(tx, {
        viewer: viewer ?? story.viewer(),
        exceptionIds: ids,
        reason: 'ordered twice',
        action,
        documents,
        now: story.now,
        secretKey: story.secretKey,
        traceId: undefined,
      }),
    );
  }

  /** Tells that something happened to a document, and lets what follows the lineage hear of it. */
  async happened(
    document: StoryObject,
    participle: string,
    minute: number,
    {
      requeueId,
      isOfTrace = false,
      outcome = 'success',
    }: { requeueId?: string; isOfTrace?: boolean; outcome?: 'success' | 'failure' } = {},
  ): Promise<string> {
    let activityId = '';
    await this.story.facts(async (facts) => {
      activityId = await facts.activity(document, {
        outcome,
        minute,
        participle,
        ...(requeueId !== undefined && { requeueId }),
      });
    });
    if (isOfTrace) await this.tellByTrace(activityId);
    await this.story.project('requeue', [document]);
    return activityId;
  }

  /** The activity is of the trace that the last attempt carried. */
  private tellByTrace(activityId: string): Promise<unknown> {
    const { database, db } = this.story;
    return database.withTenant(db.tenantId, (tx) =>
      tx.query(
        `update activity set trace_id = (
           select decode(split_part(a.traceparent, '-', 2), 'hex') from requeue_attempt a where a.tenant_id = $1
           order by a.created_at desc limit 1)
         where tenant_id = $1 and activity_id = $2`,
        [tx.tenantId, activityId],
      ),
    );
  }

  /** State and resolution of each exception, oldest first. */
  async shown(): Promise<string[]> {
    return (await this.story.exceptions()).map(({ state, resolution }) => [state, resolution ?? ''].join(' ').trim());
  }
}
