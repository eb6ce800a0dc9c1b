import { describe, expect, it } from '@jest/globals';
import { PERMISSIONS } from '../../../graphql/viewer.js';
import { ROLES, ROLE_PERMISSIONS, permissionsOf } from './permissions.js';

describe('roles and permissions', () => {
  it('give each permission to somebody, and each role something', () => {
    expect(new Set(Object.values(ROLE_PERMISSIONS).flat())).toEqual(new Set(PERMISSIONS));
    expect(ROLES.every((role) => ROLE_PERMISSIONS[role].length > 0)).toBe(true);
  });

  it.each([
    ['only who works on exceptions sends again', 'requeue.request', ['analyst', 'approver', 'engineer']],
    [
      'closing without correction is approved by a second pair of eyes',
      'exception.approve',
      ['approver', 'controller'],
    ],
    [
      'whoever works on exceptions or approves may be called in a note, and answers',
      'exception.note',
      ['analyst', 'approver', 'controller', 'treasurer', 'engineer'],
    ],
    [
      'payloads are seen by those who correct, mend mappings or approve',
      'payload.read',
      ['analyst', 'approver', 'controller', 'treasurer', 'engineer'],
    ],
    ['whole account numbers are for those who compare them with the bank', 'payload.unmask', ['approver']],
    ['people are kept by the administrator', 'identity.write', ['admin']],
    ['the catalog is kept by those who run the integrations', 'catalog.write', ['engineer', 'admin']],
    ['what was received is no concern of the administrator', 'signal.read', ROLES.filter((role) => role !== 'admin')],
    ['a mapping is put in force by another person than its maker', 'mapping.approve', ['approver', 'engineer']],
    ['signals are mapped again by the engineer', 'mapping.run', ['engineer']],
    ['who works on exceptions may state what belongs together', 'lineage.state', ['analyst', 'approver', 'engineer']],
    ['lineage is made again by those who run the program', 'lineage.rebuild', ['engineer', 'admin']],
    ['the audit log is read by those who answer for it', 'audit.read', ['controller', 'auditor', 'admin']],
  ] as const)('%s', (_name, permission, roles) => {
    expect(ROLES.filter((role) => ROLE_PERMISSIONS[role].includes(permission))).toEqual(roles);
  });

  it('let nobody approve what is sent again without seeing what is sent', () => {
    const approving = ROLES.filter((role) => ROLE_PERMISSIONS[role].includes('requeue.approve'));
    expect(approving).toEqual(['approver', 'controller', 'treasurer']);
    expect(approving.filter((role) => !ROLE_PERMISSIONS[role].includes('payload.read'))).toEqual([]);
  });

  it('unites roles and ignores names that are none', () => {
    expect(permissionsOf(['treasurer', 'auditor']).has('audit.read')).toBe(true);
    expect(permissionsOf(['root', '__proto__'])).toEqual(new Set());
  });
});
