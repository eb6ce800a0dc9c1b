import { describe, expect, it } from '@jest/globals';
import type { CompensationAction } from '@throughline/contracts';
import type { CompensationSettingRow } from '../compensation/compensation-setting.repository.js';
import { chooseDeclaration, declarationsFor, type CompensationSubject } from './choose-declaration.js';

const setting = (integration: string, ...actions: [CompensationAction, string, string?][]): CompensationSettingRow => ({
  ...{ integration, version: 1, note: '', changedBy: '', changedByName: '', changedAt: new Date(0) },
  actions: actions.map(([action, objectType, taxonomy]) => ({
    ...{ action, objectTypes: [objectType], taxonomies: taxonomy === undefined ? [] : [taxonomy] },
    ...{ path: null, proofActivity: null, proofMilestone: null, withinMinutes: 60, postingDate: 'by-target' as const },
  })),
});

const SETTINGS = [
  setting('z-billing', ['reverse', 'invoice'], ['notify', 'invoice', 'data-quality']),
  setting('b-orders', ['cancel', 'sales-order']),
  setting('a-erp', ['reverse', 'invoice'], ['reverse', 'credit-memo']),
];
const DUPLICATE: CompensationSubject = {
  objectType: 'invoice',
  taxonomy: 'data-quality.duplicate',
  integration: 'z-billing',
};

describe('who undoes a document', () => {
  it.each<[string, Partial<CompensationSubject>, CompensationAction, string | null]>([
    ['the integration where it failed', {}, 'reverse', 'z-billing'],
    ['another one where that declares nothing', { integration: 'b-orders' }, 'reverse', 'a-erp'],
    ['the first by name where it failed at none', { integration: null }, 'reverse', 'a-erp'],
    ['nobody where the action is not declared', {}, 'cancel', null],
    ['nobody where the kind of document is not', { objectType: 'payment' }, 'reverse', null],
    ['nobody where the problem is not', { taxonomy: 'platform.time-out' }, 'notify', null],
    ['whoever is told of such problems', {}, 'notify', 'z-billing'],
  ])('%s', (_name, over, action, integration) =>
    expect(chooseDeclaration(SETTINGS, { ...DUPLICATE, ...over }, action)?.integration ?? null).toBe(integration),
  );

  it('knows all actions for a document that is not chosen yet', () =>
    expect(
      declarationsFor(SETTINGS, { ...DUPLICATE, objectType: null }).map((one) => `${one.integration} ${one.action}`),
    ).toEqual(['z-billing reverse', 'z-billing notify', 'a-erp reverse', 'a-erp reverse', 'b-orders cancel']));
});
