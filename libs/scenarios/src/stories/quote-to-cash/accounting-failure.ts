import { problemSignature } from '@throughline/canonical';
import type { ScenarioSignal } from '../../scenario-signal.js';
import { type Run, financeEvent, traceOfRun } from '../../wire-forms.js';
import { BILLING } from './billing-signals.js';
import { type BillingItem, type Deal, SECOND, iso, keyOf, moneyOf, objectOf } from './deal.js';

const CODE = 'business-control.posted-to-billing-not-to-accounting';
const PRODUCT = 'FLEET-ANALYTICS';

/** What tells this failure from others of its kind. */
const DISCRIMINATORS = { error: 'INVALID_KEY_OR_REF', product: PRODUCT };

/** Signature of an invoice that accounting refuses because its product has no deferred revenue account. */
export const NOT_IN_ACCOUNTING = problemSignature(CODE, DISCRIMINATORS);

/** NetSuite refused the invoice that billing has posted: the trace of the run, and the middleware's event. One occurrence. */
export function refusedByAccounting(deal: Deal, item: BillingItem, at: number, run: Run): ScenarioSignal[] {
  const message = `No deferred revenue account is set for ${PRODUCT}`;
  const [startedAt, endedAt] = [iso(at), iso(at + 2 * SECOND)];
  return [
    traceOfRun(run, 'mulesoft', [
      {
        name: 'root',
        startedAt,
        endedAt,
        attributes: {
          'finance.integration.name': BILLING.receivables,
          'finance.object.type': 'invoice',
          'finance.object.key.system': 'zuora',
          'finance.object.key.kind': 'invoice-number',
          'finance.object.key.value': keyOf.invoice(deal, item),
          'finance.problem.code': CODE,
          'finance.problem.message': message,
          'finance.problem.discriminator.error': DISCRIMINATORS.error,
          'finance.problem.discriminator.product': DISCRIMINATORS.product,
        },
        error: message,
      },
      { name: 'POST /record/v1/invoice', parent: 'root', startedAt, endedAt, attributes: {}, error: message },
    ]),
    financeEvent(
      'invoice.rejected',
      `${keyOf.invoice(deal, item)}:${run.traceId.slice(0, 8)}`,
      iso(at + SECOND),
      {
        system: 'mulesoft',
        integration: BILLING.receivables,
        outcome: 'failure',
        objects: [objectOf.invoice(deal, item)],
        problem: {
          code: CODE,
          discriminators: DISCRIMINATORS,
          message,
          field: '/items/0/item',
          payload: { externalId: keyOf.invoice(deal, item), product: PRODUCT, total: moneyOf(deal, item.amount) },
          payloadVersion: 1,
        },
      },
      run,
    ),
  ];
}
