import { fromMinorUnits } from '@throughline/canonical';
import { Args, ID, Int, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { requireText, requireUuid } from '../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { listLegalEntities } from '../catalog/index.js';
import { findPeople, RequirePermission, type PersonRow } from '../identity/index.js';
import { isOpen } from './domain/life-cycle.js';
import type { StoredException } from './domain/stored-exception.js';
import { loadUrgency, type SubjectUrgency } from './urgency.repository.js';
import { REPORTING_CURRENCY, type PriorityBand } from './domain/priority.js';
import { priorityReasons } from './domain/priority-words.js';
import { answerAct } from './act-answer.js';
import { AskedExceptionsArgs } from './graphql/asked-exceptions.args.js';
import { ExceptionActResult, type ActFailureType, type ExceptionsChangedType } from './graphql/act-result.types.js';
import { ExceptionType } from './graphql/exception.types.js';
import { ExceptionPriorityType, PriorityBandEnum } from './graphql/priority.types.js';
import { QueueType } from './graphql/queue.types.js';
import { toQueue } from './queues.resolver.js';
import { readAsked } from './read-asked.js';
import { moveToQueue } from './usecases/move-to-queue.js';
import { overridePriority } from './usecases/override-priority.js';

/** Longest reason, in characters. */
const REASON = { max: 500 };

/** How urgent an exception is and where it waits, and what people say against that. */
@Resolver(() => ExceptionType)
@RequirePermission('exception.read')
export class PriorityResolver {
  @ResolveField(() => ExceptionPriorityType)
  async priority(
    @Parent() { row }: ExceptionType,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionPriorityType> {
    const { statedBy } = row;
    const facts = await withDueTimesNow(operation, row);
    return {
      band: row.statedBand ?? row.priorityBand,
      ratedBand: row.priorityBand,
      score: row.priorityPoints,
      reasons: priorityReasons(facts, operation.now(), await timeZoneOf(operation, row.legalEntity)),
      money: row.reportingMinor === null ? null : fromMinorUnits(BigInt(row.reportingMinor), REPORTING_CURRENCY),
      nextDueAt: facts.nextDueAt,
      missedDueAt: facts.missedDueAt,
      blocks: row.blocks,
      statutory: row.statutory,
      overriddenBy:
        statedBy === null ? null : await operation.loader<string, PersonRow>('person', findPeople).load(statedBy),
      overrideReason: row.statedReason,
      overriddenAt: row.statedAt,
    };
  }

  @ResolveField(() => QueueType, { nullable: true, description: 'Null = it was closed before there were queues' })
  queue(@Parent() { row }: ExceptionType): QueueType | null {
    return row.queue === null ? null : toQueue(row.queue);
  }

  @Mutation(() => ExceptionActResult, {
    description: 'All or none. They are nobody’s there until somebody takes them, and rules do not move them again',
  })
  @RequirePermission('exception.work')
  async moveToQueue(
    @Args() asked: AskedExceptionsArgs,
    @Args('queue', { type: () => String }) queue: string,
    @Args('reason', { type: () => String }) reason: string,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionsChangedType | ActFailureType> {
    const wish = { ...readAsked(asked), queue, reason: requireText(reason, 'reason', REASON) };
    const { viewer, traceId } = operation;
    const input = { viewer, ...wish, now: operation.now(), traceId };
    return answerAct(operation, await operation.write((tx) => moveToQueue(tx, input)));
  }

  @Mutation(() => ExceptionActResult, {
    description:
      'band null = as rated again; version = as the person saw it, refused with STALE_VERSION when it has changed',
  })
  @RequirePermission('exception.work')
  async overridePriority(
    @Args('id', { type: () => ID }) id: string,
    @Args('band', { type: () => PriorityBandEnum, nullable: true }) band: PriorityBand | null | undefined,
    @Args('reason', { type: () => String }) reason: string,
    @Args('version', { type: () => Int, nullable: true }) version: number | null | undefined,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionsChangedType | ActFailureType> {
    const asked = {
      exceptionId: requireUuid(id, 'id'),
      band: band ?? null,
      reason: requireText(reason, 'reason', REASON),
    };
    const { viewer, traceId } = operation;
    const input = { viewer, ...asked, version: version ?? null, now: operation.now(), traceId };
    return answerAct(operation, await operation.write((tx) => overridePriority(tx, input)));
  }
}

/**
 * Due times as they are now. A step further down may have been reached without the exception being looked at: then it stands where
 * it stood until it is, but nobody is told that something is missed which is not.
 */
async function withDueTimesNow(operation: Operation, row: StoredException): Promise<StoredException> {
  if (!isOpen(row.state) || (row.nextDueAt === null && row.missedDueAt === null)) return row;
  const loader = operation.loader<StoredException, SubjectUrgency>('due times now', async (tx, rows) => {
    const urgencies = await loadUrgency(tx, rows, operation.now());
    return rows.map(({ objectId }) => urgencies.get(objectId) ?? null);
  });
  const now = await loader.load(row);
  return {
    ...row,
    nextDueAt: now?.nextDueAt ?? null,
    nextDueStep: now?.nextDueStep ?? null,
    missedDueAt: now?.missedDueAt ?? null,
    missedDueStep: now?.missedDueStep ?? null,
  };
}

/** Where the entity's clocks stand; of an unknown one UTC. */
async function timeZoneOf(operation: Operation, legalEntity: string | null): Promise<string> {
  if (legalEntity === null) return 'UTC';
  const loader = operation.loader<string, string>('time zone of legal entity', async (tx, codes) => {
    const zones = new Map((await listLegalEntities(tx)).map(({ code, timeZone }) => [code, timeZone]));
    return codes.map((code) => zones.get(code) ?? null);
  });
  return (await loader.load(legalEntity)) ?? 'UTC';
}
