import type { Journey } from '../../journey.js';
import type { Story } from '../../story.js';
import {
  lateButWhole,
  lateInAccounting,
  missedRecognition,
  missingInAccounting,
  silentInAccounting,
  unpaidInvoice,
} from './accounting-stories.js';
import { disagreeingTotal, replayedBilling, secondInvoice } from './billing-stories.js';
import { amended, amendmentNotCarried, creditedAndPaid, twoAccounts } from './change-journeys.js';
import { amendedContract, amendmentLost, creditedInvoice, oneCustomerTwoAccounts } from './change-stories.js';
import { salesforceAlone } from './crm-journeys.js';
import { dealToRecurringBilling } from './deal-journeys.js';
import {
  billedTwice,
  billingReplayed,
  lateInTheEnd,
  neverPaid,
  neverRecognised,
  notInAccounting,
  notInAccountingMended,
  silentAfterProvisioning,
  silentUntilTheNextDay,
  totalDisagrees,
  unknownToAccounting,
} from './fault-journeys.js';
import { twoMonths, twoMonthsInNewYork } from './happy-path.js';
import { salesforceOnly, silentFailure, silentFailureMended } from './silent-stories.js';

/** Every story of quote to cash for subscriptions. */
export const QUOTE_TO_CASH_STORIES: readonly Story[] = [
  twoMonths,
  twoMonthsInNewYork,
  oneCustomerTwoAccounts,
  silentFailure,
  silentFailureMended,
  salesforceOnly,
  replayedBilling,
  secondInvoice,
  disagreeingTotal,
  amendedContract,
  amendmentLost,
  silentInAccounting,
  missingInAccounting,
  lateInAccounting,
  creditedInvoice,
  missedRecognition,
  unpaidInvoice,
  lateButWhole,
];

/** What the simulated estate tells of quote to cash for subscriptions. */
export const QUOTE_TO_CASH_JOURNEYS: readonly Journey[] = [
  dealToRecurringBilling,
  twoAccounts,
  silentAfterProvisioning,
  silentUntilTheNextDay,
  salesforceAlone,
  billingReplayed,
  billedTwice,
  totalDisagrees,
  amended,
  amendmentNotCarried,
  unknownToAccounting,
  notInAccounting,
  notInAccountingMended,
  creditedAndPaid,
  neverRecognised,
  neverPaid,
  lateInTheEnd,
];
