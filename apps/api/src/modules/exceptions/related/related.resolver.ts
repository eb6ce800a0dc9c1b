import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { RequirePermission } from '../../identity/index.js';
import { toException } from '../exception-reader.js';
import { ExceptionType } from '../graphql/exception.types.js';
import { RelatedExceptionsType } from './graphql/related.types.js';
import { findRelated, type Related } from './related.repository.js';

/** What else is wrong around an exception. */
@Resolver(() => ExceptionType)
@RequirePermission('exception.read')
export class RelatedExceptionsResolver {
  @ResolveField(() => RelatedExceptionsType, {
    description: 'Other problems with the same object, and problems with other objects of its transactions',
  })
  async related(
    @Parent() { id }: ExceptionType,
    @CurrentOperation() operation: Operation,
  ): Promise<RelatedExceptionsType> {
    const found = await operation.loader<string, Related>('related exceptions', findRelated).load(id);
    const exceptions = (found?.rows ?? []).map(({ relation, exception }) => ({
      relation,
      exception: toException(exception, operation.viewer),
    }));
    return { exceptions, total: found?.total ?? 0, totalIsLowerBound: found?.totalIsLowerBound ?? false };
  }
}
