import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { RequirePermission } from '../../identity/index.js';
import { checklistOf, runbookPlaces } from '../domain/runbook.js';
import { ExceptionType } from '../graphql/exception.types.js';
import { ExceptionRunbookType } from './graphql/runbook.types.js';
import { findRunbooksAt, findTicks, type TickRow } from './runbook.repository.js';

/** Runbooks are found by the problem, not by a menu. */
@Resolver(() => ExceptionType)
@RequirePermission('exception.read')
export class ExceptionRunbooksResolver {
  @ResolveField(() => [ExceptionRunbookType], { description: 'Those that fit, the narrowest first' })
  async runbooks(
    @Parent() { row }: ExceptionType,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionRunbookType[]> {
    const runbooks = await findRunbooksAt(await operation.read(), runbookPlaces(row));
    if (runbooks.length === 0) return [];
    const ticks = await operation.loader<string, TickRow[]>('runbook ticks', findTicks).load(row.exceptionId);
    return runbooks.map((runbook) => {
      const done = new Map(
        (ticks ?? []).filter(({ runbookId }) => runbookId === runbook.id).map((tick) => [tick.stepKey, tick]),
      );
      const steps = checklistOf(runbook.body).map((step) => {
        const tick = done.get(step.key);
        return { ...step, doneAt: tick?.tickedAt ?? null, doneByName: tick?.tickedByName ?? null };
      });
      return { runbook, steps };
    });
  }
}
