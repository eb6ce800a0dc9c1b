import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { actOf, type CatalogFailureType } from '../../catalog/index.js';
import { RequirePermission } from '../../identity/index.js';
import { targetsInForce, type StatedTarget } from '../domain/queue-targets.js';
import { QueueResult, QueueType, SEEN, type QueueSavedType } from '../graphql/queue.types.js';
import { toQueue } from '../queues.resolver.js';
import { findQueueTargets } from './queue-target.repository.js';
import { QueueTargetInput, QueueTargetType } from './queue-target.types.js';
import { setQueueTargets } from './set-queue-targets.js';

/** How long what waits in a queue may wait. */
@Resolver(() => QueueType)
@RequirePermission('catalog.read')
export class QueueTargetsResolver {
  @ResolveField(() => [QueueTargetType], { description: 'By priority, the most urgent first' })
  async targets(@Parent() { name }: QueueType, @CurrentOperation() operation: Operation): Promise<QueueTargetType[]> {
    const loader = operation.loader<string, StatedTarget[]>('queue targets', findQueueTargets);
    return targetsInForce((await loader.load(name)) ?? []);
  }

  @Mutation(() => QueueResult, { description: 'All of its own from now on; bands left out have those shipped' })
  @RequirePermission('catalog.write')
  async setQueueTargets(
    @Args('queue', { type: () => String }) queue: string,
    @Args('targets', { type: () => [QueueTargetInput] }) targets: QueueTargetInput[],
    @Args('seen', SEEN) seen: string | null | undefined,
    @CurrentOperation() operation: Operation,
  ): Promise<QueueSavedType | CatalogFailureType> {
    const stated = targets.map(({ band, response, resolution }) => ({ band, response, resolution }));
    const outcome = await operation.write((tx) => setQueueTargets(tx, actOf(operation), queue, stated, seen ?? null));
    return typeof outcome === 'string' ? { queue: toQueue(outcome) } : outcome;
  }
}
