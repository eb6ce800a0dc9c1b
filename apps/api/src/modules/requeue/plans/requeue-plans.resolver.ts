import { Args, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CodedError } from '../../../graphql/coded-error.js';
import { PageArgs, readPage, toConnection, type Connection } from '../../../graphql/connection.js';
import { requireUuid } from '../../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { ExceptionType, readException } from '../../exceptions/index.js';
import { RequirePermission } from '../../identity/index.js';
import { LEFT_OUT_CODES, type LeftOutCode } from '../domain/left-out.js';
import { LimitsType } from '../graphql/requeue-run.types.js';
import { RequeueRequestType } from '../graphql/requeue.types.js';
import {
  RequeueSelectionItemConnection,
  RequeueSelectionItemType,
  RequeueSelectionPlanType,
  ShownItemsEnum,
  type PlanOfRequest,
  type ShownItemsName,
} from './graphql/requeue-plan.types.js';
import { countPlanItems, listPlanItems, PLAN_ITEM_CURSOR_PARTS, type ShownItems } from './plan-item.repository.js';
import { readLimitsOfPlan, readPlan } from './plan-reader.js';

/** Plans of large selections. */
@Resolver(() => RequeueRequestType)
@RequirePermission('exception.read')
export class RequeuePlansResolver {
  @ResolveField(() => RequeueSelectionPlanType, { nullable: true, description: 'Null = small, and planned at once' })
  plan(
    @Parent() { id }: RequeueRequestType,
    @CurrentOperation() operation: Operation,
  ): Promise<RequeueSelectionPlanType | null> {
    return readPlan(operation, id);
  }

  @Query(() => RequeueSelectionItemConnection, {
    description:
      'Items of a planned selection, the most urgent first; of a small request what was left out. code = left out for this reason alone',
  })
  async requeuePlanItems(
    @Args() args: PageArgs,
    @Args('requestId', { type: () => ID }) requestId: string,
    @Args('show', { type: () => ShownItemsEnum, nullable: true }) show: ShownItemsName | null,
    @Args('code', { type: () => String, nullable: true }) code: string | null,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<RequeueSelectionItemType>> {
    const id = requireUuid(requestId, 'requestId');
    const shown = readShown(show ?? null, code ?? null);
    const list = `requeuePlanItems ${id} ${shown}`;
    const page = readPage(args, list, PLAN_ITEM_CURSOR_PARTS);
    const tx = await operation.read();
    return toConnection({
      list,
      page,
      rows: await listPlanItems(tx, id, shown, page),
      cursorOf: ({ position }) => [String(position)],
      nodeOf: (row): RequeueSelectionItemType => ({ ...row, after: row.after ?? [] }),
      count: () => countPlanItems(tx, id, shown),
    });
  }
}

/** Within which limits it would be sent. */
@Resolver(() => RequeueSelectionPlanType)
@RequirePermission('exception.read')
export class RequeuePlanLimitsResolver {
  @ResolveField(() => LimitsType, {
    description: 'Of its targets, the most careful of each; once it is asked for, those that were chosen instead',
  })
  limits(@Parent() { requestId }: PlanOfRequest, @CurrentOperation() operation: Operation): Promise<LimitsType> {
    return readLimitsOfPlan(operation, requestId);
  }
}

@Resolver(() => RequeueSelectionItemType)
@RequirePermission('exception.read')
export class RequeuePlanItemsResolver {
  @ResolveField(() => ExceptionType, { nullable: true })
  exception(
    @Parent() { exceptionId }: RequeueSelectionItemType,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionType | null> {
    return readException(operation, exceptionId);
  }
}

function readShown(show: ShownItemsName | null, code: string | null): ShownItems {
  if (code !== null) {
    const known: readonly string[] = LEFT_OUT_CODES;
    if (!known.includes(code)) throw new CodedError('INVALID_INPUT', `code must be one of ${known.join(', ')}`);
    return code as LeftOutCode;
  }
  if (show === null) return 'all';
  return show === 'GOING' ? 'going' : 'left-out';
}
