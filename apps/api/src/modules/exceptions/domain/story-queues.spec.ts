import { describe, expect, it } from '@jest/globals';
import { ALL_STORIES } from '@throughline/scenarios';
import { routeException } from './routing.js';

/** Every kind of fault that the stories tell, at what, and whose it is. */
const EXPECTED: readonly (readonly [string, string, string])[] = [
  ['business-control.approval-missing', 'expense-report', 'approval'],
  ['business-control.approval-missing', 'sales-order', 'approval'],
  ['business-control.blocked-account', 'sales-order', 'credit'],
  ['business-control.credit-exposure-over-limit', 'sales-order', 'credit'],
  ['business-control.posted-to-billing-not-to-accounting', 'invoice', 'billing-and-revenue'],
  ['business-control.posting-period-closed', 'invoice', 'billing-and-revenue'],
  ['business-control.retention-hold', 'invoice', 'approval'],
  ['cash-and-payment.invalid-bank-details', 'payment', 'payments'],
  ['cash-and-payment.over-payment', 'payment', 'cash-application'],
  ['cash-and-payment.rejected-by-bank', 'payment', 'payments'],
  ['cash-and-payment.returned', 'dispute', 'payments'],
  ['cash-and-payment.returned', 'payment', 'payments'],
  ['cash-and-payment.statement-gap', 'bank-statement', 'reconciliation'],
  ['cash-and-payment.unidentified-receipt', 'payment', 'cash-application'],
  ['data-quality.contract-violation', 'actuals-batch', 'data-repair'],
  ['data-quality.contract-violation', 'pipeline-snapshot', 'data-repair'],
  ['data-quality.invalid-value', 'customer', 'data-repair'],
  ['data-quality.invalid-value', 'payment-batch', 'data-repair'],
  ['data-quality.missing-field', 'journal-entry', 'data-repair'],
  ['data-quality.missing-field', 'payment', 'data-repair'],
  ['data-quality.price-mismatch', 'supplier-invoice', 'data-repair'],
  ['mapping-and-master-data.currency-mismatch', 'invoice', 'master-data'],
  ['mapping-and-master-data.missing-cost-center-mapping', 'journal-entry', 'master-data'],
  ['mapping-and-master-data.missing-exchange-rate', 'bank-statement', 'master-data'],
  ['mapping-and-master-data.missing-exchange-rate', 'fx-exposure', 'master-data'],
  ['mapping-and-master-data.missing-legal-entity-mapping', 'sales-order', 'master-data'],
  ['mapping-and-master-data.missing-tax-jurisdiction', 'contract', 'tax'],
  ['mapping-and-master-data.tax-code-mismatch', 'billing-schedule', 'tax'],
  ['mapping-and-master-data.tax-code-mismatch', 'invoice', 'tax'],
  ['platform.connectivity', 'bank-statement', 'platform'],
  ['platform.object-locked', 'customer', 'platform'],
  ['platform.rate-limit', 'sales-order', 'platform'],
  ['timing-and-sequence.out-of-sequence', 'sales-order', 'platform'],
];

describe('the faults of the stories', () => {
  it('land each in the right queue', () => {
    const told = new Map<string, readonly [string, string, string]>();
    for (const { subject, signature, hop } of ALL_STORIES.flatMap(({ expected }) => expected.problems)) {
      const [taxonomy = ''] = signature.split('|');
      const [objectType = ''] = subject.split(' ');
      const facts = { taxonomy, objectType, legalEntity: null, integration: hop, reportingMinor: null };
      told.set(`${taxonomy} ${objectType}`, [taxonomy, objectType, routeException(facts).queue]);
    }
    expect([...told.values()].sort()).toEqual(EXPECTED);
  });
});
