import { Args, Query, Resolver } from '@nestjs/graphql';
import { readPage, toConnection, type Connection } from '../../../graphql/connection.js';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { RequirePermission } from '../../identity/index.js';
import { ExceptionsArgs } from '../graphql/exception-list.types.js';
import { DEFAULT_ORDER } from '../inbox.repository.js';
import { resolveSelection } from '../read-inbox.js';
import { GroupedExceptionsConnection, GroupedExceptionsType } from './graphql/grouped.types.js';
import { countGrouped, groupedCursorParts, listGrouped, type GroupedRow } from './grouped-inbox.repository.js';
import { toGroup } from './groups.resolver.js';

/** The inbox by groups: the same filters, a row for each problem. */
@Resolver(() => GroupedExceptionsType)
@RequirePermission('exception.read')
export class GroupedInboxResolver {
  @Query(() => GroupedExceptionsConnection, {
    description: 'Groups of the exceptions that match, ordered by the first of each',
  })
  async groupedExceptions(
    @Args() args: ExceptionsArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<GroupedExceptionsType>> {
    const order = args.orderBy ?? DEFAULT_ORDER;
    const list = `grouped exceptions ${order}`;
    const page = readPage(args, list, groupedCursorParts(order));
    const selection = await resolveSelection(operation, args.filter);
    const tx = await operation.read();
    const rows = await listGrouped(tx, selection, order, page);
    const count = () => countGrouped(tx, selection, rows);
    return toConnection({ list, page, rows, cursorOf: (row) => [row.sortText, row.id], nodeOf: toGrouped, count });
  }
}

function toGrouped(row: GroupedRow): GroupedExceptionsType {
  const { isLowerBound, inflow, outflow, withoutFigure, oldestOpenedAt, nextDueAt } = row;
  const found = { isLowerBound, inflow, outflow, withoutFigure, oldestOpenedAt, nextDueAt };
  return { group: toGroup(row), matchingCount: row.matching, ...found };
}
