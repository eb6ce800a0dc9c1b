import { graphql } from '../../../gql/index.js';
import type { ExceptionFixesQuery } from '../../../gql/graphql.js';

export const ExceptionFixesDocument = graphql(`
  query ExceptionFixes($id: ID!) {
    exception(id: $id) {
      id
      fixes {
        ...KnownFixes
      }
    }
  }

  fragment KnownFixes on ExceptionFixes {
    levels {
      scope
      isCut
      endings
      stayed
      cameAgain
      tooEarly
      medianSeconds
      ways {
        way
        endings
        stayed
        cameAgain
        tooEarly
        medianSeconds
      }
      acts {
        act
        what
        endings
        stayed
        cameAgain
        tooEarly
      }
      latest {
        exceptionId
        objectType
        objectKey
        way
        endedAt
        byName
        isByPerson
        note
        verdict
        cameAgainAt
      }
    }
    similarOpen {
      count
      isCut
      exceptions {
        id
        title
        businessObject {
          id
          type
          key
        }
        moneyAtRisk {
          amount
          currency
        }
      }
    }
  }
`);

export const GroupFixesDocument = graphql(`
  query GroupFixes($id: ID!) {
    exceptionGroup(id: $id) {
      id
      fixes {
        ...KnownFixes
      }
    }
  }
`);

export type Fixes = NonNullable<ExceptionFixesQuery['exception']>['fixes'];
export type FixLevel = Fixes['levels'][number];
export type PastFix = FixLevel['latest'][number];
