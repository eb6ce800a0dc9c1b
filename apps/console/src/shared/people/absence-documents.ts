import { graphql } from '../../gql/index.js';
import type { AbsencesQuery } from '../../gql/graphql.js';

export const AbsencesDocument = graphql(`
  query Absences {
    absences {
      id
      from
      until
      isNow
      note
      statedByName
      noStandInReason
      person {
        id
        displayName
      }
      deputy {
        id
        displayName
      }
      standIn {
        id
        displayName
      }
    }
  }
`);

export type Absence = AbsencesQuery['absences'][number];
