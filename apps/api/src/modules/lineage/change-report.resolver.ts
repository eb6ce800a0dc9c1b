import { Args, ArgsType, Field, ID, Query, Resolver } from '@nestjs/graphql';
import { countRows, PageArgs, readPage, toConnection, type Connection } from '../../graphql/connection.js';
import { requireUuid } from '../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { RemappingChangeConnection, type RemappingChangeType } from './graphql/change-report.types.js';
import { onlyDiffering } from './pipeline/changes/label-rows.js';
import { COUNT_CHANGES, findChanges } from './pipeline/remapping/report.repository.js';

const LIST = 'remappingChanges';

@ArgsType()
class RemappingChangesArgs extends PageArgs {
  @Field(() => ID)
  remappingId!: string;

  @Field(() => String, { nullable: true, description: 'activity, or a table of lineage; all by default' })
  part?: string | null;
}

/** What mapping again would change, row by row. */
@Resolver()
@RequirePermission('transaction.read')
export class ChangeReportResolver {
  @Query(() => RemappingChangeConnection, { description: 'Rows of its report: the first thousands of each kind' })
  async remappingChanges(
    @Args() args: RemappingChangesArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<RemappingChangeType>> {
    const remappingId = requireUuid(args.remappingId, 'remappingId');
    const part = args.part ?? null;
    const list = `${LIST} ${remappingId} ${part ?? ''}`;
    const page = readPage(args, list, ['integer']);
    const tx = await operation.read();
    const after = page.after === null ? null : Number(page.after[0]);
    return toConnection({
      list,
      page,
      rows: await findChanges(tx, remappingId, { part, after, most: page.first + 1 }),
      cursorOf: ({ position }) => [String(position)],
      nodeOf: ({ position, part: of, label, row }) => ({
        id: `${remappingId}/${position}`,
        part: of,
        label,
        ...onlyDiffering(row),
      }),
      count: () => countRows(tx, COUNT_CHANGES, [tx.tenantId, remappingId, part]),
    });
  }
}
