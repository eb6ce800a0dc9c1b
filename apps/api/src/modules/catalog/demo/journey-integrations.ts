/** An integration of the demo beside those of its orders: what journeys of the simulated estate run through. */
type DemoIntegration = {
  name: string;
  title: string;
  fromSystem: string;
  toSystem: string;
  owner: string;
  criticality: 'high' | 'medium' | 'low';
};

const TEAM = {
  credit: 'Credit systems team',
  treasury: 'Treasury systems team',
  finance: 'Finance systems team',
  orders: 'Order integration team',
  crm: 'CRM integration team',
  masterData: 'Master data team',
  billing: 'Billing systems team',
  revenue: 'Revenue systems team',
  compliance: 'Compliance systems team',
  planning: 'Planning systems team',
  procurement: 'Procurement systems team',
  collections: 'Receivables team',
} as const;

/** Name, title, from, to, owner, criticality. */
const ROWS: readonly (readonly [string, string, string, string, keyof typeof TEAM, DemoIntegration['criticality']])[] =
  [
    ['salesforce-credit-check', 'Credit check of contracts', 'salesforce', 'sap-s4hana', 'credit', 'high'],
    ['s4hana-order-to-kyriba-forecast', 'Orders to cash forecast', 'sap-s4hana', 'kyriba', 'treasury', 'medium'],
    ['s4hana-order-release', 'Order release', 'sap-s4hana', 'sap-s4hana', 'finance', 'high'],
    ['s4hana-goods-issue', 'Deliveries and goods issue', 'sap-s4hana', 'sap-s4hana', 'orders', 'high'],
    ['s4hana-invoice-to-kyriba-forecast', 'Invoices to cash forecast', 'sap-s4hana', 'kyriba', 'treasury', 'medium'],
    ['s4hana-payment-status-to-salesforce', 'Payment status to CRM', 'sap-s4hana', 'salesforce', 'crm', 'medium'],
    ['s4hana-invoices-to-netsuite', 'Intercompany invoices to NetSuite', 'sap-s4hana', 'netsuite', 'finance', 'medium'],
    [
      'salesforce-contract-to-legacy-br',
      'Orders to the ERP of Brazil',
      'salesforce',
      'legacy-erp-br',
      'orders',
      'high',
    ],
    ['legacy-br-billing-files', 'Billing files of Brazil', 'legacy-erp-br', 'sap-s4hana', 'finance', 'high'],
    ['legacy-br-payment-files', 'Payment files of Brazil', 'legacy-erp-br', 'sap-s4hana', 'finance', 'high'],
    ['legacy-br-shipping-idocs', 'Shipping IDocs of Brazil', 'legacy-erp-br', 'sap-s4hana', 'orders', 'medium'],
    [
      'salesforce-opportunity-to-customer-master',
      'Customers to one master record',
      'salesforce',
      'customer-master',
      'masterData',
      'high',
    ],
    ['salesforce-quote-to-subscription', 'Quotes to subscriptions', 'salesforce', 'zuora', 'billing', 'high'],
    ['subscription-to-billing-schedule', 'Billing schedules', 'zuora', 'zuora', 'billing', 'high'],
    ['billing-run', 'Bill run of subscriptions', 'zuora', 'zuora', 'billing', 'high'],
    ['billing-invoice-to-erp', 'Subscription invoices to ERP', 'zuora', 'netsuite', 'billing', 'high'],
    ['billing-to-receivables', 'Billing to receivables', 'zuora', 'netsuite', 'billing', 'high'],
    ['billing-to-deferred-revenue', 'Deferral of revenue', 'zuora', 'netsuite', 'revenue', 'high'],
    ['invoice-to-revenue-schedule', 'Revenue schedules', 'netsuite', 'netsuite', 'revenue', 'high'],
    ['amendment-to-revenue-schedule', 'Amendments to revenue schedules', 'salesforce', 'netsuite', 'revenue', 'high'],
    ['revenue-recognition-run', 'Revenue recognition', 'netsuite', 'netsuite', 'revenue', 'high'],
    ['payment-settlement-to-erp', 'Card settlements to ERP', 'stripe', 'netsuite', 'billing', 'high'],
    ['erp-invoice-status-to-salesforce', 'Invoice status to CRM', 'netsuite', 'salesforce', 'crm', 'medium'],
    ['contract-attribute-validation', 'Validation of contracts', 'salesforce', 'sap-integration', 'orders', 'high'],
    ['middleware-contract-to-order', 'Contracts to orders', 'salesforce', 'sap-s4hana', 'orders', 'high'],
    ['middleware-contract-to-billing-plan', 'Contracts to billing plans', 'salesforce', 'sap-s4hana', 'orders', 'high'],
    ['s4hana-billing-plan', 'Billing plan items', 'sap-s4hana', 'sap-s4hana', 'finance', 'high'],
    ['control-evidence-capture', 'Evidence of controls', 'sap-s4hana', 'servicenow', 'compliance', 'high'],
    ['bank-statement-intake', 'Statements of house banks', 'bank', 'kyriba', 'treasury', 'high'],
    ['bank-statements-to-kyriba', 'Statements to treasury', 'bank', 'kyriba', 'treasury', 'high'],
    ['statement-balance-check', 'Balance check of statements', 'kyriba', 'kyriba', 'treasury', 'high'],
    ['statement-to-cash-position', 'Statements to cash position', 'kyriba', 'kyriba', 'treasury', 'high'],
    ['statement-to-cash-forecast', 'Statements to cash forecast', 'kyriba', 'kyriba', 'treasury', 'medium'],
    ['statement-to-fx-exposure', 'Statements to FX exposure', 'kyriba', 'kyriba', 'treasury', 'medium'],
    ['statement-matching', 'Matching of bank entries', 'kyriba', 'sap-s4hana', 'treasury', 'high'],
    ['fx-exposure-calculation', 'FX exposure', 'sap-s4hana', 'kyriba', 'treasury', 'medium'],
    ['payment-batch-approval', 'Approval of payment batches', 'kyriba', 'kyriba', 'treasury', 'high'],
    ['payment-batch-to-bank', 'Payment batches to the bank', 'kyriba', 'bank', 'treasury', 'high'],
    ['payment-run', 'Payment run', 'sap-s4hana', 'kyriba', 'treasury', 'high'],
    ['bank-status-to-payments', 'Status of payments', 'bank', 'kyriba', 'treasury', 'high'],
    ['payment-status-to-erp', 'Payment status to ERP', 'kyriba', 'sap-s4hana', 'treasury', 'medium'],
    ['salesforce-pipeline-to-planning', 'Pipeline to planning', 'salesforce', 'anaplan', 'planning', 'medium'],
    ['salesforce-stage-change-to-planning', 'Stage changes to planning', 'salesforce', 'anaplan', 'planning', 'medium'],
    ['salesforce-booking-to-erp', 'Bookings to ERP', 'salesforce', 'sap-s4hana', 'orders', 'high'],
    ['erp-billing-of-bookings', 'Billing of bookings', 'sap-s4hana', 'sap-s4hana', 'finance', 'high'],
    ['erp-revenue-posting', 'Posting of revenue', 'sap-s4hana', 'sap-s4hana', 'revenue', 'high'],
    ['erp-actuals-to-planning', 'Actuals to planning', 'sap-s4hana', 'anaplan', 'planning', 'high'],
    ['erp-close-to-planning', 'Close package to planning', 'sap-s4hana', 'anaplan', 'planning', 'high'],
    ['customer-validation', 'Validation of new customers', 'salesforce', 'sap-integration', 'masterData', 'medium'],
    ['customer-approval', 'Approval of new customers', 'salesforce', 'servicenow', 'masterData', 'medium'],
    ['crm-customer-to-erp', 'Customers to ERP', 'salesforce', 'sap-s4hana', 'masterData', 'high'],
    [
      'customer-change-validation',
      'Validation of customer changes',
      'salesforce',
      'sap-integration',
      'masterData',
      'medium',
    ],
    ['customer-change-approval', 'Approval of customer changes', 'salesforce', 'servicenow', 'masterData', 'medium'],
    ['customer-change-to-erp', 'Customer changes to ERP', 'salesforce', 'sap-s4hana', 'masterData', 'high'],
    ['erp-invoice-to-crm', 'Invoices to CRM', 'sap-s4hana', 'salesforce', 'crm', 'medium'],
    ['procurement-approval', 'Approval of purchase orders', 'sap-s4hana', 'sap-s4hana', 'procurement', 'medium'],
    ['goods-receipt-to-erp', 'Goods receipts', 'warehouse', 'sap-s4hana', 'procurement', 'medium'],
    ['supplier-invoice-to-erp', 'Supplier invoices', 'supplier-portal', 'sap-s4hana', 'procurement', 'high'],
    ['expense-approval', 'Approval of expense reports', 'expenses', 'expenses', 'procurement', 'low'],
    ['expense-payment', 'Payment of expense reports', 'expenses', 'sap-s4hana', 'procurement', 'medium'],
    ['dunning-run', 'Dunning run', 'sap-s4hana', 'sap-s4hana', 'collections', 'medium'],
    ['dispute-handling', 'Disputes', 'servicenow', 'sap-s4hana', 'collections', 'medium'],
  ];

/** None of them can be asked to send again: the estate sends journeys by itself. */
export const JOURNEY_INTEGRATIONS = ROWS.map(([name, title, fromSystem, toSystem, team, criticality]) => ({
  ...{ name, title, fromSystem, toSystem, criticality },
  owner: TEAM[team],
  canRequeue: false,
})) satisfies readonly DemoIntegration[];
