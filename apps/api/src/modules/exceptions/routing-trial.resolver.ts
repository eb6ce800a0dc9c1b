import { Args, Field, ID, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { CodedError } from '../../graphql/coded-error.js';
import { requireUuid } from '../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { catalogResult, isFailure, type CatalogFailureType } from '../catalog/index.js';
import { RequirePermission } from '../identity/index.js';
import { readException } from './exception-reader.js';
import { routeException } from './domain/routing.js';
import { QueueType, RoutingRuleInput } from './graphql/queue.types.js';
import { toQueue, toStated } from './queues.resolver.js';
import { readRules } from './usecases/save-routing-rules.js';

@ObjectType('RoutingTrial', { description: 'Where rules would send an exception' })
export class RoutingTrialType {
  @Field(() => QueueType)
  queue!: QueueType;

  @Field(() => String, { description: 'Name of the rule that takes it' })
  rule!: string;

  @Field(() => Boolean, { description: 'None of the rules tried does, but a shipped one' })
  isDefault!: boolean;
}

export const RoutingTrialResult = catalogResult('RoutingTrialResult', RoutingTrialType);

/** Routing rules before they are saved. */
@Resolver()
@RequirePermission('exception.read')
export class RoutingTrialResolver {
  @Query(() => RoutingTrialResult, { description: 'Nothing is moved or saved' })
  async tryRoutingRules(
    @Args('exceptionId', { type: () => ID }) exceptionId: string,
    @Args('rules', { type: () => [RoutingRuleInput] }) stated: RoutingRuleInput[],
    @CurrentOperation() operation: Operation,
  ): Promise<RoutingTrialType | CatalogFailureType> {
    const rules = readRules(stated.map(toStated));
    if (isFailure(rules)) return rules;
    const found = await readException(operation, requireUuid(exceptionId, 'exceptionId'));
    if (found === null) throw new CodedError('NOT_FOUND', 'There is no such exception');
    const { queue, rule } = routeException(found.row, rules);
    return { queue: toQueue(queue), rule, isDefault: !rules.some(({ name }) => name === rule) };
  }
}
