import { maintenanceAt, nextMaintenance } from '@throughline/sla';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { requireUuid } from '../../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { RequirePermission } from '../../identity/index.js';
import { actOf } from '../catalog-act.js';
import { type CatalogFailure, isFailure } from '../domain/catalog-failure.js';
import type { CatalogFailureType } from '../graphql/catalog-failure.type.js';
import type { MaintenanceWindow } from './maintenance-cover.js';
import { listWindows } from './maintenance.repository.js';
import {
  MaintenanceInput,
  MaintenanceResult,
  MaintenanceWindowType,
  type MaintenanceSavedType,
} from './maintenance.types.js';
import { endMaintenance, planMaintenance } from './plan-maintenance.js';

type Answer = MaintenanceSavedType | CatalogFailureType;

/** Planned maintenance of source systems and integrations. */
@Resolver(() => MaintenanceWindowType)
@RequirePermission('catalog.read')
export class MaintenanceResolver {
  @Query(() => [MaintenanceWindowType], {
    description: 'What is held now, then what is to come, then what is over; 500 at most',
  })
  async maintenanceWindows(
    @Args('activeOnly', { type: () => Boolean, defaultValue: false }) activeOnly: boolean,
    @CurrentOperation() operation: Operation,
  ): Promise<MaintenanceWindowType[]> {
    const windows = (await listWindows(await operation.read())).map((window) => toWindowType(window, operation.now()));
    return windows.filter(({ isActive }) => isActive || !activeOnly).sort(byTime);
  }

  @Mutation(() => MaintenanceResult, { description: 'Also one that is under way or over' })
  @RequirePermission('catalog.write')
  async planMaintenance(
    @Args('input', { type: () => MaintenanceInput }) input: MaintenanceInput,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const { sourceSystem = null, integration = null, endsAt = null, weekly = null, ...stated } = input;
    const planned = { ...stated, sourceSystem, integration, endsAt, weekly };
    return saved(operation, await operation.write((tx) => planMaintenance(tx, actOf(operation), planned)));
  }

  @Mutation(() => MaintenanceResult, { description: 'Cuts it short, calls it off, or ends a weekly one' })
  @RequirePermission('catalog.write')
  async endMaintenance(
    @Args('id', { type: () => ID }) id: string,
    @CurrentOperation() operation: Operation,
  ): Promise<Answer> {
    const windowId = requireUuid(id, 'id');
    return saved(operation, await operation.write((tx) => endMaintenance(tx, actOf(operation), windowId)));
  }
}

function saved(operation: Operation, outcome: MaintenanceWindow | CatalogFailure): Answer {
  return isFailure(outcome) ? outcome : { window: toWindowType(outcome, operation.now()) };
}

/** A window as people see it at an instant. */
export function toWindowType(window: MaintenanceWindow, now: Date): MaintenanceWindowType {
  const { id, sourceSystem, integration, reason, plan, plannedByName, plannedAt, endedByName } = window;
  const next = nextMaintenance(plan, now);
  return {
    id,
    sourceSystem,
    integration,
    reason,
    startsAt: new Date(plan.startsAt),
    endsAt: plan.endsAt === null ? null : new Date(plan.endsAt),
    weekly: plan.weekly,
    timeZone: plan.timeZone,
    isActive: maintenanceAt(plan, now) !== null,
    nextFrom: next === null ? null : new Date(next.from),
    nextTo: next === null ? null : new Date(next.to),
    plannedByName,
    plannedAt,
    endedAt: plan.endedAt === null ? null : new Date(plan.endedAt),
    endedByName,
    window,
  };
}

function byTime(left: MaintenanceWindowType, right: MaintenanceWindowType): number {
  const order = (one: MaintenanceWindowType) =>
    one.nextFrom === null ? Number.POSITIVE_INFINITY : one.nextFrom.getTime();
  const [first, second] = [order(left), order(right)];
  return first === second ? right.startsAt.getTime() - left.startsAt.getTime() : first < second ? -1 : 1;
}
