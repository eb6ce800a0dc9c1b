import { Field, Int, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentOperation, type Operation } from '../../../../graphql/operation.js';
import { RequirePermission } from '../../../identity/index.js';
import { RequeueRequestType } from '../../graphql/requeue.types.js';
import { findDecisions } from './decision.repository.js';

@ObjectType('RequeueDecisionProgress', {
  description: 'How far the decision on a large request is carried out; nothing of it goes out before all of it is',
})
export class RequeueDecisionProgressType {
  @Field(() => Int)
  items!: number;

  @Field(() => Int)
  done!: number;

  @Field(() => Int, { description: 'Of an approved one: what was done and goes out; the rest of it does not any more' })
  letGo!: number;

  @Field(() => Int, {
    description:
      'Could not be carried out, each with its reason as the answer of its attempt; the rest went on without',
  })
  setAside!: number;
}

/** How far a decision is that the worker carries out. */
@Resolver(() => RequeueRequestType)
@RequirePermission('exception.read')
export class DecisionProgressResolver {
  @ResolveField(() => RequeueDecisionProgressType, {
    nullable: true,
    description: 'Null = it was decided at once, or is not decided yet',
  })
  async deciding(
    @Parent() { id }: RequeueRequestType,
    @CurrentOperation() operation: Operation,
  ): Promise<RequeueDecisionProgressType | null> {
    const decision = await operation.loader('requeue decisions', findDecisions).load(id);
    return (
      decision && {
        items: decision.items,
        done: decision.donePosition,
        letGo: decision.letGo,
        setAside: decision.setAside,
      }
    );
  }
}
