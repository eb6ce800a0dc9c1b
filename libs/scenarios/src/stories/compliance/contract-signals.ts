import type { ScenarioSignal } from '../../scenario-signal.js';
import { type Run, financeEvent, traceOfRun } from '../../wire-forms.js';
import {
  COMPLIANCE_INTEGRATION,
  type Control,
  type GlobalContract,
  type Place,
  contractOf,
  crmOrderOf,
  erpOrderKey,
  erpOrderOf,
  evidenceOf,
  invoiceOf,
  itemOf,
  moneyOfItem,
  moneyOfOrder,
  nameOf,
  orderIn,
} from './contract.js';
import { userOf } from './people.js';

/** Salesforce: somebody, known there by an id of a person of the CRM, asks for the approval of the contract. */
export function contractSubmitted(contract: GlobalContract, userId: string, at: string): ScenarioSignal {
  return financeEvent('contract.submitted', nameOf.contract(contract), at, {
    system: 'salesforce',
    objects: [contractOf(contract), userOf('salesforce', userId)],
    links: [{ from: 1, to: 0, qualifier: 'requested-by' }],
  });
}

/** ServiceNow: somebody in a role, known there by another id, approved the contract. */
export function approvalGranted(contract: GlobalContract, role: string, userId: string, at: string): ScenarioSignal {
  return financeEvent('approval.granted', nameOf.approval(contract, role), at, {
    system: 'servicenow',
    objects: [
      {
        type: 'approval',
        keys: [{ kind: 'approval', value: nameOf.approval(contract, role) }],
        attributes: { role },
      },
      contractOf(contract),
      userOf('servicenow', userId),
    ],
    links: [
      { from: 0, to: 1, qualifier: 'approved-by' },
      { from: 2, to: 0, qualifier: 'granted-by' },
    ],
  });
}

/** Salesforce: the contract was approved. */
export function globalContractApproved(contract: GlobalContract, at: string): ScenarioSignal {
  return financeEvent('contract.approved', nameOf.contract(contract), at, {
    system: 'salesforce',
    objects: [
      contractOf(contract),
      {
        type: 'customer',
        qualifier: 'customer',
        keys: [{ kind: 'account-number', value: `ACC-${contract.customer}` }],
        counterparty: contract.customer,
      },
    ],
    links: [{ from: 1, to: 0, qualifier: 'placed-by' }],
  });
}

/** Avalara: the tax of what one entity delivers was determined. */
export function taxDetermined(contract: GlobalContract, order: number, at: string): ScenarioSignal {
  const { jurisdiction, taxCode, legalEntity } = orderIn(contract, order);
  return financeEvent('tax-determination.determined', nameOf.tax(contract, order), at, {
    system: 'avalara',
    objects: [
      {
        type: 'tax-determination',
        keys: [{ kind: 'tax-document', value: nameOf.tax(contract, order) }],
        legalEntity,
        attributes: { jurisdiction, taxCode },
      },
      contractOf(contract),
    ],
    links: [{ from: 0, to: 1, qualifier: 'taxed-by' }],
  });
}

/** The middleware has taken the contract and asks whether its attributes are valid. */
export function validationRequested(contract: GlobalContract, at: string): ScenarioSignal {
  return financeEvent('contract.validation-requested', nameOf.contract(contract), at, {
    system: 'sap-integration',
    integration: COMPLIANCE_INTEGRATION.validation,
    objects: [contractOf(contract)],
  });
}

/** The middleware: all attributes of the contract are valid. */
export function contractValidated(contract: GlobalContract, at: string): ScenarioSignal {
  return financeEvent('contract.validated', nameOf.contract(contract), at, {
    system: 'sap-integration',
    integration: COMPLIANCE_INTEGRATION.validation,
    objects: [contractOf(contract)],
  });
}

/** SAP: the order was created; it says its own number beside the one that the CRM gave it. */
export function entityOrderAccepted(contract: GlobalContract, order: number, at: string, run: Run): ScenarioSignal[] {
  const inCrm = crmOrderOf(contract, order);
  const attributes = {
    'finance.integration.name': COMPLIANCE_INTEGRATION.order,
    'finance.object.type': 'sales-order',
    'finance.object.key.system': 'salesforce',
    'finance.object.key.kind': 'order-number',
    'finance.object.key.value': nameOf.crmOrder(contract, order),
  };
  return [
    traceOfRun(run, 'sap-integration', [{ name: 'root', startedAt: at, endedAt: at, attributes }]),
    financeEvent(
      'sales-order.accepted',
      nameOf.erpOrder(contract, order),
      at,
      {
        system: 'sap-s4hana',
        integration: COMPLIANCE_INTEGRATION.order,
        objects: [{ ...inCrm, keys: [...inCrm.keys, erpOrderKey(contract, order)] }, contractOf(contract)],
        links: [{ from: 1, to: 0, qualifier: 'fulfils', amount: moneyOfOrder(contract, order) }],
      },
      run,
    ),
  ];
}

/** SAP: the billing plan of an order, all of its items at once; it knows the order by its own number alone. */
export function billingPlanned(contract: GlobalContract, order: number, at: string): ScenarioSignal {
  const { items } = orderIn(contract, order);
  const [first, ...others] = items.map((_item, item) => ({
    ...itemOf(contract, { order, item }),
    qualifier: 'subject',
  }));
  if (first === undefined) throw new RangeError('a billing plan has at least one item');
  return financeEvent('billing-schedule.planned', nameOf.erpOrder(contract, order), at, {
    system: 'sap-s4hana',
    integration: COMPLIANCE_INTEGRATION.billingPlan,
    objects: [first, ...others, { ...erpOrderOf(contract, order), qualifier: 'planned' }],
    links: items.map(({ amount }, item) => ({
      from: items.length,
      to: item,
      qualifier: 'plans',
      amount: { amount, currency: contract.currency },
    })),
  });
}

/** SAP: the item was billed. The invoice refers to the item and to the order. */
export function itemInvoiced(contract: GlobalContract, place: Place, at: string): ScenarioSignal {
  const amount = moneyOfItem(contract, place);
  return financeEvent('invoice.posted', nameOf.invoice(contract, place), at, {
    system: 'sap-s4hana',
    integration: COMPLIANCE_INTEGRATION.billing,
    objects: [invoiceOf(contract, place), itemOf(contract, place), erpOrderOf(contract, place.order)],
    links: [
      { from: 1, to: 0, qualifier: 'bills', amount },
      { from: 2, to: 0, qualifier: 'bills', amount },
    ],
  });
}

/** The compliance platform captured the evidence of one control of an invoice. */
export function evidenceOfControl(
  contract: GlobalContract,
  place: Place,
  control: Control,
  at: string,
): ScenarioSignal {
  return financeEvent('control-evidence.captured', nameOf.evidence(contract, place, control), at, {
    system: 'servicenow',
    integration: COMPLIANCE_INTEGRATION.evidence,
    objects: [evidenceOf(contract, place, control), invoiceOf(contract, place)],
    links: [{ from: 0, to: 1, qualifier: 'evidenced-by' }],
  });
}

/** The compliance platform has the evidence of every control of an invoice. */
export function evidenceComplete(contract: GlobalContract, place: Place, at: string): ScenarioSignal {
  return financeEvent('invoice.evidence-captured', nameOf.invoice(contract, place), at, {
    system: 'servicenow',
    integration: COMPLIANCE_INTEGRATION.evidence,
    objects: [invoiceOf(contract, place)],
  });
}
