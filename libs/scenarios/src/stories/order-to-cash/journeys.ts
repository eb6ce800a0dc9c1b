import type { Journey, TimedSignal } from '../../journey.js';
import {
  type StoryOrder,
  cashPositionUpdated,
  contractApproved,
  invoicePosted,
  orderAccepted,
  paymentApplied,
  paymentReceived,
} from '../../order-signals.js';
import { DAY, HOUR, MINUTE } from '../../time-units.js';

/** One payment settles three invoices of one customer. */
export const onePaymentForThreeJourney: Journey = {
  name: 'order-to-cash/one-payment-for-three',
  share: 10,
  play(number, startsAt) {
    const orderOf = (position: number, amount: string): StoryOrder => ({
      number: `${number}${position}`,
      legalEntity: 'DE01',
      currency: 'EUR',
      amount,
      customer: 'Stahlwerk Saale GmbH',
      sellingUnit: 'DE01-HAMBURG',
    });
    const orders: [StoryOrder, StoryOrder, StoryOrder] = [
      orderOf(1, '100.00'),
      orderOf(2, '200.50'),
      orderOf(3, '300.25'),
    ];
    const iso = (at: number) => new Date(at).toISOString();
    const [paidAt, total] = [startsAt + 6 * DAY, { amount: '600.75', currency: 'EUR' }];
    const valueDate = iso(paidAt).slice(0, 10);
    const signals: TimedSignal[] = [
      ...orders.flatMap((order, index) => {
        const at = startsAt + index * 10 * MINUTE;
        return [
          { at, signal: contractApproved(order, iso(at)) },
          ...orderAccepted(order, iso(at + 5 * MINUTE)).map((signal) => ({ at: at + 6 * MINUTE, signal })),
          { at: at + 7 * HOUR, signal: invoicePosted(order, iso(at + 7 * HOUR)) },
        ];
      }),
      { at: paidAt, signal: paymentReceived(orders, iso(paidAt), total) },
      { at: paidAt + HOUR, signal: paymentApplied(orders, iso(paidAt + HOUR), total) },
      {
        at: paidAt + 2 * HOUR,
        // The position of a day is the estate's own; a journey has one of its own number.
        signal: cashPositionUpdated([orders[0]], `${valueDate}/${number}`, iso(paidAt + 2 * HOUR), () => total),
      },
    ];
    return signals.sort((left, right) => left.at - right.at);
  },
};
