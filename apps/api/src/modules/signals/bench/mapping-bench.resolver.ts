import { Args, Query, Resolver } from '@nestjs/graphql';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { RequirePermission } from '../../identity/index.js';
import {
  MappingComparisonInput,
  MappingComparisonType,
  MappingTrialInput,
  MappingTrialType,
} from '../graphql/mapping-bench.types.js';
import { compareMapping, tryMapping } from './mapping-bench.js';

/** The bench where mappings are tried; nothing that it does is stored. */
@Resolver(() => MappingTrialType)
@RequirePermission('mapping.try')
export class MappingBenchResolver {
  @Query(() => MappingTrialType, { description: 'One signal or payload through one definition' })
  async mappingTrial(
    @Args('input') input: MappingTrialInput,
    @CurrentOperation() operation: Operation,
  ): Promise<MappingTrialType> {
    return tryMapping(operation, input);
  }

  @Query(() => MappingComparisonType, { description: 'A changed definition over stored signals' })
  async mappingComparison(
    @Args('input') input: MappingComparisonInput,
    @CurrentOperation() operation: Operation,
  ): Promise<MappingComparisonType> {
    return compareMapping(operation, input);
  }
}
