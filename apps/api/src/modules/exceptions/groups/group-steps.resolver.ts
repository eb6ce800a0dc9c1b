import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { findLatestAuditRecords, type SubjectStep } from '../../audit/index.js';
import { RequirePermission } from '../../identity/index.js';
import { ExceptionGroupStepType } from './graphql/group-step.types.js';
import { ExceptionGroupType } from './graphql/group.types.js';

/** Steps of a group that its exceptions show among their own; those before them stay in the record. */
const MOST_STEPS = 20;

/** What was decided of a group, as its members tell it: a storm is told once, at the group. */
@Resolver(() => ExceptionGroupType)
@RequirePermission('exception.read')
export class GroupStepsResolver {
  @ResolveField(() => [ExceptionGroupStepType], { description: `The latest ${MOST_STEPS}, newest first` })
  async steps(
    @Parent() { id }: ExceptionGroupType,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionGroupStepType[]> {
    const loader = operation.loader<string, SubjectStep[]>('group steps', async (tx, ids) => {
      const steps = await findLatestAuditRecords(tx, { type: 'exception-group', ids }, MOST_STEPS);
      return ids.map((groupId) => steps.filter(({ subjectId }) => subjectId === groupId));
    });
    return (await loader.load(id)) ?? [];
  }
}
