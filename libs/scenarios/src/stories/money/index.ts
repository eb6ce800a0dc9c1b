import type { Journey } from '../../journey.js';
import type { Story } from '../../story.js';
import { chargeback, chargedBack } from './chargeback.js';
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
import { depositApplied, depositForgotten, depositHeld, deposits } from './deposits.js';
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
import {
  intercompanyAgreed,
  intercompanyCorrected,
  intercompanyDiffers,
  intercompanyPairs,
  nettedAgainstPayable,
  netting,
} from './netting.js';
import { overpaid, overpaidAndRefunded, overpayments } from './overpayments.js';
import { payout, payoutShort, payouts } from './payouts.js';
import { returnedAndPaidAgain, returnedPayment, returns } from './returns.js';
import {
  shortPaymentClosed,
  shortPaymentOpen,
  shortPaymentRestPaid,
  shortPaymentWrittenOff,
  shortPayments,
  tolerancePerEntity,
  withinTolerance,
} from './short-payments.js';
import { identifiedLater, unidentifiedReceipt, unidentifiedReceipts } from './unidentified.js';
import { WORKED_BY_HAND } from './worked-by-hand.js';

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
  ...shortPayments,
  tolerancePerEntity,
  ...deposits,
  nettedAgainstPayable,
  ...intercompanyPairs,
  ...returns,
  ...overpayments,
  ...payouts,
  chargedBack,
  ...unidentifiedReceipts,
  ...WORKED_BY_HAND,
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
  shortPaymentOpen,
  shortPaymentRestPaid,
  shortPaymentWrittenOff,
  shortPaymentClosed,
  withinTolerance,
  depositHeld,
  depositApplied,
  depositForgotten,
  netting,
  intercompanyAgreed,
  intercompanyDiffers,
  intercompanyCorrected,
  returnedPayment,
  returnedAndPaidAgain,
  overpaid,
  overpaidAndRefunded,
  payout,
  payoutShort,
  chargeback,
  unidentifiedReceipt,
  identifiedLater,
];
