import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { RequirePermission } from '../../identity/index.js';
import { checklistOf, runbookPlaces, type RunbookPlace, type RunbookScope } from '../domain/runbook.js';
import { ExceptionType } from '../graphql/exception.types.js';
import { ExceptionRunbookType } from './graphql/runbook.types.js';
import { findRunbooksAt, findTicks, type RunbookRow, type TickRow } from './runbook.repository.js';

/** Runbooks are found by the problem, not by a menu. */
@Resolver(() => ExceptionType)
@RequirePermission('exception.read')
export class ExceptionRunbooksResolver {
  @ResolveField(() => [ExceptionRunbookType], { description: 'Those that fit, the narrowest first' })
  async runbooks(
    @Parent() { row }: ExceptionType,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionRunbookType[]> {
    const loader = operation.loader<string, RunbookRow>('runbook at', async (tx, places) => {
      const found = await findRunbooksAt(tx, places.map(placeOf));
      const byPlace = new Map(
        found.map((runbook) => [keyOf({ scope: runbook.scope, key: runbook.scopeKey }), runbook]),
      );
      return places.map((place) => byPlace.get(place) ?? null);
    });
    const fitting = await Promise.all(runbookPlaces(row).map((place) => loader.load(keyOf(place))));
    const runbooks = fitting.filter((runbook) => runbook !== null);
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

function keyOf({ scope, key }: RunbookPlace): string {
  return `${scope} ${key}`;
}

function placeOf(text: string): RunbookPlace {
  const at = text.indexOf(' ');
  return { scope: text.slice(0, at) as RunbookScope, key: text.slice(at + 1) };
}
