import { graphql } from '../../../gql/index.js';
import type { SavedViewsQuery } from '../../../gql/graphql.js';

export const SavedViewsDocument = graphql(`
  query SavedViews {
    exceptionViews {
      id
      kind
      name
      ownerName
      isMine
      isChangeable
      search
      orderBy
      filter
      problem
      isPinned
      isDefault
      version
      counts {
        open
        isCut
        inflow
        outflow
        withoutFigure
      }
    }
  }
`);

export const SaveViewDocument = graphql(`
  mutation SaveView($view: SaveExceptionView!) {
    saveExceptionView(view: $view) {
      __typename
      ... on ExceptionViewChanged {
        view {
          id
          name
        }
      }
      ... on ExceptionViewFailure {
        code
        message
      }
    }
  }
`);

export const ChangeViewDocument = graphql(`
  mutation ChangeView($id: ID!, $version: Int!, $change: ChangeExceptionView!) {
    changeExceptionView(id: $id, version: $version, change: $change) {
      __typename
      ... on ExceptionViewChanged {
        view {
          id
          name
        }
      }
      ... on ExceptionViewFailure {
        code
        message
      }
    }
  }
`);

export const DeleteViewDocument = graphql(`
  mutation DeleteView($id: ID!, $version: Int!) {
    deleteExceptionView(id: $id, version: $version) {
      __typename
      ... on ExceptionViewChanged {
        view {
          id
        }
      }
      ... on ExceptionViewFailure {
        code
        message
      }
    }
  }
`);

export const RestoreViewDocument = graphql(`
  mutation RestoreView($id: ID!) {
    restoreExceptionView(id: $id) {
      __typename
      ... on ExceptionViewChanged {
        view {
          id
          name
        }
      }
      ... on ExceptionViewFailure {
        code
        message
      }
    }
  }
`);

export const ArrangeViewsDocument = graphql(`
  mutation ArrangeViews($pinned: [ID!]!, $defaultId: ID) {
    arrangeExceptionViews(pinned: $pinned, defaultId: $defaultId) {
      __typename
      ... on ExceptionViewsArranged {
        views {
          id
        }
      }
      ... on ExceptionViewFailure {
        code
        message
      }
    }
  }
`);

export type SavedView = SavedViewsQuery['exceptionViews'][number];
