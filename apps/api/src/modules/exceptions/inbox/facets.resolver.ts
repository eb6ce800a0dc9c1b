import { Args, Query, Resolver } from '@nestjs/graphql';
import { CurrentOperation, type Operation } from '../../../graphql/operation.js';
import { RequirePermission } from '../../identity/index.js';
import { toTaxonomy } from '../exception-reader.js';
import { arrangeFacets, type InboxFacet } from '../domain/inbox-facets.js';
import { EXCEPTION_STATES, isOpen } from '../domain/life-cycle.js';
import { isQueueName, queueTitle } from '../domain/queues.js';
import { ExceptionFacetsType } from '../graphql/exception-facets.types.js';
import { ExceptionFilterInput } from '../graphql/exception-list.types.js';
import { resolveSelection } from '../read-inbox.js';
import { countFacets } from './facets.repository.js';
import { isOfOpenInbox } from './open-inbox.js';

/** More values of one facet nobody reads. */
const MOST_BUCKETS = 100;

/** The numbers beside the filters of the inbox. */
@Resolver()
@RequirePermission('exception.read')
export class FacetsResolver {
  @Query(() => ExceptionFacetsType, { description: 'The numbers beside the filters of a list of exceptions' })
  async exceptionFacets(
    @Args('filter', { type: () => ExceptionFilterInput, nullable: true })
    filter: ExceptionFilterInput | null | undefined,
    @CurrentOperation() operation: Operation,
  ): Promise<ExceptionFacetsType> {
    const selection = await resolveSelection(operation, filter);
    const { total, isLowerBound, counted } = await countFacets(
      await operation.read(),
      selection,
      operation.viewer.personId,
    );
    const states = isOfOpenInbox(selection) ? EXCEPTION_STATES.filter(isOpen) : (selection.states ?? EXCEPTION_STATES);
    const facets = arrangeFacets(counted, states).map(({ facet, buckets }) => ({
      name: facet,
      buckets: buckets.slice(0, MOST_BUCKETS).map((bucket) => ({ ...bucket, title: titleOf(facet, bucket.value) })),
    }));
    return { total, isLowerBound, facets };
  }
}

function titleOf(facet: InboxFacet, value: string): string {
  if (facet === 'QUEUE' && isQueueName(value)) return queueTitle(value);
  return facet === 'PROBLEM' ? toTaxonomy(value).title : value;
}
