import { graphql } from '../../../gql/index.js';
import type { CorrectablePayloadQuery } from '../../../gql/graphql.js';

export const CorrectableFieldPartsFragmentText = graphql(`
  fragment CorrectableFieldParts on CorrectableField {
    pointer
    label
    description
    kind
    choices
    isRequired
    valueJson
    isMasked
    needsConfirmation
    lock {
      code
      message
    }
  }
`);

export const CorrectablePartsFragmentText = graphql(`
  fragment CorrectableParts on CorrectablePayload {
    canCorrect
    whyNot
    kind
    failedVersion
    latestVersion
    isMasked
    isTruncated
    changeable
    contractType
    contractVersion
    fields {
      ...CorrectableFieldParts
    }
    lists {
      pointer
      label
      length
      newFields {
        ...CorrectableFieldParts
      }
    }
    versions {
      number
      origin
      basedOn
      reason
      authorName
      createdAt
      payloadJson
      changes {
        pointer
        from
        to
      }
    }
  }
`);

export const CorrectablePayloadDocument = graphql(`
  query CorrectablePayload($exceptionId: ID!) {
    exception(id: $exceptionId) {
      id
      failure {
        failedField
      }
    }
    correctablePayload(exceptionId: $exceptionId) {
      ...CorrectableParts
    }
  }
`);

/** Which corrected versions there are to send, newest first. */
export const CorrectedVersionsDocument = graphql(`
  query CorrectedVersions($exceptionId: ID!) {
    correctablePayload(exceptionId: $exceptionId) {
      versions {
        number
        origin
        reason
        authorName
      }
    }
  }
`);

export const CheckCorrectionDocument = graphql(`
  query CheckCorrection($exceptionId: ID!, $basedOn: Int!, $edits: [PayloadEditInput!]!) {
    checkCorrection(exceptionId: $exceptionId, basedOn: $basedOn, edits: $edits) {
      isStale
      toConfirm
      problems {
        pointer
        code
        message
      }
      changes {
        pointer
        from
        to
      }
    }
  }
`);

export const CorrectionEditsDocument = graphql(`
  query CorrectionEdits($exceptionId: ID!, $basedOn: Int!, $payloadJson: String!) {
    correctionEdits(exceptionId: $exceptionId, basedOn: $basedOn, payloadJson: $payloadJson) {
      pointer
      to
    }
  }
`);

export const SaveCorrectionDocument = graphql(`
  mutation SaveCorrection(
    $exceptionId: ID!
    $basedOn: Int!
    $edits: [PayloadEditInput!]!
    $reason: String!
    $isConfirmed: Boolean!
  ) {
    saveCorrection(
      exceptionId: $exceptionId
      basedOn: $basedOn
      edits: $edits
      reason: $reason
      isConfirmed: $isConfirmed
    ) {
      __typename
      ... on CorrectionSaved {
        version
      }
      ... on CorrectionRefused {
        code
        message
        problems {
          pointer
          code
          message
        }
      }
      ... on CorrectionStale {
        latestVersion
        savedBy
        changes {
          pointer
          from
          to
        }
        payload {
          ...CorrectableParts
        }
      }
    }
  }
`);

export type Correctable = NonNullable<CorrectablePayloadQuery['correctablePayload']>;
export type CorrectableField = Correctable['fields'][number];
export type CorrectableList = Correctable['lists'][number];
export type PayloadVersion = Correctable['versions'][number];
