import { graphql } from '../../gql/index.js';
import type { ReceivablesPageQuery } from '../../gql/graphql.js';

export const ReceivablesPageDocument = graphql(`
  query ReceivablesPage($legalEntity: String, $convertTo: String, $rateType: String) {
    receivables(legalEntity: $legalEntity, convertTo: $convertTo, rateType: $rateType) {
      asOf
      unknownInvoices
      isTruncated
      totals {
        converted {
          ...ConvertedParts
        }
        open {
          amount
          currency
        }
        high {
          amount
          currency
        }
        medium {
          amount
          currency
        }
        low {
          amount
          currency
        }
      }
      lines {
        legalEntity
        region
        currency
        expectedOn
        invoices
        converted {
          ...ConvertedParts
        }
        open {
          amount
          currency
        }
        high {
          amount
          currency
        }
        medium {
          amount
          currency
        }
        low {
          amount
          currency
        }
        flags {
          flag
          invoices
        }
        largest {
          object {
            id
            key
          }
          counterparty
          open {
            amount
            currency
          }
          dueOn
          confidence
          flags
          usualDelayDays
          paymentsSeen
        }
      }
    }
  }
`);

export type Receivables = ReceivablesPageQuery['receivables'];
export type Line = Receivables['lines'][number];
