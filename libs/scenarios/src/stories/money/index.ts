import type { Journey } from '../../journey.js';
import type { Story } from '../../story.js';
import {
  bankFeeKept,
  bankFeeMissing,
  bankFeeStated,
  bankFeeUnstated,
  cashDiscount,
  cashDiscountTaken,
  withholdingTax,
  withholdingTaxKept,
} from './deductions.js';
import {
  centsRoundedDown,
  centsRoundedUp,
  exchangeGained,
  exchangeLost,
  fxGain,
  fxLoss,
  roundedDown,
  roundedUp,
} from './differences.js';

/** Every story of the money on the graph. */
export const MONEY_STORIES: readonly Story[] = [
  cashDiscountTaken,
  withholdingTaxKept,
  bankFeeKept,
  bankFeeMissing,
  exchangeGained,
  exchangeLost,
  centsRoundedUp,
  centsRoundedDown,
];

/** What the simulated estate tells of the money on the graph. */
export const MONEY_JOURNEYS: readonly Journey[] = [
  cashDiscount,
  withholdingTax,
  bankFeeStated,
  bankFeeUnstated,
  fxGain,
  fxLoss,
  roundedUp,
  roundedDown,
];
