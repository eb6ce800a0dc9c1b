import type { Permission } from '../../../graphql/viewer.js';

export const ROLES = ['analyst', 'approver', 'controller', 'treasurer', 'engineer', 'auditor', 'admin'] as const;

export type Role = (typeof ROLES)[number];

const READING: readonly Permission[] = [
  'exception.read',
  'transaction.read',
  'signal.read',
  'sla.read',
  'catalog.read',
];

/**
 * Who may do what. Engineers see payloads because they mend mappings, masked like everybody else; whole account numbers are
 * for the approver, who compares them with the bank's. An administrator keeps people and catalog, and no business data.
 * What moves money goes out with treasury alone, so the treasurer approves what is sent again, and sees what was corrected in it.
 * Whoever works on exceptions or approves may be called in a note, and answers in one.
 * Engineers make mappings; an approver, or another engineer, tries one and puts it in force.
 */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  analyst: [
    ...READING,
    'exception.work',
    'exception.note',
    'requeue.request',
    'lineage.state',
    'payload.read',
    'alert.read',
  ],
  approver: [
    ...READING,
    'exception.work',
    'exception.note',
    'exception.approve',
    'requeue.request',
    'requeue.approve',
    'requeue.break-glass',
    'lineage.state',
    'payload.read',
    'payload.unmask',
    'mapping.try',
    'mapping.approve',
    'alert.read',
  ],
  controller: [
    ...READING,
    'exception.note',
    'exception.approve',
    'requeue.approve',
    'requeue.break-glass',
    'payload.read',
    'alert.read',
    'audit.read',
  ],
  treasurer: [...READING, 'exception.note', 'requeue.approve', 'payload.read', 'alert.read'],
  engineer: [
    ...READING,
    'exception.work',
    'exception.note',
    'requeue.request',
    'lineage.state',
    'lineage.rebuild',
    'payload.read',
    'catalog.write',
    'mapping.try',
    'mapping.approve',
    'mapping.run',
    'alert.read',
  ],
  auditor: [...READING, 'audit.read', 'alert.read'],
  admin: ['catalog.read', 'catalog.write', 'identity.write', 'lineage.rebuild', 'alert.read', 'audit.read'],
};

function isRole(name: string): name is Role {
  return (ROLES as readonly string[]).includes(name);
}

/** Union of what the roles allow; unknown role names allow nothing. */
export function permissionsOf(roles: readonly string[]): ReadonlySet<Permission> {
  return new Set(roles.filter(isRole).flatMap((role) => ROLE_PERMISSIONS[role]));
}
