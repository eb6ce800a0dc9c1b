import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { LocalDateScalar } from '../../graphql/scalars.js';
import { StatementOriginType } from '../../graphql/statement-origin.type.js';
import { RequirePermission } from '../identity/index.js';
import { LineageEdgeType } from './graphql/lineage.types.js';
import {
  findOrigins,
  findValidities,
  type LinkKey,
  type OriginRow,
  type ValidityRow,
} from './object-statement.repository.js';

/** Who stated a link, and for which days it holds. */
@Resolver(() => LineageEdgeType)
@RequirePermission('transaction.read')
export class LineageEdgeResolver {
  @ResolveField(() => StatementOriginType, { nullable: true, description: 'Who stated it first' })
  async assertedBy(
    @Parent() { assertedById }: LineageEdgeType,
    @CurrentOperation() operation: Operation,
  ): Promise<StatementOriginType | null> {
    return operation.loader<string, OriginRow>('origins of links', findOrigins).load(assertedById);
  }

  @ResolveField(() => LocalDateScalar, { nullable: true, description: 'First day on which it holds; null = for good' })
  async validFrom(@Parent() edge: LineageEdgeType, @CurrentOperation() operation: Operation): Promise<string | null> {
    return (await validityOf(operation, edge))?.validFrom ?? null;
  }

  @ResolveField(() => LocalDateScalar, { nullable: true, description: 'Last day on which it holds; null = for good' })
  async validTo(@Parent() edge: LineageEdgeType, @CurrentOperation() operation: Operation): Promise<string | null> {
    return (await validityOf(operation, edge))?.validTo ?? null;
  }
}

/** Both days of an edge are looked up at once: the loader knows the edge itself. */
function validityOf(operation: Operation, edge: LineageEdgeType): Promise<ValidityRow | null> {
  return operation.loader<LinkKey, ValidityRow>('validities of links', findValidities).load(edge);
}
