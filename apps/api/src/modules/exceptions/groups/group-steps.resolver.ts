import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { findLatestAuditRecords, type SubjectStep } from '../../audit/index.js';
import { RequirePermission } from '../../identity/index.js';
import { ExceptionGroupStepType } from './graphql/group-step.types.js';
import { ExceptionGroupType } from './graphql/group.types.js';

/** Steps of a group that its exceptions show among their own; those before them stay in the record. */
const MOST_STEPS = 20;
const ACTION = 'exception-group.changed';
/** What of a group concerns its members, and what is said beside each; the rest of a record, as notes that were replaced, is not told. */
const TOLD = { snoozedUntil: 'snoozeReason', isKnownError: 'knownErrorReference' } as const;

/** How a group was set aside and taken back, as its members tell it: a storm is told once, at the group. */
@Resolver(() => ExceptionGroupType)
@RequirePermission('exception.read')
export class GroupStepsResolver {
  @ResolveField(() => [ExceptionGroupStepType], { description: `The latest ${MOST_STEPS}, newest first` })
  async steps(
    @Parent() { id }: ExceptionGroupType,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionGroupStepType[]> {
    const loader = operation.loader<string, SubjectStep[]>('group steps', async (tx, ids) => {
      const asked = { action: ACTION, keys: Object.keys(TOLD), most: MOST_STEPS };
      const steps = await findLatestAuditRecords(tx, { type: 'exception-group', ids }, asked);
      return ids.map((groupId) => steps.filter(({ subjectId }) => subjectId === groupId));
    });
    return ((await loader.load(id)) ?? []).map((step) => ({ ...step, details: toldOf(step.details) }));
  }
}

function toldOf(details: unknown): Record<string, unknown> {
  const said = new Map(Object.entries(details ?? {}));
  const names = Object.entries(TOLD).flatMap(([name, reason]) => (said.has(name) ? [name, reason] : []));
  return Object.fromEntries(names.filter((name) => said.has(name)).map((name) => [name, said.get(name)]));
}
