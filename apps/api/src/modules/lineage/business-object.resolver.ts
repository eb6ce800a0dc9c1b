import { Args, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { AliasType } from '../../graphql/alias.type.js';
import { CodedError } from '../../graphql/coded-error.js';
import { MAX_PAGE, readPage, toConnection, type Connection } from '../../graphql/connection.js';
import { requireText, requireUuid } from '../../graphql/identifier.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { findAliases, findTransactionIdsOf } from './business-object.repository.js';
import { BusinessObjectType } from './graphql/object.types.js';
import { SearchArgs, SearchConnection, type SearchEdgeFields } from './graphql/search.types.js';
import { TransactionType } from './graphql/transaction.types.js';
import { LineageReader, toBusinessObject } from './lineage-reader.js';
import { countSearchMatches, searchBusinessObjects, toSearchMatch } from './search.repository.js';

/** Business objects: one, a search, and what is known of each. */
@Resolver(() => BusinessObjectType)
@RequirePermission('transaction.read')
export class BusinessObjectResolver {
  constructor(private readonly reader: LineageReader) {}

  @Query(() => BusinessObjectType, { nullable: true })
  async businessObject(
    @Args('id', { type: () => ID }) id: string,
    @CurrentOperation() operation: Operation,
  ): Promise<BusinessObjectType | null> {
    return this.reader.businessObject(operation, requireUuid(id, 'id'));
  }

  @Query(() => SearchConnection, {
    description:
      'Objects of which a number in any system, a payment reference or the counterparty starts with the text as typed; case, ' +
      'separators and leading zeros do not count. The exact ones first',
  })
  async search(
    @Args() args: SearchArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<BusinessObjectType, SearchEdgeFields>> {
    const text = requireText(args.text, 'text', { min: 2, max: 100 });
    const page = readPage(args, 'search', ['text', 'text', 'uuid'], 20);
    const tx = await operation.read();
    return toConnection({
      list: 'search',
      page,
      rows: await searchBusinessObjects(tx, text, page),
      cursorOf: (row) => [row.rank, row.matchKey, row.id],
      nodeOf: toBusinessObject,
      edgeOf: (row) => ({ match: toSearchMatch(row, text) }),
      count: () => countSearchMatches(tx, text),
    });
  }

  @ResolveField(() => [AliasType])
  async aliases(@Parent() { id }: BusinessObjectType, @CurrentOperation() operation: Operation): Promise<AliasType[]> {
    const loader = operation.loader<string, AliasType[]>('aliases', async (tx, ids) => {
      const rows = await findAliases(tx, ids);
      return ids.map((objectId) => rows.filter((row) => row.objectId === objectId));
    });
    return (await loader.load(id)) ?? [];
  }

  @ResolveField(() => [TransactionType], { description: 'Latest first; of a hub those that are linked to it' })
  async transactions(
    @Parent() { id }: BusinessObjectType,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 20 }) first: number | null,
    @CurrentOperation() operation: Operation,
  ): Promise<TransactionType[]> {
    const limit = first ?? 20;
    if (limit < 1 || limit > MAX_PAGE) {
      throw new CodedError('INVALID_INPUT', `first must be a whole number from 1 to ${MAX_PAGE}`);
    }
    const loader = operation.loader<string, string[]>(`transactions of object ${limit}`, async (tx, ids) => {
      const rows = await findTransactionIdsOf(tx, ids, limit);
      return ids.map((objectId) => rows.filter((row) => row.objectId === objectId).map((row) => row.transactionId));
    });
    const found = await Promise.all(
      ((await loader.load(id)) ?? []).map((each) => this.reader.transaction(operation, each)),
    );
    return found.filter((transaction) => transaction !== null);
  }
}
