import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CodedError } from '../../graphql/coded-error.js';
import { countRows, PageArgs, readPage, toConnection, type Connection } from '../../graphql/connection.js';
import { requireUuid } from '../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { actOf, isFailure, type CatalogFailure, type CatalogFailureType } from '../catalog/index.js';
import { findPeople, PersonType, RequirePermission } from '../identity/index.js';
import { toAfterwards, toChangeReport } from './change-reader.js';
import { possibleActs, type RebuildAct } from './domain/rebuild-life-cycle.js';
import { leftOutOf } from './domain/spans-of-selection.js';
import {
  RebuildConnection,
  RebuildResult,
  RebuildType,
  RequestRebuildInput,
  type RebuildAcceptedType,
} from './graphql/rebuild.types.js';
import { COUNT_REBUILDS, findRebuild, listRebuilds, type RebuildRow } from './rebuild-list.repository.js';
import { requestRebuild } from './usecases/request-rebuild.js';
import { steerRebuild } from './usecases/steer-rebuild.js';

const LIST = 'rebuilds';
type Answer = RebuildAcceptedType | CatalogFailureType;

/** Making lineage again: asking for it, how far it is, what it would change, and the switch. */
@Resolver(() => RebuildType)
@RequirePermission('lineage.rebuild')
export class RebuildResolver {
  @Query(() => RebuildConnection, { description: 'Latest first' })
  async rebuilds(@Args() args: PageArgs, @CurrentOperation() operation: Operation): Promise<Connection<RebuildType>> {
    const page = readPage(args, LIST, ['instant', 'uuid']);
    const tx = await operation.read();
    return toConnection({
      list: LIST,
      page,
      rows: await listRebuilds(tx, page),
      cursorOf: (row) => [row.requestedText, row.id],
      nodeOf: (row) => toRebuild(operation, row),
      count: () => countRows(tx, COUNT_REBUILDS, [tx.tenantId]),
    });
  }

  @Query(() => RebuildType, { nullable: true })
  async rebuild(
    @Args('id', { type: () => ID }) id: string,
    @CurrentOperation() operation: Operation,
  ): Promise<RebuildType | null> {
    const row = await findRebuild(await operation.read(), requireUuid(id, 'id'));
    return row === null ? null : toRebuild(operation, row);
  }

  @ResolveField(() => PersonType, { nullable: true })
  async requestedBy(
    @Parent() { requestedById }: RebuildType,
    @CurrentOperation() operation: Operation,
  ): Promise<PersonType | null> {
    return requestedById === null ? null : operation.loader('people', findPeople).load(requestedById);
  }

  @Mutation(() => RebuildResult, { description: 'The whole beside what is shown, or the signals of a range again' })
  async requestRebuild(
    @Args('input') input: RequestRebuildInput,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const wish = { reason: input.reason, scope: readScope(input) };
    return answer(operation, await operation.write((tx) => requestRebuild(tx, actOf(operation), wish)));
  }

  @Mutation(() => RebuildResult)
  async pauseRebuild(
    @Args('id', { type: () => ID }) id: string,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    return steer(operation, id, 'pause');
  }

  @Mutation(() => RebuildResult)
  async resumeRebuild(
    @Args('id', { type: () => ID }) id: string,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    return steer(operation, id, 'resume');
  }

  @Mutation(() => RebuildResult, { description: 'What was made beside is thrown away; a range keeps what it has done' })
  async cancelRebuild(
    @Args('id', { type: () => ID }) id: string,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    return steer(operation, id, 'cancel');
  }

  @Mutation(() => RebuildResult, { description: 'Of the whole, once it is ready: what is shown becomes what was made' })
  async switchRebuild(
    @Args('id', { type: () => ID }) id: string,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    return steer(operation, id, 'switch');
  }
}

async function steer(operation: Operation, id: string, act: RebuildAct): Promise<Answer> {
  const wish = { rebuildId: requireUuid(id, 'id'), act };
  return answer(operation, await operation.write((tx) => steerRebuild(tx, actOf(operation), wish)));
}

async function answer(operation: Operation, outcome: { rebuildId: string } | CatalogFailure): Promise<Answer> {
  if (isFailure(outcome)) return outcome;
  const row = await findRebuild(await operation.read(), outcome.rebuildId);
  if (row === null) throw new CodedError('NOT_FOUND', 'There is no such rebuild');
  return { rebuild: toRebuild(operation, row) };
}

function readScope({ receivedFrom, receivedTo, sourceSystem }: RequestRebuildInput): RebuildRow['scope'] {
  return {
    ...(receivedFrom instanceof Date && { from: receivedFrom.toISOString() }),
    ...(receivedTo instanceof Date && { to: receivedTo.toISOString() }),
    ...(typeof sourceSystem === 'string' && { sourceSystem }),
  };
}

/** An administrator keeps the program and reads no business data: counts, and no rows. */
function toRebuild({ viewer }: Operation, { report: tables, changes, happened, ...row }: RebuildRow): RebuildType {
  const mayRead = viewer.permissions.has('transaction.read');
  const isWhole = row.remappingId === null;
  return {
    ...row,
    isWhole,
    leftOut: isWhole ? null : leftOutOf(row.scope),
    approvalSubjectId: row.remappingId,
    total: row.total === null ? null : Number(row.total),
    done: Number(row.done),
    acts: possibleActs({ state: row.state, isWhole, hasStarted: row.startedAt !== null }),
    differences: tables?.map((one) => ({ ...one, samples: mayRead ? one.samples : null })) ?? null,
    report: changes === null ? null : toChangeReport(changes, viewer),
    afterwards: toAfterwards(happened, isWhole ? row.finishedAt : row.happenedAt, viewer),
  };
}
