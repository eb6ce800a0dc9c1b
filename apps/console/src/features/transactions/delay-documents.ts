import { graphql } from '../../gql/index.js';
import type { TransactionDelaysQuery, TransactionTracesQuery } from '../../gql/graphql.js';

export const TransactionDelaysDocument = graphql(`
  query TransactionDelays($id: ID!) {
    transaction(id: $id) {
      id
      criticalPath {
        from
        until
        isRunning
        durationMs
        businessMs
        waitingMs
        calendar
        timeZone
        segments {
          from
          until
          reason
          kindTitle
          durationMs
          businessMs
          system
          systemTitle
          integration
          milestone
          milestoneTitle
          endedBy
        }
      }
      delays(by: [KIND]) {
        dimension
        parts {
          key
          title
          durationMs
          businessMs
          share
        }
      }
    }
  }
`);

export const TransactionTracesDocument = graphql(`
  query TransactionTraces($id: ID!) {
    transaction(id: $id) {
      id
      traces {
        spanCount
        retries
        isTruncated
        traces {
          traceId
          tie
          via
          spanCount
          errorCount
          startedAt
          durationMs
          name
          services
          integrations
          hasFailed
          isRetry
          requeueId
          runs {
            id
            type
            key
          }
        }
      }
    }
  }
`);

export type CriticalPath = NonNullable<NonNullable<TransactionDelaysQuery['transaction']>['criticalPath']>;
export type PathSegment = CriticalPath['segments'][number];
export type TransactionTraces = NonNullable<TransactionTracesQuery['transaction']>['traces'];
export type TransactionTrace = TransactionTraces['traces'][number];
