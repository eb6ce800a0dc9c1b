export { Public, RequirePermission } from './access.decorators.js';
export { PERMISSIONS, ROLES, permissionsOf, type Permission, type Role } from './domain/permissions.js';
export type { Viewer } from './viewer.js';
export { PersonType } from './graphql/person.type.js';
export { findPeople, type PersonRow } from './person.repository.js';
