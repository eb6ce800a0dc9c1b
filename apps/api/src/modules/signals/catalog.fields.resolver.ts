import { Float, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { DateTimeScalar } from '../../graphql/scalars.js';
import { MappingType, SourceSystemType } from '../catalog/index.js';
import { RequirePermission } from '../identity/index.js';
import { startOfUtcDay } from './domain/utc-day.js';
import { countUnmappedByMapping, findSourceTraffic, type SourceTraffic } from './intake.repository.js';

const SILENT: SourceTraffic = {
  lastReceivedAt: null,
  signalsToday: 0,
  unmappedToday: 0,
  longestLagSecondsToday: null,
};

/** What a source system sent. "Today" is the running UTC day. */
@Resolver(() => SourceSystemType)
@RequirePermission('catalog.read')
export class SourceSystemFieldsResolver {
  @ResolveField(() => DateTimeScalar, { nullable: true })
  async lastReceivedAt(
    @Parent() system: SourceSystemType,
    @CurrentOperation() operation: Operation,
  ): Promise<Date | null> {
    return (await trafficOf(operation, system)).lastReceivedAt;
  }

  @ResolveField(() => Int)
  async signalsToday(@Parent() system: SourceSystemType, @CurrentOperation() operation: Operation): Promise<number> {
    return (await trafficOf(operation, system)).signalsToday;
  }

  @ResolveField(() => Int)
  async unmappedToday(@Parent() system: SourceSystemType, @CurrentOperation() operation: Operation): Promise<number> {
    return (await trafficOf(operation, system)).unmappedToday;
  }

  @ResolveField(() => Float, { nullable: true, description: 'From when something happened to when it was received' })
  async longestLagSecondsToday(
    @Parent() system: SourceSystemType,
    @CurrentOperation() operation: Operation,
  ): Promise<number | null> {
    return (await trafficOf(operation, system)).longestLagSecondsToday;
  }
}

/** What came to grief in a mapping. */
@Resolver(() => MappingType)
@RequirePermission('catalog.read')
export class MappingFieldsResolver {
  @ResolveField(() => Int, { description: 'Signals that it took and could not map' })
  async signalsUnmapped(@Parent() { name }: MappingType, @CurrentOperation() operation: Operation): Promise<number> {
    return (await operation.loader<string, number>('unmapped by mapping', countUnmappedByMapping).load(name)) ?? 0;
  }
}

async function trafficOf(operation: Operation, { name }: SourceSystemType): Promise<SourceTraffic> {
  const startOfDay = startOfUtcDay(operation.now());
  const loader = operation.loader<string, SourceTraffic>('source traffic', (tx, names) =>
    findSourceTraffic(tx, names, startOfDay),
  );
  return (await loader.load(name)) ?? SILENT;
}
