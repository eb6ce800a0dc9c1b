import { Args, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { requireUuids } from '../../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { actOf } from '../../catalog/index.js';
import { PersonType, RequirePermission, type PersonRow } from '../../identity/index.js';
import { answerAct } from '../act-answer.js';
import { ExceptionActResult, type ActFailureType, type ExceptionsChangedType } from '../graphql/act-result.types.js';
import { ExceptionType } from '../graphql/exception.types.js';
import { findGroupNotes, type GroupNoteRow } from './group-note.repository.js';
import { GroupNoteType } from './graphql/group-note.types.js';
import { watchExceptions } from './watch-exceptions.js';
import { findWatchers } from './watch.repository.js';

/** Who watches an exception, and what people wrote about all of its group. */
@Resolver(() => ExceptionType)
@RequirePermission('exception.read')
export class WatchingResolver {
  @ResolveField(() => [PersonType], { description: 'Who hears of its changes, by name' })
  async watchers(@Parent() { id }: ExceptionType, @CurrentOperation() operation: Operation): Promise<PersonType[]> {
    return (await operation.loader<string, PersonRow[]>('watchers', findWatchers).load(id)) ?? [];
  }

  @ResolveField(() => Boolean, { description: 'By the viewer' })
  async isWatched(@Parent() exception: ExceptionType, @CurrentOperation() operation: Operation): Promise<boolean> {
    const watchers = await this.watchers(exception, operation);
    return watchers.some(({ id }) => id === operation.viewer.personId);
  }

  @ResolveField(() => [GroupNoteType], { description: 'Notes on its group, the latest first' })
  async groupNotes(
    @Parent() { row }: ExceptionType,
    @CurrentOperation() operation: Operation,
  ): Promise<GroupNoteType[]> {
    return (await operation.loader<string, GroupNoteRow[]>('group notes', findGroupNotes).load(row.groupId)) ?? [];
  }

  @Mutation(() => ExceptionActResult, {
    description: 'By the viewer; notes turn it on, but never again after it was turned off',
  })
  async watchExceptions(
    @Args('ids', { type: () => [ID] }) ids: string[],
    @Args('isWatching', { type: () => Boolean }) isWatching: boolean,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionsChangedType | ActFailureType> {
    const input = { exceptionIds: requireUuids(ids, 'ids'), isWatching };
    return answerAct(operation, await operation.write((tx) => watchExceptions(tx, actOf(operation), input)));
  }
}
