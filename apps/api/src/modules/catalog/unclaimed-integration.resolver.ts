import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CodedError } from '../../graphql/coded-error.js';
import { countRows, PageArgs, readPage, toConnection, type Connection } from '../../graphql/connection.js';
import { requireText } from '../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { actOf } from './catalog-act.js';
import { isFailure } from './domain/catalog-failure.js';
import type { CatalogFailureType } from './graphql/catalog-failure.type.js';
import {
  AdoptIntegrationInput,
  DismissResult,
  IntegrationResult,
  UnclaimedIntegrationConnection,
  UnclaimedIntegrationType,
  type DismissedType,
  type IntegrationSavedType,
} from './graphql/unclaimed-integration.types.js';
import { describeIntegrations } from './integration.repository.js';
import { COUNT_UNCLAIMED, listUnclaimed } from './unclaimed-integration.repository.js';
import { adoptIntegration } from './usecases/adopt-integration.js';
import { dismissUnclaimedIntegration } from './usecases/dismiss-unclaimed.js';

const LIST = 'unclaimed-integrations';
const NAME = { max: 1_000 };

/** What sends without being configured, and what becomes of it. */
@Resolver(() => UnclaimedIntegrationType)
@RequirePermission('catalog.read')
export class UnclaimedIntegrationResolver {
  @Query(() => UnclaimedIntegrationConnection, { description: 'Last seen first' })
  async unclaimedIntegrations(
    @Args() args: PageArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<UnclaimedIntegrationType>> {
    const page = readPage(args, LIST, ['instant', 'text', 'text']);
    const tx = await operation.read();
    return toConnection({
      list: LIST,
      page,
      rows: await listUnclaimed(tx, page),
      cursorOf: (row) => [row.lastSeenText, row.kind, row.name],
      nodeOf: (row) => ({ ...row, signals: Number(row.signals) }),
      count: () => countRows(tx, COUNT_UNCLAIMED, [tx.tenantId]),
    });
  }

  @Mutation(() => IntegrationResult, { description: 'Makes an integration of it' })
  @RequirePermission('catalog.write')
  async adoptIntegration(
    @Args('input') input: AdoptIntegrationInput,
    @CurrentOperation() operation: Operation,
  ): Promise<IntegrationSavedType | CatalogFailureType> {
    const statement = { ...input, name: requireText(input.name, 'name', NAME) };
    const outcome = await operation.write((tx) => adoptIntegration(tx, actOf(operation), statement));
    if (isFailure(outcome)) return outcome;
    const [integration] = await describeIntegrations(await operation.read(), [outcome.name]);
    if (integration === undefined) throw new CodedError('NOT_FOUND', 'There is no such integration');
    return { integration };
  }

  @Mutation(() => DismissResult)
  @RequirePermission('catalog.write')
  async dismissUnclaimedIntegration(
    @Args('kind', { type: () => String }) kind: string,
    @Args('name', { type: () => String }) nameText: string,
    @CurrentOperation() operation: Operation,
  ): Promise<DismissedType | CatalogFailureType> {
    const name = requireText(nameText, 'name', NAME);
    return operation.write((tx) => dismissUnclaimedIntegration(tx, actOf(operation), { kind, name }));
  }
}
