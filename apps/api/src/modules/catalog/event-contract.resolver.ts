import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CodedError } from '../../graphql/coded-error.js';
import { countRows, PageArgs, readPage, toConnection, type Connection } from '../../graphql/connection.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { actOf } from './catalog-act.js';
import { isFailure } from './domain/catalog-failure.js';
import { COUNT_EVENT_CONTRACTS, findEventContract, listEventContracts } from './event-contract.repository.js';
import type { CatalogFailureType } from './graphql/catalog-failure.type.js';
import {
  EventContractConnection,
  EventContractResult,
  EventContractType,
  RegisterEventContractArgs,
  type EventContractSavedType,
} from './graphql/event-contract.types.js';
import { registerEventContract } from './usecases/register-event-contract.js';

const LIST = 'event-contracts';

/** What the events of a type must look like. */
@Resolver(() => EventContractType)
@RequirePermission('catalog.read')
export class EventContractResolver {
  @Query(() => EventContractConnection, { description: 'By event type and version' })
  async eventContracts(
    @Args() args: PageArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<EventContractType>> {
    const page = readPage(args, LIST, ['text', 'integer']);
    const tx = await operation.read();
    return toConnection({
      list: LIST,
      page,
      rows: await listEventContracts(tx, page),
      cursorOf: (row) => [row.eventType, String(row.version)],
      nodeOf: (row): EventContractType => row,
      count: () => countRows(tx, COUNT_EVENT_CONTRACTS, [tx.tenantId]),
    });
  }

  @Mutation(() => EventContractResult, { description: 'The next version, held against the one before it' })
  @RequirePermission('catalog.write')
  async registerEventContract(
    @Args() { eventType, schema, compatibility }: RegisterEventContractArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<EventContractSavedType | CatalogFailureType> {
    const input = { eventType: eventType.trim(), schema, compatibility };
    const outcome = await operation.write((tx) => registerEventContract(tx, actOf(operation), input));
    if (isFailure(outcome)) return outcome;
    const contract = await findEventContract(await operation.read(), outcome.eventType, outcome.version);
    if (contract === null) throw new CodedError('NOT_FOUND', 'There is no such contract');
    return { contract };
  }
}
