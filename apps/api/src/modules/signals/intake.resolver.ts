import { maskText } from '@throughline/canonical';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { countRows, PageArgs, readPage, toConnection, type Connection } from '../../graphql/connection.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { shownSample } from './domain/shown-raw.js';
import { startOfUtcDay } from './domain/utc-day.js';
import { IngestSummaryType, RefusedInputConnection, RefusedInputType } from './graphql/intake.types.js';
import { COUNT_REFUSED, findIntakeFigures, listRefusedInputs, type RefusedInputRow } from './intake.repository.js';

const LIST = 'refused-inputs';
/** A GraphQL Int has 32 bits; a busy day has more spans. */
const LARGEST_INT = 2_147_483_647;

/** What could not be taken, and the figures over all that comes in. */
@Resolver(() => RefusedInputType)
@RequirePermission('signal.read')
export class IntakeResolver {
  @Query(() => RefusedInputConnection, { description: 'Latest first; counted are the samples that are kept' })
  async refusedInputs(
    @Args() args: PageArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<RefusedInputType>> {
    const page = readPage(args, LIST, ['instant', 'uuid']);
    const tx = await operation.read();
    return toConnection({
      list: LIST,
      page,
      rows: await listRefusedInputs(tx, page),
      cursorOf: (row) => [row.atText, row.id],
      nodeOf: (row) => toRefusedInput(row, operation),
      count: () => countRows(tx, COUNT_REFUSED, [tx.tenantId]),
    });
  }

  @Query(() => IngestSummaryType)
  async ingestSummary(@CurrentOperation() operation: Operation): Promise<IngestSummaryType> {
    const figures = await findIntakeFigures(await operation.read(), startOfUtcDay(operation.now()));
    return {
      ...figures,
      receivedToday: Math.min(Number(figures.receivedToday), LARGEST_INT),
      refusedToday: Math.min(Number(figures.refusedToday), LARGEST_INT),
      pending: Math.min(Number(figures.pending), LARGEST_INT),
    };
  }
}

function toRefusedInput(row: RefusedInputRow, { viewer: { permissions } }: Operation): RefusedInputType {
  const { id, at, protocol, reason, sample } = row;
  const mayUnmask = permissions.has('payload.unmask');
  return {
    id,
    at,
    protocol,
    // a reason may quote what was sent
    reason: mayUnmask ? reason : maskText(reason).value,
    sample: permissions.has('payload.read') ? shownSample(sample, mayUnmask) : null,
  };
}
