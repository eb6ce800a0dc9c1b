import { graphql } from '../../gql/index.js';
import type { QueueNamesQuery } from '../../gql/graphql.js';
import { useLoad } from '../graphql/use-load.js';

const QueueNamesDocument = graphql(`
  query QueueNames {
    queues {
      name
      title
      purpose
    }
  }
`);

export type QueueName = QueueNamesQuery['queues'][number];

const NONE: readonly QueueName[] = [];

/** The queues by name; they are the same as long as the console is. */
export function useQueueNames(): readonly QueueName[] {
  return useLoad(QueueNamesDocument, {}, { policy: 'cache-first' }).data?.queues ?? NONE;
}
