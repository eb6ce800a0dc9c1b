import { Args, Field, ID, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { CodedError } from '../../graphql/coded-error.js';
import { requireUuid } from '../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { catalogResult, isFailure, type CatalogFailureType } from '../catalog/index.js';
import { RequirePermission } from '../identity/index.js';
import { readException } from './exception-reader.js';
import { routeException } from './domain/routing.js';
import { assignByRule } from './domain/rule-assignment.js';
import { QueueType, RoutingRuleInput } from './graphql/queue.types.js';
import { loadWorkers } from './people/workers.js';
import { toQueue, toStated } from './queues.resolver.js';
import { readRules, refuseAssignees } from './usecases/save-routing-rules.js';

@ObjectType('RoutingTrial', { description: 'Where rules would send an exception' })
export class RoutingTrialType {
  @Field(() => QueueType)
  queue!: QueueType;

  @Field(() => String, { description: 'Name of the rule that takes it' })
  rule!: string;

  @Field(() => Boolean, { description: 'None of the rules tried does, but a shipped one' })
  isDefault!: boolean;

  @Field(() => String, { nullable: true, description: 'Who would be given it now; null = nobody' })
  assigneeName!: string | null;

  @Field(() => String, { nullable: true, description: 'Why nobody would, though the rule names a person' })
  whyNobody!: string | null;
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
    const tx = await operation.read();
    const now = operation.now();
    const refusal = await refuseAssignees(tx, rules, now);
    if (refusal !== null) return refusal;
    const found = await readException(operation, requireUuid(exceptionId, 'exceptionId'));
    if (found === null) throw new CodedError('NOT_FOUND', 'There is no such exception');
    const { queue, rule, personId } = routeException(found.row, rules);
    const given = personId === undefined ? null : assignByRule(personId, queue, await loadWorkers(tx, now), now);
    return {
      queue: toQueue(queue),
      rule,
      isDefault: !rules.some(({ name }) => name === rule),
      assigneeName: given !== null && given.ownerId !== null ? given.ownerName : null,
      whyNobody: given?.ownerId === null ? given.why : null,
    };
  }
}
