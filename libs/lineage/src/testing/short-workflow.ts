import { type CalendarOf, calendarsOf } from '../calendar-of.js';
import { parseWorkflow } from '../load-workflow.js';

/** A small workflow with every kind of milestone: per transaction, per object, of a hub, with a due rule. */
export const SHORT_WORKFLOW = parseWorkflow(
  `
name: short
title: Short
anchor: contract
cancelledBy: [contract.cancelled]
follows:
  - { from: contract, to: sales-order, as: fulfils }
  - { from: sales-order, to: invoice, as: bills }
  - { from: invoice, to: payment, as: settles }
  - { from: payment, to: bank-entry, as: books }
  - { from: bank-entry, to: cash-position, as: gathers }
milestones:
  - { name: approved, title: Approved, on: contract, reachedBy: [contract.approved] }
  - { name: billed, title: Billed, on: invoice, after: [approved], reachedBy: [invoice.posted] }
  - { name: posted, title: Posted, on: invoice, per: invoice, after: [approved], reachedBy: [invoice.posted, invoice.corrected], undoneBy: [invoice.reversed] }
  - { name: positioned, title: In the position, on: cash-position, per: bank-entry, after: [posted], reachedBy: [cash-position.updated] }
  - name: paid
    title: Paid
    on: payment
    per: payment
    after: [approved]
    reachedBy: [payment.received]
    due: { kind: business-duration, commitment: expectation, after: approved, duration: PT2H }
hops:
  - { integration: billing, proves: posted }
  - { integration: positions, proves: positioned }
`,
  'short.yaml',
);

/** The entities of the tests: E1 works around the clock. */
export const TEST_CALENDARS: CalendarOf = calendarsOf([{ code: 'E1', calendar: '24x7', timeZone: 'UTC' }]);
