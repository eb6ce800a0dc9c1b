import { maskText } from '@throughline/canonical';
import { Args, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { readPage, toConnection, type Connection } from '../../graphql/connection.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { RunConnection, RunsArgs, RunType } from './graphql/run.types.js';
import { countActivitiesOfRuns, countRuns, listRuns, type RunRow } from './run.repository.js';

const LIST = 'runs';

/** Runs of jobs, middleware and files. */
@Resolver(() => RunType)
@RequirePermission('signal.read')
export class RunResolver {
  @Query(() => RunConnection, { description: 'Last heard of first' })
  async runs(@Args() args: RunsArgs, @CurrentOperation() operation: Operation): Promise<Connection<RunType>> {
    const page = readPage(args, LIST, ['instant', 'uuid']);
    const states = args.filter?.states ?? null;
    const mayUnmask = operation.viewer.permissions.has('payload.unmask');
    const tx = await operation.read();
    return toConnection({
      list: LIST,
      page,
      rows: await listRuns(tx, states, page),
      cursorOf: (row) => [row.lastText, row.id],
      nodeOf: (row) => toRun(row, mayUnmask),
      count: () => countRuns(tx, states),
    });
  }

  @ResolveField(() => Int, { description: 'What names it; at most 10 000 are counted' })
  async activities(@Parent() { id }: RunType, @CurrentOperation() operation: Operation): Promise<number> {
    return (await operation.loader<string, number>('activities of runs', countActivitiesOfRuns).load(id)) ?? 0;
  }
}

function toRun(row: RunRow, mayUnmask: boolean): RunType {
  const { id, key, attributes, state, startedAt, endedAt, message, endings } = row;
  const { job, parentRun, nominalStart, nominalEnd } = attributes;
  const said = withError(message, attributes.error);
  return {
    id,
    key,
    state,
    job: job ?? (row.integration === '' ? null : row.integration),
    system: row.system ?? '',
    startedAt: startedAt ?? instantOf(attributes.startedAt),
    endedAt,
    nominalStartAt: instantOf(nominalStart),
    nominalEndAt: instantOf(nominalEnd),
    message: said === null || mayUnmask ? said : maskText(said).value,
    parent: parentRun ?? null,
    hasConflict: endings > 1 || attributes.conflict !== undefined,
  };
}

/** The error may have come with another event than the one that says that the run failed. */
function withError(message: string | null, error: string | undefined): string | null {
  if (message === null || error === undefined || error.startsWith(message)) return message;
  return `${message}: ${error.split(/\r?\n/, 1)[0] ?? ''}`;
}

/** What a sender stated as a time may be none. */
function instantOf(text: string | undefined): Date | null {
  const instant = new Date(text ?? '');
  return Number.isNaN(instant.getTime()) ? null : instant;
}
