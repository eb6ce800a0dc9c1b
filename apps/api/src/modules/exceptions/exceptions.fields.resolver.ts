import { maskPayload } from '@throughline/canonical';
import { Args, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CodedError } from '../../graphql/coded-error.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { describeIntegrations, type ListedIntegration } from '../catalog/index.js';
import { findPeople, PersonType, RequirePermission, type PersonRow, type Viewer } from '../identity/index.js';
import { LineageReader, TransactionType } from '../lineage/index.js';
import { permittedActs } from './domain/permitted-acts.js';
import { isActOfQueue } from './domain/queues.js';
import { visibleText } from './exception-reader.js';
import { compensationsOffered } from './read-compensations.js';
import {
  countEvents,
  findFailures,
  findLastEvents,
  type EventRow,
  type FailureOf,
  type FailureRow,
} from './exception-parts.repository.js';
import {
  ExceptionEventType,
  ExceptionType,
  FailureDetailType,
  type FailureHeaderType,
  IntegrationReferenceType,
} from './graphql/exception.types.js';
import { ExceptionGroupType } from './groups/graphql/group.types.js';
import { findGroups, type GroupRow } from './groups/group.repository.js';
import { toGroup } from './groups/groups.resolver.js';

/** Steps of a timeline where no number is asked for, and at most. */
const LAST_EVENTS = 200;
const MOST_EVENTS = 1_000;

/** What hangs on an exception; each part is one statement for all exceptions of an answer. */
@Resolver(() => ExceptionType)
@RequirePermission('exception.read')
export class ExceptionFieldsResolver {
  constructor(private readonly lineage: LineageReader) {}

  @ResolveField(() => IntegrationReferenceType, { nullable: true })
  async integration(
    @Parent() { row }: ExceptionType,
    @CurrentOperation() operation: Operation,
  ): Promise<IntegrationReferenceType | null> {
    return row.integration === '' ? null : integrationOf(operation, row.integration);
  }

  @ResolveField(() => PersonType, { nullable: true })
  async owner(@Parent() { row }: ExceptionType, @CurrentOperation() operation: Operation): Promise<PersonType | null> {
    return row.ownerId === null ? null : operation.loader<string, PersonRow>('person', findPeople).load(row.ownerId);
  }

  @ResolveField(() => ExceptionGroupType)
  async group(@Parent() { row }: ExceptionType, @CurrentOperation() operation: Operation): Promise<ExceptionGroupType> {
    const group = await operation.loader<string, GroupRow>('exception group', findGroups).load(row.groupId);
    if (group === null) {
      throw new Error(`the group of exception ${row.exceptionId} is missing`);
    }
    return toGroup(group);
  }

  @ResolveField(() => [String], {
    description:
      'Acts open to this viewer in this state and queue: requeue, compensate, assign, move, prioritise, note, start, wait, resolve, …',
  })
  async actions(@Parent() { row }: ExceptionType, @CurrentOperation() operation: Operation): Promise<string[]> {
    const integration = row.integration === '' ? null : await integrationOf(operation, row.integration);
    const canBeUndone = (await compensationsOffered(operation, row)).length > 0;
    const { permissions } = operation.viewer;
    const acts = permittedActs(row.state, permissions, integration?.canRequeue ?? false, canBeUndone);
    // what is declared to be undone is so in every queue
    return acts.filter((act) => act === 'compensate' || isActOfQueue(row.queue, act));
  }

  @ResolveField(() => TransactionType, { nullable: true, description: 'The latest one that the object is a member of' })
  async transaction(
    @Parent() { row }: ExceptionType,
    @CurrentOperation() operation: Operation,
  ): Promise<TransactionType | null> {
    return this.lineage.transactionOfObject(operation, row.objectId);
  }

  @ResolveField(() => [ExceptionEventType], { description: 'The latest, oldest first' })
  async events(
    @Parent() { id }: ExceptionType,
    @Args('last', { type: () => Int, nullable: true, defaultValue: LAST_EVENTS, description: `At most ${MOST_EVENTS}` })
    last: number | null,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionEventType[]> {
    const most = requireCount(last ?? LAST_EVENTS);
    const loader = operation.loader<string, EventRow[]>(`last ${most} events`, (tx, ids) =>
      findLastEvents(tx, ids, most),
    );
    return (await loader.load(id)) ?? [];
  }

  @ResolveField(() => Int, { description: 'Steps of its timeline' })
  async eventCount(@Parent() { id }: ExceptionType, @CurrentOperation() operation: Operation): Promise<number> {
    return (await operation.loader<string, number>('event count', countEvents).load(id)) ?? 0;
  }

  @ResolveField(() => FailureDetailType, {
    nullable: true,
    description: 'Null where nothing failed, as at an overdue milestone',
  })
  async failure(
    @Parent() { row }: ExceptionType,
    @CurrentOperation() operation: Operation,
  ): Promise<FailureDetailType | null> {
    const loader = operation.loader<FailureOf, FailureRow>('failure', findFailures);
    const found = await loader.load(row);
    return found && toFailure(found, operation.viewer);
  }
}

function requireCount(last: number): number {
  if (last >= 1 && last <= MOST_EVENTS) return last;
  throw new CodedError('INVALID_INPUT', `last must be from 1 to ${MOST_EVENTS}`);
}

async function integrationOf(operation: Operation, name: string): Promise<ListedIntegration | null> {
  const loader = operation.loader<string, ListedIntegration>('listed integration', async (tx, names) => {
    const byName = new Map(
      (await describeIntegrations(tx, names)).map((integration) => [integration.name, integration]),
    );
    return names.map((one) => byName.get(one) ?? null);
  });
  return loader.load(name);
}

function toFailure(row: FailureRow, viewer: Viewer): FailureDetailType {
  const { occurredAt, message, traceId, spanId, payloadVersion, field } = row;
  const { payload, isMasked } = visiblePayload(row.payload, viewer);
  return {
    occurredAt,
    message: visibleText(message, viewer),
    traceId,
    spanId,
    payload,
    payloadVersion,
    headers: visibleHeaders(row.headers ?? {}, viewer),
    isMasked,
    failedField: field,
  };
}

function visibleHeaders(headers: Readonly<Record<string, string>>, viewer: Viewer): FailureHeaderType[] {
  if (!viewer.permissions.has('payload.read')) return [];
  return Object.entries(headers)
    .map(([name, value]) => ({ name, value: visibleText(value, viewer) }))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

function visiblePayload(payload: unknown, { permissions }: Viewer): { payload: unknown; isMasked: boolean } {
  if (payload === null || payload === undefined) {
    return { payload: null, isMasked: false };
  }
  if (!permissions.has('payload.read')) {
    return { payload: null, isMasked: true };
  }
  if (permissions.has('payload.unmask')) {
    return { payload, isMasked: false };
  }
  const masked = maskPayload(payload);
  return { payload: masked.value, isMasked: masked.isMasked };
}
