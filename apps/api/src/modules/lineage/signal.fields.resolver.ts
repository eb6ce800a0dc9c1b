import { ID, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import {
  MappingUseType,
  shownActivity,
  SignalActivityObjectType,
  SignalActivityType,
  SignalType,
} from '../signals/index.js';
import { findActivitiesOfSignals, findObjectsOfAliases, type SignalActivityRow } from './signal-activity.repository.js';

/** What lineage has of a signal. */
@Resolver(() => SignalType)
@RequirePermission('signal.read')
export class SignalActivityResolver {
  @ResolveField(() => [SignalActivityType], { description: 'What the mapping made of it; at most 100' })
  async activities(
    @Parent() { id }: SignalType,
    @CurrentOperation() operation: Operation,
  ): Promise<SignalActivityType[]> {
    const mayUnmask = operation.viewer.permissions.has('payload.unmask');
    return (await activitiesOf(operation, id)).map((activity) => shownActivity(activity, mayUnmask));
  }

  @ResolveField(() => MappingUseType, { nullable: true, description: 'Which version and rule took it' })
  async mapping(
    @Parent() { id, notedMapping }: SignalType,
    @CurrentOperation() operation: Operation,
  ): Promise<MappingUseType | null> {
    if (notedMapping !== null) return notedMapping;
    const [first] = await activitiesOf(operation, id);
    return first === undefined || first.mapping.name === '' ? null : first.mapping;
  }
}

/** The object that an activity speaks of. */
@Resolver(() => SignalActivityObjectType)
@RequirePermission('signal.read')
export class SignalActivityObjectResolver {
  @ResolveField(() => ID, { nullable: true, description: 'Null as long as lineage does not know it' })
  async objectId(
    @Parent() { aliasId }: SignalActivityObjectType,
    @CurrentOperation() operation: Operation,
  ): Promise<string | null> {
    return operation.loader<string, string>('objects of aliases', findObjectsOfAliases).load(aliasId);
  }
}

async function activitiesOf(operation: Operation, signalId: string): Promise<SignalActivityRow[]> {
  const loader = operation.loader<string, SignalActivityRow[]>('activities of signals', findActivitiesOfSignals);
  return (await loader.load(signalId)) ?? [];
}
