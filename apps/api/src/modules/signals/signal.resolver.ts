import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { readPage, toConnection, type Connection } from '../../graphql/connection.js';
import { requireUuid } from '../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { SignalConnection, SignalsArgs, SignalType } from './graphql/signal.types.js';
import { readSignalSelection } from './read-signal-selection.js';
import { countSignals, listSignals } from './signal-list.repository.js';
import { readSignal, toSignal } from './signal-reader.js';

/** What was received, spans apart. */
@Resolver(() => SignalType)
@RequirePermission('signal.read')
export class SignalResolver {
  @Query(() => SignalConnection, { description: 'In order of receipt; spans are found by their trace' })
  async signals(@Args() args: SignalsArgs, @CurrentOperation() operation: Operation): Promise<Connection<SignalType>> {
    const order = args.orderBy ?? 'RECEIVED_DESC';
    const list = `signals ${order}`;
    const page = readPage(args, list, ['instant', 'uuid']);
    const selection = readSignalSelection(args.filter);
    const mayUnmask = operation.viewer.permissions.has('payload.unmask');
    const tx = await operation.read();
    return toConnection({
      list,
      page,
      rows: await listSignals(tx, selection, order, page),
      cursorOf: (row) => [row.receivedText, row.id],
      nodeOf: (row) => toSignal(row, mayUnmask),
      count: () => countSignals(tx, selection),
    });
  }

  @Query(() => SignalType, { nullable: true })
  async signal(
    @Args('id', { type: () => ID }) id: string,
    @CurrentOperation() operation: Operation,
  ): Promise<SignalType | null> {
    return readSignal(operation, requireUuid(id, 'id'));
  }
}
