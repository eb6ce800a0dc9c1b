import { graphql } from '../../gql/index.js';

/** An amount in the reporting currency, and by which rate of which day it is that. */
export const ConvertedPartsText = graphql(`
  fragment ConvertedParts on ConvertedMoney {
    amount {
      amount
      currency
    }
    rateType
    rateDate
    rate
    source
    missing
  }
`);
