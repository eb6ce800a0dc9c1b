import { Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { DateTimeScalar } from '../../graphql/scalars.js';
import { IntegrationType } from '../catalog/index.js';
import { RequirePermission } from '../identity/index.js';
import {
  countOpenExceptions,
  findIntegrationActivity,
  type IntegrationActivity,
} from './integration-activity.repository.js';

const IDLE: IntegrationActivity = { lastActivityAt: null, activitiesToday: 0, failuresToday: 0 };

/** What lineage knows of an integration. "Today" is the running UTC day. */
@Resolver(() => IntegrationType)
@RequirePermission('catalog.read')
export class IntegrationFieldsResolver {
  @ResolveField(() => DateTimeScalar, { nullable: true })
  async lastActivityAt(
    @Parent() { name }: IntegrationType,
    @CurrentOperation() operation: Operation,
  ): Promise<Date | null> {
    return (await activityOf(operation, name)).lastActivityAt;
  }

  @ResolveField(() => Int)
  async activitiesToday(
    @Parent() { name }: IntegrationType,
    @CurrentOperation() operation: Operation,
  ): Promise<number> {
    return (await activityOf(operation, name)).activitiesToday;
  }

  @ResolveField(() => Int)
  async failuresToday(@Parent() { name }: IntegrationType, @CurrentOperation() operation: Operation): Promise<number> {
    return (await activityOf(operation, name)).failuresToday;
  }

  @ResolveField(() => Int)
  async openExceptions(@Parent() { name }: IntegrationType, @CurrentOperation() operation: Operation): Promise<number> {
    return (
      (await operation.loader<string, number>('open exceptions of integration', countOpenExceptions).load(name)) ?? 0
    );
  }
}

async function activityOf(operation: Operation, name: string): Promise<IntegrationActivity> {
  const startOfDay = new Date(operation.now());
  startOfDay.setUTCHours(0, 0, 0, 0);
  const loader = operation.loader<string, IntegrationActivity>('integration activity', (tx, names) =>
    findIntegrationActivity(tx, names, startOfDay),
  );
  return (await loader.load(name)) ?? IDLE;
}
