import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { DateTimeScalar } from '../../../graphql/scalars.js';
import { MaintenanceWindowType, toWindowType } from '../../catalog/index.js';
import { RequirePermission } from '../../identity/index.js';
import { ObjectReferenceType } from '../../lineage/index.js';
import { ExceptionType } from '../graphql/exception.types.js';
import { findHolds, type ListedHold } from './hold.repository.js';
import { maintenanceOf, waitingFor } from './maintenance-of.js';

const MOST_LISTED = 100;

@ObjectType('MaintenanceHold', { description: 'Something that would have opened, had there been no maintenance' })
export class MaintenanceHoldType {
  @Field(() => ObjectReferenceType)
  object!: ObjectReferenceType;

  @Field(() => String)
  title!: string;

  @Field(() => String)
  hop!: string;

  @Field(() => DateTimeScalar, { description: 'When it failed, or was due' })
  occurredAt!: Date;

  @Field(() => String, { nullable: true, description: 'opened or overcome; null = still held' })
  outcome!: string | null;
}

@ObjectType('MaintenanceHolds', { description: 'What a maintenance held back' })
export class MaintenanceHoldsType {
  @Field(() => Int)
  held!: number;

  @Field(() => Int, { description: 'Still wrong after it' })
  opened!: number;

  @Field(() => Int, { description: 'Overcome by its end: nothing was opened' })
  overcome!: number;

  @Field(() => [MaintenanceHoldType], { description: 'The latest hundred' })
  latest!: MaintenanceHoldType[];
}

/** What windows hold back. */
@Resolver(() => MaintenanceWindowType)
@RequirePermission('exception.read')
export class MaintenanceHoldsResolver {
  @ResolveField(() => MaintenanceHoldsType)
  async holds(
    @Parent() { id }: MaintenanceWindowType,
    @CurrentOperation() operation: Operation,
  ): Promise<MaintenanceHoldsType> {
    const loader = operation.loader('maintenance holds', (tx, ids: readonly string[]) =>
      findHolds(tx, ids, MOST_LISTED),
    );
    const { holds, ...counts } = (await loader.load(id)) ?? { holds: [], held: 0, opened: 0, overcome: 0 };
    return { ...counts, latest: holds.map(toHoldType) };
  }
}

/** Whether an exception waits for what is under maintenance. */
@Resolver(() => ExceptionType)
@RequirePermission('exception.read')
export class ExceptionMaintenanceResolver {
  @ResolveField(() => MaintenanceWindowType, { nullable: true, description: 'Held now: its clock stands still' })
  async maintenance(
    @Parent() { row }: ExceptionType,
    @CurrentOperation() operation: Operation,
  ): Promise<MaintenanceWindowType | null> {
    const cover = await maintenanceOf(operation);
    const held = cover?.at(await waitingFor(operation, cover, row), operation.now()) ?? null;
    return held === null ? null : toWindowType(held.window, operation.now());
  }
}

function toHoldType({ objectId, objectType, objectKey, title, hop, occurredAt, outcome }: ListedHold) {
  return { object: { id: objectId, type: objectType, key: objectKey }, title, hop, occurredAt, outcome };
}
