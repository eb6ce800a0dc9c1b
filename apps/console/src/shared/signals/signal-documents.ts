import { graphql } from '../../gql/index.js';
import type { SignalActivityPartsFragment, SignalQuery, SignalRowFragment } from '../../gql/graphql.js';

export const MappingUseText = graphql(`
  fragment MappingUseParts on MappingUse {
    name
    version
    rule
  }
`);

export const SignalActivityText = graphql(`
  fragment SignalActivityParts on SignalActivity {
    id
    type
    occurredAt
    outcome
    system
    integration
    objects {
      type
      qualifier
      keys {
        system
        kind
        scope
        value
      }
      objectId
      legalEntity
      counterparty
      amount {
        amount
        currency
      }
      direction
    }
    links {
      from
      to
      qualifier
      amount {
        amount
        currency
      }
    }
    problem {
      taxonomy
      message
      field
    }
    mapping {
      ...MappingUseParts
    }
  }
`);

export const SignalRowText = graphql(`
  fragment SignalRow on Signal {
    id
    kind
    state
    type
    source
    sourceSystem
    externalId
    occurredAt
    receivedAt
    lagSeconds
    unmapped {
      code
      reason
      place
    }
  }
`);

export const SignalDocument = graphql(`
  query Signal($id: ID!) {
    signal(id: $id) {
      ...SignalRow
      scopedKey
      contentType
      sizeBytes
      traceId
      hopTraceparent
      attributes
      raw {
        text
        base64
        isMasked
        isTruncated
      }
      unmapped {
        mapping {
          ...MappingUseParts
        }
      }
      ignoredBecause
      mapping {
        ...MappingUseParts
      }
      activities {
        ...SignalActivityParts
      }
      file {
        id
        name
        format
      }
      recordNo
      correlationId
      causationId
      flowTraceIds
      causedBy {
        id
        type
        externalId
      }
      caused(first: 20) {
        pageInfo {
          hasNextPage
        }
        edges {
          node {
            id
            type
            externalId
          }
        }
      }
    }
  }
`);

export type SignalRow = SignalRowFragment;
export type SignalFull = NonNullable<SignalQuery['signal']>;
export type SignalActivity = SignalActivityPartsFragment;
