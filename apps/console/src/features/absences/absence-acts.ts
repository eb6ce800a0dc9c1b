import { graphql } from '../../gql/index.js';

export const StateAbsenceDocument = graphql(`
  mutation StateAbsence($input: AbsenceInput!) {
    stateAbsence(input: $input) {
      __typename
      ... on AbsenceSaved {
        warnings
      }
      ... on CatalogFailure {
        code
        message
        problems
      }
    }
  }
`);

export const EndAbsenceDocument = graphql(`
  mutation EndAbsence($id: ID!) {
    endAbsence(id: $id) {
      __typename
      ... on AbsenceSaved {
        warnings
      }
      ... on CatalogFailure {
        code
        message
        problems
      }
    }
  }
`);
