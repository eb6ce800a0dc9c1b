import { parseWorkflow } from '../load-workflow.js';

/** A workflow with what the short one has not: optional and conditional steps, cardinality, every kind of due rule. */
export const FULL_WORKFLOW = parseWorkflow(
  `
name: full
title: Full
anchor: contract
unless: [subscription, contract.moved]
follows:
  - { from: contract, to: sales-order, as: fulfils }
  - { from: contract, to: subscription, as: fulfils }
  - { from: sales-order, to: delivery, as: delivers }
  - { from: sales-order, to: invoice, as: bills }
  - { from: delivery, to: invoice, as: bills }
  - { from: invoice, to: payment, as: settles }
  - { from: invoice, to: cash-forecast, as: projects }
milestones:
  - { name: approved, title: Approved, on: contract, reachedBy: [contract.approved] }
  - name: checked
    title: Checked
    on: contract
    required: false
    given: [contract.check-requested]
    after: [approved]
    reachedBy: [contract.checked, control-evidence.captured]
    due: { kind: business-duration, commitment: service, after: approved, duration: PT1H, calendar: around-the-clock }
  - { name: accepted, title: Accepted, on: sales-order, per: sales-order, after: [checked], reachedBy: [sales-order.accepted] }
  - name: issued
    title: Issued
    on: delivery
    per: delivery
    required: false
    after: [accepted]
    reachedBy: [delivery.posted]
    due: { kind: stated-date, commitment: expectation, of: delivery, date: deliveryDate }
  - name: posted
    title: Posted
    on: invoice
    per: invoice
    after: [issued]
    expects: { atMost: 1, per: delivery }
    reachedBy: [invoice.posted]
    due: { kind: local-cut-off, commitment: service, after: issued, time: '18:00' }
  - name: projected
    title: Projected
    on: cash-forecast
    per: invoice
    required: false
    given: [cash-forecast, contract.checked]
    after: [posted]
    reachedBy: [cash-forecast.updated]
  - name: paid
    title: Paid
    on: payment
    per: payment
    after: [posted]
    reachedBy: [payment.received]
    due: { kind: stated-date, commitment: expectation, of: invoice, date: dueDate, after: posted }
  - name: told
    title: Told
    on: payment
    per: payment
    given: [contract.checked]
    after: [paid]
    reachedBy: [payment.synchronised]
    due: { kind: close-day, commitment: service, after: paid, of: invoice, period: period, businessDay: 1, given: [sales-order.accepted] }
hops:
  - { integration: checks, proves: checked }
  - { integration: forecasts, proves: projected }
`,
  'full.yaml',
);

/** A workflow whose transactions are those of a hub. */
export const HUB_WORKFLOW = parseWorkflow(
  `
name: hub
title: Hub
anchor: cash-position
given: [cash-position.opened, control-evidence.captured]
cancelledBy: [cash-position.dropped]
follows:
  - { from: cash-position, to: cash-forecast, as: projects }
milestones:
  - { name: opened, title: Opened, on: cash-position, reachedBy: [cash-position.opened] }
  - { name: confirmed, title: Confirmed, on: cash-position, required: false, given: [cash-position.updated], after: [opened], reachedBy: [cash-position.confirmed] }
  - name: forecast
    title: Forecast
    on: cash-forecast
    after: [opened, confirmed]
    reachedBy: [cash-forecast.updated]
    due: { kind: local-cut-off, commitment: service, after: opened, time: '09:00', businessDaysLater: 1, calendar: currency }
`,
  'hub.yaml',
);

/** A workflow of what describes others, which begins anew. */
export const CONTEXT_WORKFLOW = parseWorkflow(
  `
name: change
title: Change
anchor: customer
given: [customer.change-requested]
restartedBy: [customer.change-requested]
cancelledBy: [customer.change-withdrawn]
milestones:
  - { name: requested, title: Requested, on: customer, reachedBy: [customer.change-requested] }
  - name: made
    title: Made
    on: customer
    after: [requested]
    reachedBy: [customer.changed]
    due: { kind: business-duration, commitment: service, after: requested, duration: PT1H }
`,
  'change.yaml',
);
