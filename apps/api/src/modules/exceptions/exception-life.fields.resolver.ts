import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { BusinessObjectType, LineageReader } from '../lineage/index.js';
import { toAcceptance } from './acceptance-reader.js';
import { findLatestAcceptances, type AcceptanceRow } from './acceptance.repository.js';
import { waitReason } from './domain/declared-reasons.js';
import { isOpen } from './domain/life-cycle.js';
import type { Predecessor } from './domain/predecessors.js';
import { describePredicate } from './domain/predicate.js';
import { readException } from './exception-reader.js';
import {
  ExceptionAcceptanceType,
  ExceptionHandPostingType,
  ExceptionPredecessorType,
  ExceptionSnoozeType,
  ExceptionWaitType,
} from './graphql/exception-life.types.js';
import { ExceptionType } from './graphql/exception.types.js';
import { findHandPostings, type HandPostingRow } from './hand-posting.repository.js';
import { findPredecessors } from './predecessor.repository.js';
import { findSnoozes, type SnoozeRow } from './snooze.repository.js';
import { findWaits, type WaitRow } from './wait.repository.js';

/** Where an exception is in its life, beside its state; each part is one statement for all exceptions of an answer. */
@Resolver(() => ExceptionType)
@RequirePermission('exception.read')
export class ExceptionLifeFieldsResolver {
  @ResolveField(() => ExceptionWaitType, { nullable: true, description: 'While it waits' })
  async wait(
    @Parent() { id }: ExceptionType,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionWaitType | null> {
    const row = await operation.loader<string, WaitRow>('exception wait', findWaits).load(id);
    return row && toWait(row);
  }

  @ResolveField(() => ExceptionSnoozeType, { nullable: true, description: 'While it is kept out of the inbox' })
  async snooze(
    @Parent() { id }: ExceptionType,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionSnoozeType | null> {
    return operation.loader<string, SnoozeRow>('exception snooze', findSnoozes).load(id);
  }

  @ResolveField(() => ExceptionHandPostingType, { nullable: true, description: 'Of what was posted by hand' })
  async handPosting(
    @Parent() { id }: ExceptionType,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionHandPostingType | null> {
    const row = await operation.loader<string, HandPostingRow>('exception hand posting', findHandPostings).load(id);
    return row && { ...row, object: null };
  }

  @ResolveField(() => ExceptionAcceptanceType, {
    nullable: true,
    description: 'The latest request to close it without correction',
  })
  async acceptance(
    @Parent() { id }: ExceptionType,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionAcceptanceType | null> {
    const loader = operation.loader<string, AcceptanceRow>('exception acceptance', findLatestAcceptances);
    const row = await loader.load(id);
    return row && toAcceptance(row, operation.viewer);
  }

  @ResolveField(() => [ExceptionPredecessorType], {
    description: 'Open exceptions about what comes before it, the nearest first: they are to be solved first',
  })
  async predecessors(
    @Parent() { row }: ExceptionType,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionPredecessorType[]> {
    if (!isOpen(row.state)) {
      return [];
    }
    const loader = operation.loader<string, Predecessor[]>('exception predecessors', findPredecessors);
    const found = (await loader.load(row.objectId)) ?? [];
    const exceptions = await Promise.all(found.map(({ exceptionId }) => readException(operation, exceptionId)));
    return found.flatMap(({ steps, isRoot }, index) => {
      const exception = exceptions[index];
      return exception ? [{ exception, steps, isRoot }] : [];
    });
  }

  @ResolveField(() => ExceptionType, { nullable: true, description: 'Of a duplicate: the exception that goes on' })
  async duplicateOf(
    @Parent() { row }: ExceptionType,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionType | null> {
    return row.duplicateOf === null ? null : readException(operation, row.duplicateOf);
  }
}

/** The document of a correction by hand, once the lineage shows it. */
@Resolver(() => ExceptionHandPostingType)
@RequirePermission('exception.read')
export class HandPostingObjectResolver {
  constructor(private readonly lineage: LineageReader) {}

  @ResolveField(() => BusinessObjectType, { nullable: true })
  async object(
    @Parent() { verifiedObjectId }: HandPostingRow,
    @CurrentOperation() operation: Operation,
  ): Promise<BusinessObjectType | null> {
    return verifiedObjectId === null ? null : this.lineage.businessObject(operation, verifiedObjectId);
  }
}

function toWait({ reason, predicate, ...row }: WaitRow): ExceptionWaitType {
  return {
    ...row,
    reason: waitReason(reason) ?? { code: reason, title: reason, pausesClock: row.pausesClock },
    predicate: predicate?.kind ?? null,
    waitsFor: predicate === null ? null : describePredicate(predicate),
  };
}
