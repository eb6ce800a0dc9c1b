import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { PageArgs, readPage, toConnection, type Connection } from '../../graphql/connection.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { SignalConnection, SignalType } from './graphql/signal.types.js';
import { countCaused, findCauses, listCaused, type NamedCause } from './signal-flow.repository.js';
import type { SignalRow } from './signal-list.repository.js';
import { toSignal } from './signal-reader.js';
import { findTracesByKey } from './spans.repository.js';

/** What caused a signal and what it caused, by the ids that senders give. Looked for when asked: either may come late. */
@Resolver(() => SignalType)
@RequirePermission('signal.read')
export class SignalFlowResolver {
  @ResolveField(() => SignalType, { nullable: true, description: 'Null when it names no cause, or that has not come' })
  async causedBy(
    @Parent() { id, flow }: SignalType,
    @CurrentOperation() operation: Operation,
  ): Promise<SignalType | null> {
    const { correlationId, causationId } = flow;
    if (correlationId === null || causationId === null) return null;
    const loader = operation.loader<NamedCause, SignalRow>('causes of signals', findCauses);
    const row = await loader.load({ id, correlationId, causationId });
    return row === null ? null : toSignal(row, operation.viewer.permissions.has('payload.unmask'));
  }

  @ResolveField(() => [String], {
    description:
      'Traces of which a step belongs to the same flow (messaging.message.conversation_id), last received first; at most 100',
  })
  async flowTraceIds(@Parent() { flow }: SignalType, @CurrentOperation() operation: Operation): Promise<string[]> {
    const { correlationId } = flow;
    if (correlationId === null) return [];
    const found = await findTracesByKey(await operation.read(), correlationId);
    return found.map(({ traceId }) => traceId);
  }

  @ResolveField(() => SignalConnection, { description: 'In order of receipt; empty outside a flow' })
  async caused(
    @Parent() { id, flow }: SignalType,
    @Args() args: PageArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<SignalType>> {
    const list = 'caused by signal';
    const page = readPage(args, list, ['instant', 'uuid']);
    const mayUnmask = operation.viewer.permissions.has('payload.unmask');
    const tx = await operation.read();
    const { correlationId, externalId } = flow;
    const cause = correlationId === null ? null : { id, correlationId, externalId };
    return toConnection({
      list,
      page,
      rows: cause === null ? [] : await listCaused(tx, cause, page),
      cursorOf: (row) => [row.receivedText, row.id],
      nodeOf: (row) => toSignal(row, mayUnmask),
      count: async () => (cause === null ? { count: 0, isEstimate: false } : countCaused(tx, cause)),
    });
  }
}
