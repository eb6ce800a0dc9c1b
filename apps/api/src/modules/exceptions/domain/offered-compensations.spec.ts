import { describe, expect, it } from '@jest/globals';
import type { CompensationAction } from '@throughline/contracts';
import type { CompensationSettingRow } from '../../catalog/index.js';
import { offeredCompensations } from './offered-compensations.js';

const setting = (integration: string, action: CompensationAction, objectType: string): CompensationSettingRow => ({
  ...{ integration, version: 1, note: '', changedBy: '', changedByName: '', changedAt: new Date(0) },
  actions: [
    {
      ...{ action, objectTypes: [objectType], taxonomies: [], path: null, proofActivity: null, proofMilestone: null },
      ...{ withinMinutes: 60, postingDate: 'by-target' },
    },
  ],
});

const SETTINGS = [
  setting('billing-to-erp', 'reverse', 'invoice'),
  setting('crm-to-erp', 'cancel', 'sales-order'),
  setting('erp-to-bank', 'reverse', 'invoice'),
];
const FAILED = { integration: 'erp-to-bank', hop: 'erp-to-bank', objectType: 'invoice', taxonomy: 'platform.time-out' };

describe('what is offered at an exception', () => {
  it.each<[string, Partial<typeof FAILED>, string[]]>([
    ['by its own integration, each action once', {}, ['reverse by erp-to-bank']],
    ['by another one where its own declares nothing', { integration: 'x' }, ['reverse by billing-to-erp']],
    ['of a document without a declaration', { objectType: 'payment' }, []],
    [
      'of a double post: any document',
      { integration: '', hop: 'requeue/crm-to-erp', objectType: 'sales-order', taxonomy: 'data-quality.duplicate' },
      ['cancel by crm-to-erp', 'reverse by billing-to-erp'],
    ],
    [
      'of an outcome that was not seen: the document itself',
      {
        ...{ integration: '', hop: 'requeue/crm-to-erp', objectType: 'sales-order' },
        taxonomy: 'timing-and-sequence.outcome-not-seen',
      },
      ['cancel by crm-to-erp'],
    ],
  ])('%s', (_name, over, expected) =>
    expect(
      offeredCompensations(SETTINGS, { ...FAILED, ...over }).map(
        ({ action, integration }) => `${action} by ${integration}`,
      ),
    ).toEqual(expected),
  );
});
