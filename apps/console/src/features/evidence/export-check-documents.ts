import { graphql } from '../../gql/index.js';
import type { VerifyExportQuery } from '../../gql/graphql.js';

export const VerifyExportDocument = graphql(`
  query VerifyExport($hash: String!) {
    verifyExport(hash: $hash) {
      exportId
      proves
      exportedAt
      exportedByName
      format
      view
      filter
      asOf
      rows
      isSealed
    }
  }
`);

export type ExportProof = VerifyExportQuery['verifyExport'][number];
