import type { Journey } from '../../journey.js';
import type { Story } from '../../story.js';
import { COLLECTIONS_JOURNEYS, COLLECTIONS_STORIES } from './collections.js';
import { CUSTOMER_CHANGE_JOURNEYS, CUSTOMER_CHANGE_STORIES } from './customer-change.js';
import { ONBOARDING_JOURNEYS, ONBOARDING_STORIES } from './customer-onboarding.js';
import { EXPENSE_JOURNEYS, EXPENSE_STORIES } from './expenses.js';
import { INVOICE_SYNCHRONISATION_JOURNEYS, INVOICE_SYNCHRONISATION_STORIES } from './invoice-synchronisation.js';
import { PAYMENT_CONFIRMATION_JOURNEYS, PAYMENT_CONFIRMATION_STORIES } from './payment-confirmation.js';
import { PROCUREMENT_JOURNEYS, PROCUREMENT_STORIES } from './procurement.js';
import { TREASURY_PATTERN_JOURNEYS, TREASURY_PATTERN_STORIES } from './treasury-patterns.js';

/** Every story of the reusable patterns. */
export const PATTERN_STORIES: readonly Story[] = [
  ...ONBOARDING_STORIES,
  ...CUSTOMER_CHANGE_STORIES,
  ...INVOICE_SYNCHRONISATION_STORIES,
  ...PAYMENT_CONFIRMATION_STORIES,
  ...TREASURY_PATTERN_STORIES,
  ...PROCUREMENT_STORIES,
  ...EXPENSE_STORIES,
  ...COLLECTIONS_STORIES,
];

/** What the simulated estate tells of the reusable patterns. */
export const PATTERN_JOURNEYS: readonly Journey[] = [
  ...ONBOARDING_JOURNEYS,
  ...CUSTOMER_CHANGE_JOURNEYS,
  ...INVOICE_SYNCHRONISATION_JOURNEYS,
  ...PAYMENT_CONFIRMATION_JOURNEYS,
  ...TREASURY_PATTERN_JOURNEYS,
  ...PROCUREMENT_JOURNEYS,
  ...EXPENSE_JOURNEYS,
  ...COLLECTIONS_JOURNEYS,
];
