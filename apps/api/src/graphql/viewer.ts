/** Everything that a resolver may demand of the viewer. */
export const PERMISSIONS = [
  'exception.read',
  'exception.work',
  'exception.approve',
  'exception.note',
  'requeue.request',
  'requeue.approve',
  'requeue.break-glass',
  'transaction.read',
  'lineage.state',
  'lineage.rebuild',
  'signal.read',
  'payload.read',
  'payload.unmask',
  'sla.read',
  'audit.read',
  'alert.read',
  'catalog.read',
  'catalog.write',
  'mapping.try',
  'mapping.approve',
  'mapping.run',
  'identity.write',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

/** The signed-in person, as resolvers see them. */
export type Viewer = {
  tenantId: string;
  personId: string;
  displayName: string;
  email: string;
  roles: string[];
  permissions: ReadonlySet<Permission>;
};
