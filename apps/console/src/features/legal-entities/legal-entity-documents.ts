import { graphql } from '../../gql/index.js';
import type { LegalEntitySettingsQuery } from '../../gql/graphql.js';

export const LegalEntitySettingsDocument = graphql(`
  query LegalEntitySettings {
    legalEntities {
      code
      name
      country
      currency
      calendar
      timeZone
    }
    moneyTolerances {
      legalEntity
      currency
      amount
      basisPoints
    }
    businessCalendars {
      name
      title
    }
  }
`);

export const SaveLegalEntityDocument = graphql(`
  mutation SaveLegalEntity(
    $code: String!
    $name: String!
    $country: String!
    $currency: String!
    $calendar: String!
    $timeZone: String!
    $isNew: Boolean!
  ) {
    saveLegalEntity(
      code: $code
      name: $name
      country: $country
      currency: $currency
      calendar: $calendar
      timeZone: $timeZone
      isNew: $isNew
    ) {
      __typename
      ... on LegalEntitySaved {
        legalEntity {
          code
        }
      }
      ... on CatalogFailure {
        message
        problems
      }
    }
  }
`);

export const SaveMoneyToleranceDocument = graphql(`
  mutation SaveMoneyTolerance($legalEntity: String!, $currency: String!, $amount: String!, $basisPoints: Int) {
    saveMoneyTolerance(legalEntity: $legalEntity, currency: $currency, amount: $amount, basisPoints: $basisPoints) {
      __typename
      ... on MoneyToleranceSaved {
        tolerance {
          legalEntity
        }
      }
      ... on CatalogFailure {
        message
        problems
      }
    }
  }
`);

export type EntitySetting = LegalEntitySettingsQuery['legalEntities'][number];
export type ToleranceSetting = LegalEntitySettingsQuery['moneyTolerances'][number];
export type CalendarChoice = LegalEntitySettingsQuery['businessCalendars'][number];
