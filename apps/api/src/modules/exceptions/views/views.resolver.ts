import { Args, ID, Info, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo, GraphQLSchema } from 'graphql';
import { CodedError } from '../../../graphql/coded-error.js';
import { requireText, requireUuid } from '../../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { actOf } from '../../catalog/index.js';
import { RequirePermission } from '../../identity/index.js';
import { isSearchText, storedFilter } from '../domain/saved-view.js';
import {
  arrangeViews,
  changeView,
  deleteView,
  isShipped,
  restoreView,
  saveView,
  shippedRefusal,
  type ViewOutcome,
  type ViewRefusal,
} from './change-views.js';
import {
  ChangeExceptionViewInput,
  ExceptionViewArrangement,
  ExceptionViewCountsType,
  ExceptionViewResult,
  ExceptionViewType,
  SaveExceptionViewInput,
  type ExceptionViewChangedType,
  type ExceptionViewFailureType,
  type ExceptionViewsArrangedType,
} from './graphql/view.types.js';
import { filterReader, readStoredFilter } from './read-stored-filter.js';
import { readViews } from './read-views.js';
import { countSelections, type ViewCount } from './view-counts.repository.js';
import type { ViewWords } from './view.repository.js';
import type { InboxSelection } from '../inbox.repository.js';

const NAME = { max: 80 };
const MOST_PINNED = 100;

type Answer = ExceptionViewChangedType | ExceptionViewFailureType;

/** Views of the inbox: what is asked of it again and again, under a name. */
@Resolver(() => ExceptionViewType)
@RequirePermission('exception.read')
export class ExceptionViewsResolver {
  @Query(() => [ExceptionViewType], { description: 'Shipped, own and shared ones, in the viewer’s order' })
  async exceptionViews(
    @CurrentOperation() operation: Operation,
    @Info() { schema }: GraphQLResolveInfo,
  ): Promise<ExceptionViewType[]> {
    return readViews(operation, schema);
  }

  @ResolveField(() => ExceptionViewCountsType, {
    nullable: true,
    description: 'Of all views at once; null where the filter cannot be read',
  })
  async counts(
    @Parent() { selection }: ExceptionViewType,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionViewCountsType | null> {
    if (selection === null) return null;
    return operation.loader<InboxSelection, ViewCount>('counts of views', countSelections).load(selection);
  }

  @Mutation(() => ExceptionViewResult)
  async saveExceptionView(
    @Args('view', { type: () => SaveExceptionViewInput }) view: SaveExceptionViewInput,
    @CurrentOperation() operation: Operation,
    @Info() { schema }: GraphQLResolveInfo,
  ): Promise<Answer> {
    const read = readWords({ ...view, isShared: view.isShared ?? false, search: view.search ?? '' }, schema, operation);
    const words = read as ViewWords;
    return answer(operation, schema, await operation.write((tx) => saveView(tx, actOf(operation), words)));
  }

  @Mutation(() => ExceptionViewResult, { description: '`version` = the one that the change was made on' })
  async changeExceptionView(
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('change', { type: () => ChangeExceptionViewInput }) change: ChangeExceptionViewInput,
    @CurrentOperation() operation: Operation,
    @Info() { schema }: GraphQLResolveInfo,
  ): Promise<Answer> {
    if (isShipped(id)) return answer(operation, schema, shippedRefusal());
    const input = { viewId: requireUuid(id, 'id'), version, change: readWords(change, schema, operation) };
    return answer(operation, schema, await operation.write((tx) => changeView(tx, actOf(operation), input)));
  }

  @Mutation(() => ExceptionViewResult, { description: 'It can be brought back' })
  async deleteExceptionView(
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @CurrentOperation() operation: Operation,
    @Info() { schema }: GraphQLResolveInfo,
  ): Promise<Answer> {
    if (isShipped(id)) return answer(operation, schema, shippedRefusal());
    const input = { viewId: requireUuid(id, 'id'), version };
    return answer(operation, schema, await operation.write((tx) => deleteView(tx, actOf(operation), input)));
  }

  @Mutation(() => ExceptionViewResult, { description: 'Brings back a view that was deleted' })
  async restoreExceptionView(
    @Args('id', { type: () => ID }) id: string,
    @CurrentOperation() operation: Operation,
    @Info() { schema }: GraphQLResolveInfo,
  ): Promise<Answer> {
    if (isShipped(id)) return answer(operation, schema, shippedRefusal());
    const input = { viewId: requireUuid(id, 'id') };
    return answer(operation, schema, await operation.write((tx) => restoreView(tx, actOf(operation), input)));
  }

  @Mutation(() => ExceptionViewArrangement, {
    description: 'For the viewer alone: what is pinned, in which order, and with which view the inbox opens',
  })
  async arrangeExceptionViews(
    @Args('pinned', { type: () => [ID] }) pinned: string[],
    @Args('defaultId', { type: () => ID, nullable: true }) defaultId: string | null | undefined,
    @CurrentOperation() operation: Operation,
    @Info() { schema }: GraphQLResolveInfo,
  ): Promise<ExceptionViewsArrangedType | ExceptionViewFailureType> {
    if (pinned.length > MOST_PINNED)
      throw new CodedError('INVALID_INPUT', `pinned may hold at most ${MOST_PINNED} ids`);
    const input = {
      pinned: pinned.map(readId('pinned')),
      defaultId: defaultId ? readId('defaultId')(defaultId) : null,
    };
    const outcome = await operation.write((tx) => arrangeViews(tx, actOf(operation), input));
    return outcome.kind === 'failure'
      ? failed(operation, schema, outcome)
      : { views: await readViews(operation, schema) };
  }
}

/** An id of a view, or INVALID_INPUT. */
function readId(argument: string): (id: string) => string {
  return (id) => (isShipped(id) ? id : requireUuid(id, argument));
}

/** What is said of a view, checked; the filter by the very way in which it will be read. */
function readWords(
  { name, isShared, filter, orderBy, search }: ChangeExceptionViewInput,
  schema: GraphQLSchema,
  operation: Operation,
): Partial<ViewWords> {
  const stored = filter ? storedFilter(filter) : null;
  if (stored !== null) readStoredFilter(filterReader(schema, operation), stored);
  if (typeof search === 'string' && !isSearchText(search)) {
    throw new CodedError('INVALID_INPUT', 'search must be the search part of an address, without ? and #');
  }
  return {
    ...(typeof name === 'string' && { name: requireText(name, 'name', NAME).replace(/\s+/g, ' ') }),
    ...(typeof isShared === 'boolean' && { isShared }),
    ...(stored !== null && { filter: stored }),
    ...(orderBy && { orderBy }),
    ...(typeof search === 'string' && { search }),
  };
}

async function answer(operation: Operation, schema: GraphQLSchema, outcome: ViewOutcome): Promise<Answer> {
  if (outcome.kind === 'failure') return failed(operation, schema, outcome);
  return { view: await byId(operation, schema, outcome.viewId) };
}

async function failed(
  operation: Operation,
  schema: GraphQLSchema,
  { code, message, viewId }: ViewRefusal,
): Promise<ExceptionViewFailureType> {
  return { code, message, current: await byId(operation, schema, viewId) };
}

async function byId(operation: Operation, schema: GraphQLSchema, id: string | null): Promise<ExceptionViewType | null> {
  return id === null ? null : ((await readViews(operation, schema)).find((view) => view.id === id) ?? null);
}
