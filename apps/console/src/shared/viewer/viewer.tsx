import { createContext, useContext, type ReactNode } from 'react';
import { graphql } from '../../gql/index.js';
import type { ViewerQuery } from '../../gql/graphql.js';

export const ViewerDocument = graphql(`
  query Viewer {
    viewer {
      id
      displayName
      email
      roles
      permissions
      tenant {
        id
        name
        environment
        isDemo
      }
      people {
        id
        displayName
        email
        roles
      }
    }
  }
`);

export type Viewer = NonNullable<ViewerQuery['viewer']>;

export type Permission =
  | 'exception.read'
  | 'exception.work'
  | 'exception.approve'
  | 'exception.note'
  | 'requeue.request'
  | 'requeue.approve'
  | 'requeue.break-glass'
  | 'transaction.read'
  | 'lineage.state'
  | 'lineage.rebuild'
  | 'payload.read'
  | 'sla.read'
  | 'audit.read'
  | 'alert.read'
  | 'catalog.read'
  | 'catalog.write'
  | 'signal.read'
  | 'mapping.try'
  | 'mapping.approve'
  | 'mapping.run';

const ViewerContext = createContext<Viewer | undefined>(undefined);

export function ViewerProvider({ viewer, children }: { viewer: Viewer; children: ReactNode }) {
  return <ViewerContext.Provider value={viewer}>{children}</ViewerContext.Provider>;
}

/** Who is signed in; only used inside the frame, where somebody always is. */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error('useViewer is used outside of a signed-in page');
  return viewer;
}

export function useCan(): (permission: Permission) => boolean {
  const { permissions } = useViewer();
  return (permission) => permissions.includes(permission);
}
