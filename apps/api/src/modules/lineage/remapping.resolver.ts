import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CodedError } from '../../graphql/coded-error.js';
import { countRows, PageArgs, readPage, toConnection, type Connection } from '../../graphql/connection.js';
import { requireUuid, requireUuids } from '../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { actOf, isFailure, type CatalogFailure, type CatalogFailureType } from '../catalog/index.js';
import { findPeople, PersonType, RequirePermission, type Viewer } from '../identity/index.js';
import { SIGNAL_KIND_NAMES, type SignalSelection } from '../signals/index.js';
import { toAfterwards, toChangeReport } from './change-reader.js';
import { leftOutOf } from './domain/spans-of-selection.js';
import {
  MapAgainInput,
  RemappingConnection,
  RemappingResult,
  RemappingType,
  type RemappingRequestedType,
} from './graphql/remapping.types.js';
import { COUNT_REMAPPINGS, findRemapping, listRemappings, type RemappingRow } from './remapping-list.repository.js';
import { cancelRemapping } from './usecases/cancel-remapping.js';
import { mapAgain } from './usecases/map-again.js';

const LIST = 'remappings';
type Answer = RemappingRequestedType | CatalogFailureType;

/** Mapping stored signals again: asking for it, and how far it is. */
@Resolver(() => RemappingType)
@RequirePermission('signal.read')
export class RemappingResolver {
  @Query(() => RemappingConnection, { description: 'Latest first' })
  async remappings(
    @Args() args: PageArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<RemappingType>> {
    const page = readPage(args, LIST, ['instant', 'uuid']);
    const tx = await operation.read();
    return toConnection({
      list: LIST,
      page,
      rows: await listRemappings(tx, page),
      cursorOf: (row) => [row.requestedText, row.id],
      nodeOf: (row) => toRemapping(row, operation.viewer),
      count: () => countRows(tx, COUNT_REMAPPINGS, [tx.tenantId]),
    });
  }

  @ResolveField(() => PersonType, { nullable: true })
  async requestedBy(
    @Parent() { requestedById }: RemappingType,
    @CurrentOperation() operation: Operation,
  ): Promise<PersonType | null> {
    return requestedById === null ? null : operation.loader('people', findPeople).load(requestedById);
  }

  @Mutation(() => RemappingResult, { description: 'Silently: it changes what is shown, and tells nobody' })
  @RequirePermission('mapping.run')
  async mapAgain(@Args('input') input: MapAgainInput, @CurrentOperation() operation: Operation): Promise<Answer> {
    const wish = { reason: input.reason, selection: readSelection(input) };
    return answer(operation, await operation.write((tx) => mapAgain(tx, actOf(operation), wish)));
  }

  @Mutation(() => RemappingResult, { description: 'What was mapped again so far stays' })
  @RequirePermission('mapping.run')
  async cancelRemapping(
    @Args('id', { type: () => ID }) id: string,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const remappingId = requireUuid(id, 'id');
    return answer(operation, await operation.write((tx) => cancelRemapping(tx, actOf(operation), remappingId)));
  }
}

async function answer(operation: Operation, outcome: { remappingId: string } | CatalogFailure): Promise<Answer> {
  if (isFailure(outcome)) return outcome;
  const row = await findRemapping(await operation.read(), outcome.remappingId);
  if (row === null) throw new CodedError('NOT_FOUND', 'There is no such act of mapping again');
  return { remapping: toRemapping(row, operation.viewer) };
}

function readSelection(input: MapAgainInput): SignalSelection {
  const { receivedFrom, receivedTo, sourceSystem, mapping, mappingVersion, signalIds, fileId, onlyUnmapped } = input;
  const { kinds, types } = input;
  if (typeof mappingVersion === 'number' && typeof mapping !== 'string') {
    throw new CodedError('INVALID_INPUT', 'input.mappingVersion needs input.mapping');
  }
  return {
    ...(receivedFrom instanceof Date && { from: receivedFrom.toISOString() }),
    ...(receivedTo instanceof Date && { to: receivedTo.toISOString() }),
    ...(typeof sourceSystem === 'string' && { sourceSystem }),
    ...(Array.isArray(kinds) && { kinds: kinds.map((kind) => SIGNAL_KIND_NAMES[kind]) }),
    ...(Array.isArray(types) && { types: [...types] }),
    ...(typeof mapping === 'string' && {
      mapping: { name: mapping, ...(typeof mappingVersion === 'number' && { version: mappingVersion }) },
    }),
    ...(Array.isArray(signalIds) && { signalIds: requireUuids(signalIds, 'input.signalIds') }),
    ...(typeof fileId === 'string' && { fileId: requireUuid(fileId, 'input.fileId') }),
    ...(onlyUnmapped === true && { onlyUnmapped: true }),
  };
}

function toRemapping(row: RemappingRow, viewer: Viewer): RemappingType {
  return {
    ...row,
    leftOut: leftOutOf(row.selection),
    signalsTotal: row.signalsTotal === null ? null : Number(row.signalsTotal),
    signalsDone: Number(row.signalsDone),
    signalsUnmapped: Number(row.signalsUnmapped),
    activitiesBefore: Number(row.activitiesBefore),
    activitiesAfter: Number(row.activitiesAfter),
    report: row.report === null ? null : toChangeReport(row.report, viewer),
    afterwards: toAfterwards(row.happened, row.happenedAt, viewer),
  };
}
