import { Args, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { readPage, toConnection, type Connection } from '../../../graphql/connection.js';
import { requireText, requireUuid, requireUuids } from '../../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { actOf } from '../../catalog/index.js';
import { findPeople, PersonType, RequirePermission, type PersonRow } from '../../identity/index.js';
import { GROUP_TEXT, readGroupChange, readSplit } from './read-group-change.js';
import { toTaxonomy } from '../exception-reader.js';
import { optionalUuid } from '../read-selection.js';
import { changeGroup, mergeGroups, splitGroup, unmergeGroup, type GroupOutcome } from './change-groups.js';
import {
  countGroups,
  findGroups,
  findMergedParts,
  groupCursorParts,
  listGroups,
  type GroupRow,
  type GroupSelection,
} from './group.repository.js';
import {
  ChangeExceptionGroupInput,
  ExceptionGroupConnection,
  ExceptionGroupResult,
  ExceptionGroupsArgs,
  GroupSplitEnum,
  type ExceptionGroupFailureType,
  type ExceptionGroupsChangedType,
} from './graphql/group-list.types.js';
import { ExceptionGroupType } from './graphql/group.types.js';
import type { SplitBy } from '../domain/group-rules.js';

const VERSION = {
  type: () => Int,
  nullable: true,
  description: 'As it was seen, refused with STALE_VERSION when it has changed; null = whatever it is',
};

/** A row as the API shows it. */
export function toGroup(row: GroupRow): ExceptionGroupType {
  return { ...row, splitBy: [...row.splitBy], problem: toTaxonomy(row.taxonomy) };
}

type Answer = ExceptionGroupsChangedType | ExceptionGroupFailureType;

/** Groups of exceptions, and what people decide of all their members together. */
@Resolver(() => ExceptionGroupType)
@RequirePermission('exception.read')
export class GroupsResolver {
  @Query(() => ExceptionGroupConnection, { description: 'Groups with open members' })
  async exceptionGroups(
    @Args() args: ExceptionGroupsArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<ExceptionGroupType>> {
    const order = args.orderBy ?? 'OPEN_DESC';
    const list = `exception groups ${order}`;
    const page = readPage(args, list, groupCursorParts(order));
    const { ownerId, unowned, knownErrors, snoozed } = args.filter ?? {};
    const selection: GroupSelection = {
      ownerId: optionalUuid(ownerId, 'filter.ownerId'),
      unowned: unowned ?? false,
      knownErrors: knownErrors ?? null,
      snoozed: snoozed ?? null,
      now: operation.now(),
    };
    const tx = await operation.read();
    return toConnection({
      list,
      page,
      rows: await listGroups(tx, selection, order, page),
      cursorOf: (row) => [row.sortText, row.id],
      nodeOf: toGroup,
      count: () => countGroups(tx, selection),
    });
  }

  @Query(() => ExceptionGroupType, { nullable: true })
  async exceptionGroup(
    @Args('id', { type: () => ID }) id: string,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionGroupType | null> {
    return groupById(operation, requireUuid(id, 'id'));
  }

  @ResolveField(() => PersonType, { nullable: true })
  async owner(
    @Parent() { ownerId }: ExceptionGroupType,
    @CurrentOperation() operation: Operation,
  ): Promise<PersonType | null> {
    return ownerId === null ? null : operation.loader<string, PersonRow>('person', findPeople).load(ownerId);
  }

  @ResolveField(() => ExceptionGroupType, { nullable: true, description: 'The group that it was made part of' })
  async mergedInto(
    @Parent() { mergedInto }: ExceptionGroupType,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionGroupType | null> {
    return mergedInto === null ? null : groupById(operation, mergedInto);
  }

  @ResolveField(() => [ExceptionGroupType], { description: 'The groups that were made part of it, up to 100' })
  async mergedParts(
    @Parent() { id }: ExceptionGroupType,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionGroupType[]> {
    const ids = await operation.loader<string, string[]>('parts of exception groups', findMergedParts).load(id);
    const parts = await Promise.all((ids ?? []).map((part) => groupById(operation, part)));
    return parts.filter((part) => part !== null);
  }

  @ResolveField(() => ExceptionGroupType, { nullable: true, description: 'The split group that it is a part of' })
  async wholeGroup(
    @Parent() { parentId }: ExceptionGroupType,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionGroupType | null> {
    return parentId === null ? null : groupById(operation, parentId);
  }

  @Mutation(() => ExceptionGroupResult, { description: '`version` = the one that the change was made on' })
  @RequirePermission('exception.work')
  async changeExceptionGroup(
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('change', { type: () => ChangeExceptionGroupInput }) change: ChangeExceptionGroupInput,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const input = { groupId: requireUuid(id, 'id'), version, change: readGroupChange(change) };
    return answerGroupAct(operation, await operation.write((tx) => changeGroup(tx, actOf(operation), input)));
  }

  @Mutation(() => ExceptionGroupResult, {
    description: 'Makes groups parts of another one, for members to come as well',
  })
  @RequirePermission('exception.work')
  async mergeExceptionGroups(
    @Args('ids', { type: () => [ID] }) ids: string[],
    @Args('into', { type: () => ID }) into: string,
    @Args('reason', { type: () => String }) reason: string,
    @Args('versions', { type: () => [Int], nullable: true, description: 'As they were seen, in the order of the ids' })
    versions: number[] | null | undefined,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const seen = new Map(requireUuids(ids, 'ids').map((id, index) => [id, versions?.[index]]));
    const input = { seen, intoId: requireUuid(into, 'into'), reason: requireText(reason, 'reason', GROUP_TEXT) };
    return answerGroupAct(operation, await operation.write((tx) => mergeGroups(tx, actOf(operation), input)));
  }

  @Mutation(() => ExceptionGroupResult, {
    description: 'A group that was made part of another one stands for itself again',
  })
  @RequirePermission('exception.work')
  async unmergeExceptionGroup(
    @Args('id', { type: () => ID }) id: string,
    @Args('version', VERSION) version: number | null | undefined,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const input = { groupId: requireUuid(id, 'id'), version: version ?? null };
    return answerGroupAct(operation, await operation.write((tx) => unmergeGroup(tx, actOf(operation), input)));
  }

  @Mutation(() => ExceptionGroupResult, {
    description: 'Into parts by what members differ in; by nothing = one group again',
  })
  @RequirePermission('exception.work')
  async splitExceptionGroup(
    @Args('id', { type: () => ID }) id: string,
    @Args('by', { type: () => [GroupSplitEnum] }) by: SplitBy[],
    @Args('reason', { type: () => String }) reason: string,
    @Args('version', VERSION) version: number | null | undefined,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const input = {
      groupId: requireUuid(id, 'id'),
      by: readSplit(by),
      reason: requireText(reason, 'reason', GROUP_TEXT),
      version: version ?? null,
    };
    return answerGroupAct(operation, await operation.write((tx) => splitGroup(tx, actOf(operation), input)));
  }
}

async function groupById(operation: Operation, id: string): Promise<ExceptionGroupType | null> {
  const row = await operation.loader<string, GroupRow>('exception group', findGroups).load(id);
  return row && toGroup(row);
}

/** What an act brought, with the groups as they are after it, or as it is now where it was not done. */
export async function answerGroupAct(operation: Operation, outcome: GroupOutcome): Promise<Answer> {
  if (outcome.kind === 'failure') {
    const { code, message, groupId } = outcome;
    return { code, message, current: groupId === null ? null : await groupById(operation, groupId) };
  }
  const groups = await Promise.all(outcome.groupIds.map((id) => groupById(operation, id)));
  return { groups: groups.filter((group) => group !== null), moved: outcome.moved };
}
