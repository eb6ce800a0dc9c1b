import { fromMinorUnits } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { requireUuid, requireUuids } from '../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { actOf, type CatalogFailureType } from '../catalog/index.js';
import { findPeople, PersonType, RequirePermission } from '../identity/index.js';
import { rerouteAll } from './bulk/reroute-all.js';
import { REPORTING_CURRENCY } from './domain/priority.js';
import { allQueues, type QueueName } from './domain/queues.js';
import { DEFAULT_RULES, type RoutingRule } from './domain/routing.js';
import { assignByRule } from './domain/rule-assignment.js';
import {
  QueueMembersArgs,
  QueueResult,
  QueueType,
  RoutingRuleInput,
  RoutingRulesAppliedType,
  RoutingRulesResult,
  RoutingRuleType,
  SEEN,
  type QueueSavedType,
  type RoutingRulesSavedType,
} from './graphql/queue.types.js';
import { loadWorkers } from './people/workers.js';
import { listRoutingRules } from './routing-rule.repository.js';
import { revisionOf } from './settings-revision.js';
import { saveRoutingRules, type StatedRule } from './usecases/save-routing-rules.js';
import { setQueueHours } from './usecases/set-queue-hours.js';
import { setQueueMembers } from './usecases/set-queue-members.js';

/** Queues, whose they are, and the rules that lead to them. */
@Resolver(() => QueueType)
@RequirePermission('catalog.read')
export class QueuesResolver {
  @Query(() => [QueueType])
  queues(): QueueType[] {
    return allQueues();
  }

  @Query(() => [RoutingRuleType], { description: 'In the order in which they are tried' })
  async routingRules(@CurrentOperation() operation: Operation): Promise<RoutingRuleType[]> {
    const tx = await operation.read();
    const own = await ownRulesOf(tx, await listRoutingRules(tx), operation.now());
    return [...own, ...DEFAULT_RULES.map((rule) => toRule(rule, { isDefault: true }))];
  }

  @Query(() => String, { description: 'Of the tenant’s own rules: the same as long as they say the same' })
  async routingRulesRevision(@CurrentOperation() operation: Operation): Promise<string> {
    return revisionOf(await listRoutingRules(await operation.read()));
  }

  @Mutation(() => QueueResult)
  @RequirePermission('catalog.write')
  async setQueueMembers(
    @Args() { queue, personIds, seen }: QueueMembersArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<QueueSavedType | CatalogFailureType> {
    const ids = requireUuids(personIds, 'personIds');
    const outcome = await operation.write((tx) => setQueueMembers(tx, actOf(operation), queue, ids, seen ?? null));
    return typeof outcome === 'string' ? { queue: toQueue(outcome) } : outcome;
  }

  @Mutation(() => QueueResult, { description: 'When it is worked: a calendar as legal entities have them, or 24x7' })
  @RequirePermission('catalog.write')
  async setQueueHours(
    @Args('queue', { type: () => String }) queue: string,
    @Args('calendar', { type: () => String }) calendar: string,
    @Args('seen', SEEN) seen: string | null | undefined,
    @CurrentOperation() operation: Operation,
  ): Promise<QueueSavedType | CatalogFailureType> {
    const outcome = await operation.write((tx) => setQueueHours(tx, actOf(operation), queue, calendar, seen ?? null));
    return typeof outcome === 'string' ? { queue: toQueue(outcome) } : outcome;
  }

  @Mutation(() => RoutingRulesResult, { description: 'All of the tenant’s own rules from now on, in their order' })
  @RequirePermission('catalog.write')
  async saveRoutingRules(
    @Args('rules', { type: () => [RoutingRuleInput] }) rules: RoutingRuleInput[],
    @Args('seen', SEEN) seen: string | null | undefined,
    @CurrentOperation() operation: Operation,
  ): Promise<RoutingRulesSavedType | CatalogFailureType> {
    const stated = rules.map(toStated);
    const outcome = await operation.write((tx) => saveRoutingRules(tx, actOf(operation), stated, seen ?? null));
    if (!('length' in outcome)) return outcome;
    const tx = await operation.read();
    const revision = revisionOf(await listRoutingRules(tx));
    return { rules: await ownRulesOf(tx, outcome, operation.now()), revision };
  }

  @Mutation(() => RoutingRulesAppliedType, {
    description:
      'Sends what is open, not moved by hand and in nobody’s hand where the rules say now, and rates all of it',
  })
  @RequirePermission('catalog.write')
  async applyRoutingRules(@CurrentOperation() operation: Operation): Promise<RoutingRulesAppliedType> {
    return rerouteAll(operation);
  }
}

/** Whom a rule names. */
@Resolver(() => RoutingRuleType)
@RequirePermission('catalog.read')
export class RoutingRuleFieldsResolver {
  @ResolveField(() => PersonType, { nullable: true, description: 'Who is given what it routes' })
  async person(
    @Parent() { personId }: RoutingRuleType,
    @CurrentOperation() operation: Operation,
  ): Promise<PersonType | null> {
    return personId === null ? null : operation.loader('people', findPeople).load(personId);
  }
}

/** A queue by its name. */
export function toQueue(name: QueueName): QueueType {
  const found = allQueues().find((queue) => queue.name === name);
  if (found === undefined) throw new Error(`there is no queue ${name}`);
  return found;
}

/** Rules of a tenant's own, with what the persons whom they name come to now. */
async function ownRulesOf(tx: Tx, rules: readonly RoutingRule[], now: Date): Promise<RoutingRuleType[]> {
  const workers = rules.some(({ personId }) => personId !== undefined) ? await loadWorkers(tx, now) : null;
  return rules.map((rule) => {
    const { personId, queue } = rule;
    const given = workers === null || personId === undefined ? null : assignByRule(personId, queue, workers, now);
    return toRule(rule, { isDefault: false, whyNobody: given?.ownerId === null ? given.why : null });
  });
}

function toRule(
  rule: RoutingRule,
  { isDefault, whyNobody = null }: { isDefault: boolean; whyNobody?: string | null },
): RoutingRuleType {
  const { name, queue, taxonomies, objectTypes, legalEntities, integrations, fromMinor, personId } = rule;
  return {
    name,
    queue: toQueue(queue),
    taxonomies: taxonomies ?? null,
    objectTypes: objectTypes ?? null,
    legalEntities: legalEntities ?? null,
    integrations: integrations ?? null,
    fromAmount: fromMinor === undefined ? null : fromMinorUnits(BigInt(fromMinor), REPORTING_CURRENCY),
    isDefault,
    whyNobody,
    personId: personId ?? null,
  };
}

/** A rule as a person states it. */
export function toStated(rule: RoutingRuleInput): StatedRule {
  const { name, queue, taxonomies, objectTypes, legalEntities, integrations, fromAmount, personId } = rule;
  return {
    name: name.trim(),
    queue,
    ...(taxonomies && { taxonomies }),
    ...(objectTypes && { objectTypes }),
    ...(legalEntities && { legalEntities }),
    ...(integrations && { integrations }),
    fromAmount: fromAmount ?? null,
    ...(personId && { personId: requireUuid(personId, 'personId') }),
  };
}
