import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { countRows, PageArgs, readPage, toConnection, type Connection } from '../../../graphql/connection.js';
import { toMoney } from '../../../graphql/money.type.js';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { RequirePermission } from '../../identity/index.js';
import { ConversionArgs, ConvertedMoneyType } from '../graphql/converted-money.types.js';
import { MadeOfConnection, MadeOfType } from '../graphql/made-of.types.js';
import { ObjectMoneyType } from '../graphql/money-graph.types.js';
import { BusinessObjectType } from '../graphql/object.types.js';
import { conversionTarget, convertAmount } from './convert-amount.js';
import { COUNT_MADE_OF, findMadeOf } from './made-of.repository.js';
import { objectMoneyOf } from './object-money.js';

const MADE_OF = 'made-of';

/** The money of a business object. */
@Resolver(() => BusinessObjectType)
@RequirePermission('transaction.read')
export class ObjectMoneyResolver {
  @ResolveField(() => ObjectMoneyType, { description: 'What flows in and out, and what is left unexplained' })
  async money(
    @Parent() { id }: BusinessObjectType,
    @CurrentOperation() operation: Operation,
  ): Promise<ObjectMoneyType> {
    return objectMoneyOf(operation, id);
  }

  @ResolveField(() => ConvertedMoneyType, { nullable: true, description: 'The amount in a reporting currency' })
  async amountIn(
    @Parent() { amount }: BusinessObjectType,
    @Args() args: ConversionArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<ConvertedMoneyType | null> {
    return convertAmount(operation, amount, conversionTarget(operation, args));
  }

  @ResolveField(() => MadeOfConnection, {
    description: 'What it is made of: flow links into it, one step up, in the order of their ids',
  })
  async madeOf(
    @Parent() { id }: BusinessObjectType,
    @Args() args: PageArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<MadeOfType>> {
    const page = readPage(args, MADE_OF, ['uuid', 'text']);
    const tx = await operation.read();
    return toConnection({
      list: MADE_OF,
      page,
      rows: await findMadeOf(tx, id, page),
      cursorOf: (row) => [row.id, row.qualifier],
      nodeOf: ({ id: objectId, type, key, qualifier, ...row }): MadeOfType => ({
        object: { id: objectId, type, key },
        qualifier,
        amount: toMoney(row.amount, row.currency),
        stated: toMoney(row.linkAmount, row.linkCurrency),
      }),
      count: () => countRows(tx, COUNT_MADE_OF, [tx.tenantId, id]),
    });
  }
}
