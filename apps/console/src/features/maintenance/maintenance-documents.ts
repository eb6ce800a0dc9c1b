import { graphql } from '../../gql/index.js';
import type { MaintenanceWindowsQuery } from '../../gql/graphql.js';

export const MaintenanceWindowsDocument = graphql(`
  query MaintenanceWindows($withHolds: Boolean!) {
    maintenanceWindows {
      id
      sourceSystem
      integration
      reason
      startsAt
      endsAt
      weekly {
        weekday
        fromTime
        toTime
      }
      timeZone
      isActive
      nextFrom
      nextTo
      plannedByName
      plannedAt
      endedAt
      endedByName
      holds @include(if: $withHolds) {
        held
        opened
        overcome
        latest {
          object {
            id
            type
            key
          }
          title
          hop
          occurredAt
          outcome
        }
      }
    }
  }
`);

export const MaintainableDocument = graphql(`
  query Maintainable {
    sourceSystems(first: 200) {
      edges {
        node {
          name
          title
        }
      }
    }
    integrations(first: 200) {
      edges {
        node {
          name
          title
        }
      }
    }
  }
`);

export const PlanMaintenanceDocument = graphql(`
  mutation PlanMaintenance($input: MaintenanceInput!) {
    planMaintenance(input: $input) {
      __typename
      ... on MaintenanceSaved {
        window {
          id
        }
      }
      ... on CatalogFailure {
        code
        message
        problems
      }
    }
  }
`);

export const EndMaintenanceDocument = graphql(`
  mutation EndMaintenance($id: ID!) {
    endMaintenance(id: $id) {
      __typename
      ... on MaintenanceSaved {
        window {
          id
        }
      }
      ... on CatalogFailure {
        code
        message
        problems
      }
    }
  }
`);

export type WindowRow = MaintenanceWindowsQuery['maintenanceWindows'][number];
