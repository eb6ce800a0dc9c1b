import { hashedUuid } from '@throughline/canonical';
import type { Journey } from '../../journey.js';
import { type StoryOrder, moneyOf, orderSyncFailed, paymentReceived } from '../../order-signals.js';
import { runNamed } from '../../wire-forms.js';
import { orderReleased } from './liquidity-signals.js';
import { WHEN, accepted, billed, checked, delivered, inPosition, sold } from './long-steps.js';
import { type Step, HOUR, MINUTE, saleOf, tell } from './telling.js';

/** A selling unit that nobody has mapped to a company code, sent, and sent again an hour later. */
const unmapped = (order: StoryOrder): Step[] => [
  ...checked(order),
  [WHEN.accepted, (at) => orderSyncFailed(order, at, runNamed(`first sync of ${order.number}`))],
  [
    HOUR,
    (at) =>
      orderSyncFailed(order, at, runNamed(`second sync of ${order.number}`, hashedUuid(['requeue', order.number]))),
  ],
];

const ofNewUnit = (number: string): StoryOrder => {
  const order = saleOf(number);
  return { ...order, sellingUnit: `${order.legalEntity}-NEW` };
};

/** Sent twice, mended by nobody. */
export const missingMappingJourney: Journey = {
  name: 'order-to-cash/missing-mapping',
  share: 4,
  play: (number, startsAt) => tell(startsAt, unmapped(ofNewUnit(number))),
};

/** Mended after two hours. */
export const mappedJourney: Journey = {
  name: 'order-to-cash/missing-mapping-mended',
  share: 6,
  play(number, startsAt) {
    const order = ofNewUnit(number);
    const third = runNamed(`third sync of ${number}`, hashedUuid(['second requeue', number]));
    return tell(startsAt, [
      ...unmapped(order),
      ...accepted(order, 2 * HOUR, third),
      [2 * HOUR + 30 * MINUTE, (at) => orderReleased(order, at)],
    ]);
  },
};

/** The credit is reported and never applied. */
export const neverAppliedJourney: Journey = {
  name: 'order-to-cash/payment-never-applied',
  share: 4,
  play(number, startsAt) {
    const order = saleOf(number);
    return tell(startsAt, [
      ...sold(order),
      ...delivered(order),
      ...billed(order),
      [WHEN.received, (at) => paymentReceived([order], at, moneyOf(order))],
      ...inPosition(order),
    ]);
  },
};
