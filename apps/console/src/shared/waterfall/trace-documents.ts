import { graphql } from '../../gql/index.js';
import type { TraceHeadQuery, TraceQuery, TraceWindowQuery } from '../../gql/graphql.js';

export const TraceHeadDocument = graphql(`
  query TraceHead($traceId: String!) {
    trace(traceId: $traceId) {
      traceId
      startedAt
      durationMs
      spanCount
      errorCount
      isPartial
      root {
        spanId
        name
        offsetMs
      }
      firstCause {
        spanId
        name
        offsetMs
        durationMs
      }
      criticalPath {
        durationMs
        startUnixNano
        services {
          serviceName
          durationMs
          waitingMs
        }
        steps {
          serviceName
          name
          durationMs
        }
        segments {
          spanId
          startUnixNano
          endUnixNano
          isWaiting
        }
      }
    }
  }
`);

export const TraceWindowDocument = graphql(`
  query TraceWindow(
    $traceId: String!
    $first: Int!
    $skip: Int!
    $collapsed: [String!]
    $fromUnixNano: String
    $untilUnixNano: String
  ) {
    trace(traceId: $traceId) {
      window(
        first: $first
        skip: $skip
        collapsed: $collapsed
        fromUnixNano: $fromUnixNano
        untilUnixNano: $untilUnixNano
      ) {
        rowCount
        rows {
          spanId
          parentSpanId
          name
          kind
          serviceName
          offsetMs
          durationMs
          isOpen
          status
          isClockSuspect
          depth
          children
          hasErrorBelow
          criticalMs
          criticalParts {
            offsetMs
            durationMs
            isWaiting
          }
        }
      }
    }
  }
`);

export const TraceSpanDocument = graphql(`
  query TraceSpan($traceId: String!, $spanId: String!) {
    trace(traceId: $traceId) {
      span(spanId: $spanId) {
        spanId
        parentSpanId
        name
        kind
        serviceName
        isOpen
        offsetMs
        durationMs
        startUnixNano
        endUnixNano
        status
        statusMessage
        attributes
        events
        links
        dropped {
          attributes
          events
          links
        }
        isClockSuspect
      }
    }
  }
`);

export const TraceDocument = graphql(`
  query Trace($traceId: String!) {
    trace(traceId: $traceId) {
      traceId
      startedAt
      durationMs
      isTruncated
      spans {
        spanId
        parentSpanId
        name
        kind
        serviceName
        isOpen
        offsetMs
        durationMs
        startUnixNano
        endUnixNano
        status
        statusMessage
        attributes
        events
        links
        dropped {
          attributes
          events
          links
        }
        isClockSuspect
      }
    }
  }
`);

export type TraceData = NonNullable<TraceQuery['trace']>;
export type TraceSpan = TraceData['spans'][number];
export type TraceHead = NonNullable<TraceHeadQuery['trace']>;
export type TraceRow = NonNullable<TraceWindowQuery['trace']>['window']['rows'][number];
