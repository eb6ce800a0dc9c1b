import { graphql } from '../../gql/index.js';
import type { TraceQuery } from '../../gql/graphql.js';

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
