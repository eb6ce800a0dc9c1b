import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { ChangeFeed, type Change } from '../../../graphql/change-feed.js';
import { PageArgs, readPage, toConnection, type Connection } from '../../../graphql/connection.js';
import { requireUuid } from '../../../graphql/identifier.js';
import { CurrentOperation, type Operation, type OperationContext } from '../../../graphql/operation.js';
import { paced, PROGRESS_EVERY_MS } from '../../../graphql/paced.js';
import { actOf } from '../../catalog/index.js';
import { findPeople, PersonType, RequirePermission } from '../../identity/index.js';
import { readException } from '../exception-reader.js';
import { ExceptionType } from '../graphql/exception.types.js';
import {
  BULK_ACT_CURSOR_PARTS,
  BULK_ITEM_CURSOR_PARTS,
  countBulkActs,
  findBulkAct,
  listBulkActs,
  listBulkItems,
} from './bulk-act.repository.js';
import { answerBulkAct, requireBulkAct, toFailure } from './bulk-act-answer.js';
import { outcomeCount, toBulkActType } from './bulk-act-reader.js';
import type { Steering } from './domain/bulk-life-cycle.js';
import { BulkActInput, BulkItemsArgs, BulkPreviewedInput, BulkSelectionInput } from './graphql/bulk-act.inputs.js';
import {
  BulkActConnection,
  BulkActItemConnection,
  BulkActItemType,
  BulkActPreviewResult,
  BulkActResult,
  BulkActType,
  type BulkActAcceptedType,
  type BulkActFailureType,
  type BulkActPreviewType,
} from './graphql/bulk-act.types.js';
import { readBulkAct, readPicked, readPreviewed } from './read-bulk-act.js';
import { steerBulkAct } from './steer-bulk-act.js';
import { previewBulkAct, submitBulkAct } from './submit-bulk-act.js';

const LIST = 'bulkActs';
const ITEMS = 'bulkActItems';

type Answer = BulkActAcceptedType | BulkActFailureType;

/** Acts on many exceptions: what they would do, having them done, how far they are and what became of each exception. */
@Resolver(() => BulkActType)
@RequirePermission('exception.read')
export class BulkActsResolver {
  constructor(private readonly feed: ChangeFeed) {}

  @Query(() => BulkActPreviewResult, {
    description: 'What it would do now, and the hash of what it would be done with',
  })
  @RequirePermission('exception.work')
  async previewBulkAct(
    @Args('selection') selection: BulkSelectionInput,
    @Args('act') input: BulkActInput,
    @CurrentOperation() operation: Operation,
  ): Promise<BulkActPreviewType | BulkActFailureType> {
    const { viewer } = operation;
    const now = operation.now();
    const wish = { picked: readPicked(selection, now), ...readBulkAct(input, now, { isPreview: true }) };
    const preview = await previewBulkAct(await operation.read(), { viewer, now }, wish);
    return preview.kind === 'failure' ? toFailure(preview) : { ...preview, asOf: now };
  }

  @Mutation(() => BulkActResult, {
    description: 'Freezes the selection if it is the one that was previewed, or whatever it is now with acceptChanged',
  })
  @RequirePermission('exception.work')
  async submitBulkAct(
    @Args('selection') selection: BulkSelectionInput,
    @Args('act') input: BulkActInput,
    @Args('previewed', { nullable: true, type: () => BulkPreviewedInput }) shown: BulkPreviewedInput | null | undefined,
    @Args('acceptChanged', { type: () => Boolean, nullable: true, defaultValue: false }) acceptChanged: boolean | null,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const previewed = readPreviewed(shown, acceptChanged ?? false);
    const wish = { picked: readPicked(selection, operation.now()), ...readBulkAct(input, operation.now()), previewed };
    return answerBulkAct(operation, await operation.write((tx) => submitBulkAct(tx, actOf(operation), wish)));
  }

  @Mutation(() => BulkActResult, { description: 'From its next batch on' })
  @RequirePermission('exception.read')
  async pauseBulkAct(
    @Args('id', { type: () => ID }) id: string,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    return steer(operation, id, 'pause');
  }

  @Mutation(() => BulkActResult)
  @RequirePermission('exception.read')
  async resumeBulkAct(
    @Args('id', { type: () => ID }) id: string,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    return steer(operation, id, 'resume');
  }

  @Mutation(() => BulkActResult, { description: 'From its next batch on; what it has done stays done' })
  @RequirePermission('exception.read')
  async cancelBulkAct(
    @Args('id', { type: () => ID }) id: string,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    return steer(operation, id, 'cancel');
  }

  @Query(() => BulkActType, { nullable: true })
  async bulkAct(
    @Args('id', { type: () => ID }) id: string,
    @CurrentOperation() operation: Operation,
  ): Promise<BulkActType | null> {
    const row = await findBulkAct(await operation.read(), requireUuid(id, 'id'));
    return row === null ? null : toBulkActType(row, operation.viewer);
  }

  @Query(() => BulkActConnection, { description: 'The latest first' })
  async bulkActs(@Args() args: PageArgs, @CurrentOperation() operation: Operation): Promise<Connection<BulkActType>> {
    const page = readPage(args, LIST, BULK_ACT_CURSOR_PARTS);
    const tx = await operation.read();
    return toConnection({
      list: LIST,
      page,
      rows: await listBulkActs(tx, page),
      cursorOf: (row) => [row.orderText, row.id],
      nodeOf: (row) => toBulkActType(row, operation.viewer),
      count: () => countBulkActs(tx),
    });
  }

  @Query(() => BulkActItemConnection, { description: 'What became of each exception, in the order of their ids' })
  async bulkActItems(
    @Args() args: BulkItemsArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<BulkActItemType>> {
    const id = requireUuid(args.id, 'id');
    const outcome = args.outcome ?? null;
    const list = `${ITEMS} ${id} ${outcome ?? ''}`;
    const page = readPage(args, list, BULK_ITEM_CURSOR_PARTS);
    const tx = await operation.read();
    return toConnection({
      list,
      page,
      rows: await listBulkItems(tx, id, outcome, page),
      cursorOf: ({ position }) => [String(position)],
      nodeOf: (item): BulkActItemType => item,
      count: async () => ({ count: outcomeCount(await findBulkAct(tx, id), outcome), isEstimate: false }),
    });
  }

  @ResolveField(() => PersonType, { nullable: true })
  async submittedBy(
    @Parent() { submittedById }: BulkActType,
    @CurrentOperation() operation: Operation,
  ): Promise<PersonType | null> {
    return operation.loader('people', findPeople).load(submittedById);
  }

  @Subscription(() => BulkActType, {
    description: 'At most four times a second',
    resolve(this: BulkActsResolver, change: Change, _args: unknown, context: OperationContext) {
      return requireBulkAct(context.operation, change.id);
    },
  })
  bulkActProgress(
    @Args('id', { type: () => ID }) id: string,
    @CurrentOperation() operation: Operation,
  ): AsyncIterableIterator<Change> {
    const changes = this.feed.changes(operation.viewer.tenantId, 'bulk-act', [requireUuid(id, 'id')]);
    return paced(changes, PROGRESS_EVERY_MS);
  }
}

/** The exception that an item is about. */
@Resolver(() => BulkActItemType)
@RequirePermission('exception.read')
export class BulkActItemsResolver {
  @ResolveField(() => ExceptionType, { nullable: true, description: 'Null = there is none of this id' })
  async exception(
    @Parent() { exceptionId }: BulkActItemType,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionType | null> {
    return readException(operation, exceptionId);
  }
}

async function steer(operation: Operation, id: string, steering: Steering): Promise<Answer> {
  const wish = { bulkActId: requireUuid(id, 'id'), steering };
  return answerBulkAct(operation, await operation.write((tx) => steerBulkAct(tx, actOf(operation), wish)));
}
