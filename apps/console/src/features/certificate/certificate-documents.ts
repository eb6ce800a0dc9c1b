import { graphql } from '../../gql/index.js';
import type { RequeueCertificateQuery } from '../../gql/graphql.js';

export const RequeueCertificateDocument = graphql(`
  query RequeueCertificate($attemptId: ID!) {
    requeueCertificate(attemptId: $attemptId) {
      exceptionId
      integration
      integrationTitle
      bodyHash
      bodyBytes
      contentType
      payload {
        text
        bytes
        isMasked
        whyNot
      }
      payloadVersion
      changes {
        pointer
        from
        to
      }
      idempotencyKey
      selectionHash
      requestedAt
      verifyBy
      evidenceHash
      compensation {
        action
        postingDate
        provedBy
        document {
          objectId
          type
          key
        }
        undoneBy {
          activityId
          activityType
          occurredAt
          system
          documents {
            objectId
            type
            key
          }
        }
      }
      subject {
        objectId
        type
        key
      }
      attempt {
        id
        attempt
        state
        requestId
        makerName
        reason
        sentAt
        acknowledgedAt
        processedAt
        finishedAt
        settlement {
          verdict
          reason
          personName
          at
        }
        httpStatus
        answer
        transmissions
        traceId
      }
      approvals {
        id
        at
        actorName
      }
      request {
        id
        state
        approval {
          isBreakGlass
          decidedByName
          decidedAt
          needed {
            approvals
          }
        }
      }
      became {
        activityId
        activityType
        occurredAt
        system
        documents {
          objectId
          type
          key
        }
      }
      evidence {
        id
        at
        action
        actorName
        hash
        isSealed
      }
    }
  }
`);

export type Certificate = NonNullable<RequeueCertificateQuery['requeueCertificate']>;
