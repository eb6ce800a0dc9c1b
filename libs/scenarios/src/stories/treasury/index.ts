import type { Journey } from '../../journey.js';
import type { Story } from '../../story.js';
import { batchBooked, batchNotSent, batchOfFiveHundred, batchWithoutAnswer } from './batches.js';
import { channelBack, channelDown } from './channel-down.js';
import { exposureMended, exposureNotUpdated, exposureWithoutRateStays } from './exposures.js';
import { fileAlone } from './file-alone.js';
import { statementsOnTime } from './incoming.js';
import { PAYMENT_JOURNEYS } from './payment-journeys.js';
import {
  entryToldThreeTimes,
  receiptIdentifiedLater,
  receiptNobodyKnows,
  returnedAfterApplication,
  threeLessFeeAndDiscount,
} from './receipts.js';
import { orderWhosePaymentIsReturned } from './returned-order.js';
import { refusedMessage } from './refused-file.js';
import { STATEMENT_JOURNEYS } from './statement-journeys.js';
import { statementMissing, statementOutOfSequence, statementTwice } from './statement-faults.js';

/** Every story of treasury. */
export const TREASURY_STORIES: readonly Story[] = [
  ...statementsOnTime,
  fileAlone,
  statementMissing,
  statementTwice,
  statementOutOfSequence,
  exposureNotUpdated,
  exposureWithoutRateStays,
  exposureMended,
  channelDown,
  channelBack,
  threeLessFeeAndDiscount,
  entryToldThreeTimes,
  returnedAfterApplication,
  orderWhosePaymentIsReturned,
  receiptNobodyKnows,
  receiptIdentifiedLater,
  batchBooked,
  batchOfFiveHundred,
  batchWithoutAnswer,
  batchNotSent,
  refusedMessage,
];

/** What the simulated estate tells of treasury. */
export const TREASURY_JOURNEYS: readonly Journey[] = [...STATEMENT_JOURNEYS, ...PAYMENT_JOURNEYS];
