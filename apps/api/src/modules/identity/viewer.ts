import type { Permission } from './domain/permissions.js';

/** The signed-in person, as resolvers see them. */
export type Viewer = {
  tenantId: string;
  personId: string;
  displayName: string;
  email: string;
  roles: string[];
  permissions: ReadonlySet<Permission>;
};
