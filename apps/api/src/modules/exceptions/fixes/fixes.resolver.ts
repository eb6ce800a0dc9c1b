import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { RequirePermission } from '../../identity/index.js';
import { ExceptionType } from '../graphql/exception.types.js';
import { ExceptionGroupType } from '../groups/graphql/group.types.js';
import { ExceptionFixesType } from './graphql/fix.types.js';
import { readFixes } from './read-fixes.js';

const DESCRIPTION = 'What solved the problem before, and whether it stayed solved; of at most 20 at once';

/** What is learned from fixes, on an exception. */
@Resolver(() => ExceptionType)
@RequirePermission('exception.read')
export class ExceptionFixesResolver {
  @ResolveField(() => ExceptionFixesType, { description: DESCRIPTION })
  fixes(@Parent() { row }: ExceptionType, @CurrentOperation() operation: Operation): Promise<ExceptionFixesType> {
    return readFixes(operation, { ...row, except: row.exceptionId });
  }
}

/** The same, on a group. */
@Resolver(() => ExceptionGroupType)
@RequirePermission('exception.read')
export class GroupFixesResolver {
  @ResolveField(() => ExceptionFixesType, { description: DESCRIPTION })
  fixes(
    @Parent() { id, taxonomy, hop }: ExceptionGroupType,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionFixesType> {
    return readFixes(operation, { groupId: id, taxonomy, hop, except: null });
  }
}
