import { hashedUuid } from '@throughline/canonical';
import type { DeclaredCompensation } from '../domain/compensation-rules.js';

/** The demo's tenant. */
export const DEMO_TENANT_ID: string = hashedUuid(['tenant', 'demo']);

/** The demo people's password; the demo is refused in production. */
export const DEMO_PASSWORD = 'throughline-demo';

/** The demo's ingest key. */
export const DEMO_INGEST_KEY = 'tl_demo_ingest_key';

/** Signs requeues to the simulated systems; the simulator knows the same one. */
export const DEMO_REQUEUE_SECRET = 'whsec_dGhyb3VnaGxpbmUtZGVtby1zZWNyZXQtMDE=';

/** name, e-mail prefix and role of each demo person. */
export const DEMO_PEOPLE = [
  { prefix: 'analyst', displayName: 'Anna Lindqvist', role: 'analyst' },
  { prefix: 'analyst2', displayName: 'Bruno Keller', role: 'analyst' },
  { prefix: 'approver', displayName: 'Carmen Ortega', role: 'approver' },
  { prefix: 'controller', displayName: 'David Okafor', role: 'controller' },
  { prefix: 'treasurer', displayName: 'Elena Rossi', role: 'treasurer' },
  { prefix: 'engineer', displayName: 'Farid Haddad', role: 'engineer' },
  { prefix: 'auditor', displayName: 'Grace Tan', role: 'auditor' },
  { prefix: 'admin', displayName: 'Hanna Weber', role: 'admin' },
] as const;

/** The address that a demo person signs in with. */
export function demoEmail(prefix: string): string {
  return `${prefix}@demo.example`;
}

export const DEMO_LEGAL_ENTITIES = [
  {
    code: 'DE01',
    name: 'Nordhafen Maschinenbau GmbH',
    country: 'DE',
    currency: 'EUR',
    calendar: 'TARGET',
    timeZone: 'Europe/Berlin',
  },
  {
    code: 'US01',
    name: 'Nordhafen Machinery Inc.',
    country: 'US',
    currency: 'USD',
    calendar: 'US-FED',
    timeZone: 'America/New_York',
  },
  {
    code: 'BR01',
    name: 'Nordhafen Máquinas Ltda.',
    country: 'BR',
    currency: 'BRL',
    calendar: 'BR',
    timeZone: 'America/Sao_Paulo',
  },
  {
    code: 'SG01',
    name: 'Nordhafen Machinery Pte. Ltd.',
    country: 'SG',
    currency: 'SGD',
    calendar: 'SG',
    timeZone: 'Asia/Singapore',
  },
] as const;

/** One instance of each kind of system that the demo speaks of, named as its kind; no webhook needs a secret. */
export const DEMO_SOURCE_SYSTEMS = [
  { name: 'salesforce', title: 'Salesforce' },
  { name: 'sap-integration', title: 'SAP Integration Suite' },
  { name: 'sap-s4hana', title: 'SAP S/4HANA' },
  { name: 'kyriba', title: 'Kyriba' },
  { name: 'netsuite', title: 'NetSuite' },
  { name: 'dynamics365', title: 'Dynamics 365' },
  { name: 'oracle-fusion', title: 'Oracle Fusion' },
  { name: 'stripe', title: 'Stripe' },
  { name: 'chargebee', title: 'Chargebee' },
  { name: 'recurly', title: 'Recurly' },
  { name: 'zuora', title: 'Zuora' },
  { name: 'anaplan', title: 'Anaplan' },
  { name: 'adaptive', title: 'Workday Adaptive Planning' },
  { name: 'pigment', title: 'Pigment' },
  { name: 'avalara', title: 'Avalara' },
  { name: 'servicenow', title: 'ServiceNow' },
  { name: 'vanta', title: 'Vanta' },
  { name: 'drata', title: 'Drata' },
  { name: 'mulesoft', title: 'MuleSoft' },
  { name: 'boomi', title: 'Boomi' },
  { name: 'workato', title: 'Workato' },
  { name: 'logic-apps', title: 'Azure Logic Apps' },
  { name: 'step-functions', title: 'AWS Step Functions' },
  { name: 'celigo', title: 'Celigo' },
  { name: 'bank', title: 'House bank' },
] as const;

/** What the demo's systems send and nobody should keep: addresses and tokens that let whoever reads them in. */
export const DEMO_REDACTION_RULES = [
  {
    sourceSystem: 'dynamics365',
    path: '/**/DownloadURL',
    action: 'drop',
    note: 'The shared access signature in the address of an export lets in whoever reads it',
  },
  {
    sourceSystem: 'logic-apps',
    path: '/**/uri',
    action: 'drop',
    note: 'Links to inputs and outputs of a run are signed: they open without a sign-in',
  },
  {
    sourceSystem: 'salesforce',
    path: '/**/SessionId',
    action: 'drop',
    note: 'An outbound message may carry a session of the sending user',
  },
  {
    sourceSystem: 'stripe',
    path: '/**/client_secret',
    action: 'drop',
    note: 'Completes a payment without any other credential',
  },
] as const;

/** The integrations of the order-to-cash story. */
export const DEMO_INTEGRATIONS = [
  {
    name: 'salesforce-contract-to-order',
    title: 'Contract to sales order',
    fromSystem: 'salesforce',
    toSystem: 'sap-s4hana',
    owner: 'Order integration team',
    criticality: 'high',
    canRequeue: true,
  },
  {
    name: 's4hana-billing',
    title: 'Billing run',
    fromSystem: 'sap-s4hana',
    toSystem: 'sap-s4hana',
    owner: 'Finance systems team',
    criticality: 'high',
    canRequeue: false,
  },
  {
    name: 'bank-credits-to-kyriba',
    title: 'Bank credits to treasury',
    fromSystem: 'bank',
    toSystem: 'kyriba',
    owner: 'Treasury systems team',
    criticality: 'high',
    canRequeue: false,
  },
  {
    name: 'kyriba-cash-position',
    title: 'Cash position',
    fromSystem: 'kyriba',
    toSystem: 'kyriba',
    owner: 'Treasury systems team',
    criticality: 'medium',
    canRequeue: false,
  },
  {
    name: 'kyriba-payments-to-s4hana',
    title: 'Payments to ERP',
    fromSystem: 'kyriba',
    toSystem: 'sap-s4hana',
    owner: 'Treasury systems team',
    criticality: 'high',
    canRequeue: true,
  },
] as const;

/** What may be corrected in payloads of the story; of a payment never what moves money, whatever stands here. */
export const DEMO_CORRECTIONS = [
  { integration: 'salesforce-contract-to-order', fields: ['/sellingUnit', '/paymentTerms', '/items/*/material'] },
  { integration: 'kyriba-payments-to-s4hana', fields: ['/remittance', '/costCentre', '/amount'] },
] as const;

/** What integrations of the story undo: an order is cancelled where it came from, or sales operations are told of it. */
export const DEMO_COMPENSATIONS: readonly { integration: string; actions: readonly DeclaredCompensation[] }[] = [
  {
    integration: 'salesforce-contract-to-order',
    actions: [
      {
        action: 'cancel',
        objectTypes: ['sales-order'],
        taxonomies: [],
        path: null,
        proofActivity: 'sales-order.cancelled',
        proofMilestone: null,
        withinMinutes: 30,
        postingDate: 'by-target',
      },
      {
        action: 'notify',
        objectTypes: ['sales-order'],
        taxonomies: [],
        path: null,
        proofActivity: null,
        proofMilestone: null,
        withinMinutes: 15,
        postingDate: 'by-target',
      },
    ],
  },
];

/** Whose queue it is, by the prefix of the address. */
export const DEMO_QUEUE_MEMBERS = [
  { queue: 'payments', prefixes: ['analyst2', 'approver'] },
  { queue: 'cash-application', prefixes: ['analyst'] },
  { queue: 'billing-and-revenue', prefixes: ['analyst'] },
  { queue: 'tax', prefixes: ['analyst2'] },
  { queue: 'credit', prefixes: ['analyst', 'approver'] },
  { queue: 'approval', prefixes: ['approver'] },
  { queue: 'master-data', prefixes: ['analyst', 'engineer'] },
  { queue: 'data-repair', prefixes: ['analyst', 'analyst2'] },
  { queue: 'reconciliation', prefixes: ['analyst2'] },
  { queue: 'platform', prefixes: ['engineer'] },
  { queue: 'unreadable', prefixes: ['engineer'] },
] as const;

/** Made up, of the order of the real ones: 1 EUR in the other currencies of the demo. */
export const DEMO_EXCHANGE_RATES = [
  { currency: 'USD', rate: '1.0850' },
  { currency: 'BRL', rate: '6.0500' },
  { currency: 'SGD', rate: '1.4310' },
] as const;
