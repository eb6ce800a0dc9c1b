// Generated from libs/canonical/semantic-conventions/finance.yaml by npm run generate; change that file instead.
import type { ObjectType } from './business-object.js';

/** Names of the attributes by which spans and log records tell finance facts. */
export const SPAN_ATTRIBUTES = {
  activityType: 'finance.activity.type',
  integrationName: 'finance.integration.name',
  sourceSystem: 'finance.source_system',
  objectType: 'finance.object.type',
  objectKeyValue: 'finance.object.key.value',
  objectKeyKind: 'finance.object.key.kind',
  objectKeyScope: 'finance.object.key.scope',
  objectKeySystem: 'finance.object.key.system',
  legalEntity: 'finance.legal_entity',
  counterparty: 'finance.counterparty',
  amount: 'finance.amount',
  currency: 'finance.currency',
  direction: 'finance.direction',
  problemCode: 'finance.problem.code',
  problemMessage: 'finance.problem.message',
  requeueId: 'throughline.requeue.id',
} as const;

/** Attributes that name an object by themselves, the most specific type first. */
export const OBJECT_ID_ATTRIBUTES: readonly (readonly [attribute: string, type: ObjectType])[] = [
  ['finance.return.id', 'return'],
  ['finance.refund.id', 'refund'],
  ['finance.settlement.id', 'settlement'],
  ['finance.bank_entry.id', 'bank-entry'],
  ['finance.payment.id', 'payment'],
  ['finance.journal_entry.id', 'journal-entry'],
  ['finance.dunning_notice.id', 'dunning-notice'],
  ['finance.dispute.id', 'dispute'],
  ['finance.credit_memo.id', 'credit-memo'],
  ['finance.supplier_invoice.id', 'supplier-invoice'],
  ['finance.expense_report.id', 'expense-report'],
  ['finance.goods_receipt.id', 'goods-receipt'],
  ['finance.purchase_order.id', 'purchase-order'],
  ['finance.revenue_schedule.id', 'revenue-schedule'],
  ['finance.invoice.id', 'invoice'],
  ['finance.billing_schedule.id', 'billing-schedule'],
  ['finance.delivery.id', 'delivery'],
  ['finance.subscription.id', 'subscription'],
  ['finance.sales_order.id', 'sales-order'],
  ['finance.booking.id', 'booking'],
  ['finance.contract.id', 'contract'],
  ['finance.quote.id', 'quote'],
  ['finance.opportunity.id', 'opportunity'],
  ['finance.payment_batch.id', 'payment-batch'],
  ['finance.bank_statement.id', 'bank-statement'],
  ['finance.actuals_batch.id', 'actuals-batch'],
  ['finance.cash_position.id', 'cash-position'],
  ['finance.cash_forecast.id', 'cash-forecast'],
  ['finance.forecast_version.id', 'forecast-version'],
  ['finance.report.id', 'report'],
  ['finance.pipeline_snapshot.id', 'pipeline-snapshot'],
  ['finance.tax_determination.id', 'tax-determination'],
  ['finance.approval.id', 'approval'],
  ['finance.control_evidence.id', 'control-evidence'],
  ['finance.credit_limit.id', 'credit-limit'],
  ['finance.credit_exposure.id', 'credit-exposure'],
  ['finance.fx_exposure.id', 'fx-exposure'],
  ['finance.price_agreement.id', 'price-agreement'],
  ['finance.bank_account.id', 'bank-account'],
  ['finance.accounting_period.id', 'accounting-period'],
  ['finance.cost_center.id', 'cost-center'],
  ['finance.product.id', 'product'],
  ['finance.customer.id', 'customer'],
  ['finance.supplier.id', 'supplier'],
  ['finance.person.id', 'person'],
  ['finance.legal_entity.id', 'legal-entity'],
];

/** Prefix of attributes: `finance.key.kind.<name>`. Which of its numbers a shorthand gives, by the name of the object type: `finance.key.kind.invoice`. Without it the object type itself is the kind. */
export const KEY_KIND_PREFIX = 'finance.key.kind.';

/** Prefix of attributes: `finance.key.scope.<name>`. Within what the number of a shorthand is unique, by the name of the object type. */
export const KEY_SCOPE_PREFIX = 'finance.key.scope.';

/** Prefix of attributes: `finance.key.system.<name>`. Source system of the number of a shorthand, by the name of the object type, where it is another than `finance.source_system`. */
export const KEY_SYSTEM_PREFIX = 'finance.key.system.';

/** Prefix of attributes: `finance.link.<name>`. How the subject follows from the related object of that type, by the name of the type: makes a flow link from it to the subject, read as _subject_ qualifier _related_. Without it the two are only named together. Several subjects and several objects of the type make none. */
export const LINK_PREFIX = 'finance.link.';

/** Prefix of attributes: `finance.problem.discriminator.<name>`. Facts that tell one problem from another of the same code (field path, error code, missing key). They are part of the identity of an exception: never put an amount, a time or free text in them. */
export const PROBLEM_DISCRIMINATOR_PREFIX = 'finance.problem.discriminator.';

/** CloudEvents extension attributes that the mapping reads. */
export const EVENT_EXTENSIONS = {
  traceparent: 'traceparent',
  correlationId: 'correlationid',
  causationId: 'causationid',
  recordedTime: 'recordedtime',
  sequence: 'sequence',
  requeueId: 'throughlinerequeueid',
} as const;

/** Every attribute of the registry in words; a template is a prefix. */
export const FINANCE_ATTRIBUTES: readonly { name: string; isTemplate: boolean; brief: string }[] = [
  {
    name: 'finance.activity.type',
    isTemplate: false,
    brief:
      'What happened to the business object: `<object type>.<past participle>` in kebab-case. Without it a step that succeeded is an `integration.run-completed`. A step that failed is always an `integration.run-failed`.',
  },
  {
    name: 'finance.integration.name',
    isTemplate: false,
    brief: 'Name of the integration (the flow) that the step belongs to, as it is configured.',
  },
  {
    name: 'finance.source_system',
    isTemplate: false,
    brief:
      'Name of the configured source system that the keys of the objects are of. May stand on the resource. Without it `service.name` counts.',
  },
  { name: 'finance.object.type', isTemplate: false, brief: 'Canonical type of the object, in kebab-case.' },
  {
    name: 'finance.object.key.value',
    isTemplate: false,
    brief:
      'The number or id of the object. Text, so that leading zeros and long numbers stay what they are. Blank and dummy values (`N/A`, `0`, `NOTPROVIDED`) count as absent.',
  },
  {
    name: 'finance.object.key.kind',
    isTemplate: false,
    brief: 'Which of its numbers the key is. Without it the object type itself is the kind.',
  },
  {
    name: 'finance.object.key.scope',
    isTemplate: false,
    brief: 'Within what the number is unique, where it restarts or collides.',
  },
  {
    name: 'finance.object.key.system',
    isTemplate: false,
    brief: 'Source system of the key, where it is another than `finance.source_system`.',
  },
  {
    name: 'finance.legal_entity',
    isTemplate: false,
    brief: 'Code of the legal entity (company code, subsidiary) that the object belongs to.',
  },
  { name: 'finance.counterparty', isTemplate: false, brief: 'Display name of the customer or supplier.' },
  {
    name: 'finance.amount',
    isTemplate: false,
    brief:
      'Amount of the object as decimal text (an integer attribute is taken too, a double is not: binary floats are no money). Never negative; the direction is an attribute of its own. One that cannot be used is shown at the object as `unusableAmount`.',
  },
  { name: 'finance.currency', isTemplate: false, brief: 'ISO 4217 code of the amount.' },
  { name: 'finance.direction', isTemplate: false, brief: 'Which way the money moves, seen from the group.' },
  { name: 'finance.return.id', isTemplate: false, brief: 'A payment that was returned or charged back.' },
  { name: 'finance.refund.id', isTemplate: false, brief: 'A refund to a customer.' },
  { name: 'finance.settlement.id', isTemplate: false, brief: 'A clearing of payments, credits and open items.' },
  { name: 'finance.bank_entry.id', isTemplate: false, brief: 'An entry on a bank statement.' },
  { name: 'finance.payment.id', isTemplate: false, brief: 'A payment, received or sent.' },
  { name: 'finance.journal_entry.id', isTemplate: false, brief: 'A posting in the ledger.' },
  { name: 'finance.dunning_notice.id', isTemplate: false, brief: 'A dunning notice.' },
  { name: 'finance.dispute.id', isTemplate: false, brief: 'A disputed invoice or charge.' },
  { name: 'finance.credit_memo.id', isTemplate: false, brief: 'A credit memo to a customer.' },
  { name: 'finance.supplier_invoice.id', isTemplate: false, brief: 'An invoice of a supplier.' },
  { name: 'finance.expense_report.id', isTemplate: false, brief: 'An expense report.' },
  { name: 'finance.goods_receipt.id', isTemplate: false, brief: 'A receipt of goods.' },
  { name: 'finance.purchase_order.id', isTemplate: false, brief: 'An order to a supplier.' },
  { name: 'finance.revenue_schedule.id', isTemplate: false, brief: 'A schedule of revenue recognition.' },
  { name: 'finance.invoice.id', isTemplate: false, brief: 'An invoice to a customer.' },
  { name: 'finance.billing_schedule.id', isTemplate: false, brief: 'A schedule of billing.' },
  { name: 'finance.delivery.id', isTemplate: false, brief: 'A delivery to a customer.' },
  { name: 'finance.subscription.id', isTemplate: false, brief: 'A subscription.' },
  { name: 'finance.sales_order.id', isTemplate: false, brief: 'An order of a customer.' },
  { name: 'finance.booking.id', isTemplate: false, brief: 'A booked deal.' },
  { name: 'finance.contract.id', isTemplate: false, brief: 'A contract.' },
  { name: 'finance.quote.id', isTemplate: false, brief: 'A quote to a customer.' },
  { name: 'finance.opportunity.id', isTemplate: false, brief: 'An opportunity.' },
  { name: 'finance.payment_batch.id', isTemplate: false, brief: 'A batch of payments, such as one pain.001 file.' },
  { name: 'finance.bank_statement.id', isTemplate: false, brief: 'A statement of a bank account.' },
  { name: 'finance.actuals_batch.id', isTemplate: false, brief: 'A load of actuals into planning.' },
  { name: 'finance.cash_position.id', isTemplate: false, brief: 'A cash position of an account and a day.' },
  { name: 'finance.cash_forecast.id', isTemplate: false, brief: 'A cash forecast.' },
  { name: 'finance.forecast_version.id', isTemplate: false, brief: 'A version of a forecast.' },
  { name: 'finance.report.id', isTemplate: false, brief: 'A report.' },
  { name: 'finance.pipeline_snapshot.id', isTemplate: false, brief: 'A snapshot of the sales pipeline.' },
  { name: 'finance.tax_determination.id', isTemplate: false, brief: 'A determination of tax.' },
  { name: 'finance.approval.id', isTemplate: false, brief: 'An approval.' },
  { name: 'finance.control_evidence.id', isTemplate: false, brief: 'Evidence that a control was performed.' },
  { name: 'finance.credit_limit.id', isTemplate: false, brief: 'The credit limit of a customer.' },
  { name: 'finance.credit_exposure.id', isTemplate: false, brief: 'The credit exposure of a customer.' },
  { name: 'finance.fx_exposure.id', isTemplate: false, brief: 'An exposure in a foreign currency.' },
  { name: 'finance.price_agreement.id', isTemplate: false, brief: 'An agreed price.' },
  { name: 'finance.bank_account.id', isTemplate: false, brief: 'A bank account of the group.' },
  { name: 'finance.accounting_period.id', isTemplate: false, brief: 'An accounting period.' },
  { name: 'finance.cost_center.id', isTemplate: false, brief: 'A cost center.' },
  { name: 'finance.product.id', isTemplate: false, brief: 'A product.' },
  { name: 'finance.customer.id', isTemplate: false, brief: 'A customer.' },
  { name: 'finance.supplier.id', isTemplate: false, brief: 'A supplier.' },
  { name: 'finance.person.id', isTemplate: false, brief: 'A person in a source system.' },
  {
    name: 'finance.legal_entity.id',
    isTemplate: false,
    brief: 'A legal entity as the object itself, e.g. one whose master data is transferred.',
  },
  {
    name: 'finance.key.kind',
    isTemplate: true,
    brief:
      'Which of its numbers a shorthand gives, by the name of the object type: `finance.key.kind.invoice`. Without it the object type itself is the kind.',
  },
  {
    name: 'finance.key.scope',
    isTemplate: true,
    brief: 'Within what the number of a shorthand is unique, by the name of the object type.',
  },
  {
    name: 'finance.key.system',
    isTemplate: true,
    brief:
      'Source system of the number of a shorthand, by the name of the object type, where it is another than `finance.source_system`.',
  },
  {
    name: 'finance.link',
    isTemplate: true,
    brief:
      'How the subject follows from the related object of that type, by the name of the type: makes a flow link from it to the subject, read as _subject_ qualifier _related_. Without it the two are only named together. Several subjects and several objects of the type make none.',
  },
  {
    name: 'finance.problem.code',
    isTemplate: false,
    brief:
      'Taxonomy code, `<category>.<problem>`. Another code is kept as the discriminator `reportedCode`. Without a code of the taxonomy, `error.type`, the type and message of the exception, the HTTP status and the status message classify the failure, and the type is the discriminator `errorType`.',
  },
  {
    name: 'finance.problem.message',
    isTemplate: false,
    brief:
      'What went wrong, in words for people. Without it the status message counts, then the message of the last `exception` event.',
  },
  {
    name: 'finance.problem.discriminator',
    isTemplate: true,
    brief:
      'Facts that tell one problem from another of the same code (field path, error code, missing key). They are part of the identity of an exception: never put an amount, a time or free text in them.',
  },
  {
    name: 'throughline.requeue.id',
    isTemplate: false,
    brief: 'The requeue request that caused this run, from the `requeueId` of the request that was sent again.',
  },
];
