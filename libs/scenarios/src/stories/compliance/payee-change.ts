import type { FinanceEventObject } from '@throughline/canonical';
import type { Journey } from '../../journey.js';
import { DAY, HOUR, Telling } from '../../telling.js';
import { financeEvent } from '../../wire-forms.js';
import { samePerson, userOf } from './people.js';

/** What is bought and paid, by the number. */
const objectsOf = (number: string) => {
  const money = { amount: '18400.00', currency: 'EUR' };
  const document = (type: FinanceEventObject['type'], system: string, kind: string, value: string) => ({
    type,
    keys: [{ system, kind, value }] as FinanceEventObject['keys'],
    legalEntity: 'DE01',
    counterparty: 'Werkzeugbau Harz GmbH',
    amount: money,
    direction: 'outflow' as const,
  });
  return {
    money,
    order: document('purchase-order', 'sap-s4hana', 'purchase-order', `PO-SOD-${number}`),
    invoice: document('supplier-invoice', 'sap-s4hana', 'supplier-invoice', `SI-SOD-${number}`),
    payment: document('payment', 'kyriba', 'payment-reference', `PAY-SOD-${number}`),
    account: {
      type: 'bank-account' as const,
      keys: [{ system: 'sap-s4hana', kind: 'payee-account', value: `PAYEE-${number}` }] as FinanceEventObject['keys'],
    },
  };
};

/**
 * Somebody changes the bank details of a payee in the ERP and releases the payment that goes there in the treasury system, under
 * another user id. That both are one person is known from the beginning.
 */
export const payeeChange: Journey = {
  name: 'global-order-to-cash/payee-change-and-release',
  share: 2,
  play(number, startsAt) {
    const { money, order, invoice, payment, account } = objectsOf(number);
    const [inErp, inTreasury] = [`SOD${number}`, `sod.${number}`];
    return new Telling(startsAt)
      .tell(0, (at) => samePerson(`SOD-${number}`, { 'sap-s4hana': inErp, kyriba: inTreasury }, at))
      .tell(HOUR, (at) =>
        financeEvent('purchase-order.approved', `PO-SOD-${number}`, at, { system: 'sap-s4hana', objects: [order] }),
      )
      .tell(2 * DAY, (at) =>
        financeEvent('supplier-invoice.posted', `SI-SOD-${number}`, at, {
          system: 'sap-s4hana',
          objects: [invoice, order],
          links: [{ from: 1, to: 0, qualifier: 'bills', amount: money }],
        }),
      )
      .tell(3 * DAY, (at) =>
        financeEvent('bank-account.changed', `PAYEE-${number}`, at, {
          system: 'sap-s4hana',
          objects: [account, userOf('sap-s4hana', inErp)],
          links: [{ from: 1, to: 0, qualifier: 'bank-details-changed-by' }],
        }),
      )
      .tell(4 * DAY, (at) =>
        financeEvent('payment.released', `PAY-SOD-${number}`, at, {
          system: 'kyriba',
          objects: [payment, invoice, account, userOf('kyriba', inTreasury)],
          links: [
            { from: 1, to: 0, qualifier: 'settles', amount: money },
            { from: 2, to: 0, qualifier: 'paid-to' },
            { from: 3, to: 0, qualifier: 'released-by' },
          ],
        }),
      )
      .tell(4 * DAY + HOUR, (at) =>
        financeEvent('payment.sent', `PAY-SOD-${number}`, at, { system: 'kyriba', objects: [payment] }),
      )
      .sent();
  },
};
