import type { FinanceEventKey, FinanceEventObject, Money } from '@throughline/canonical';

/** What one legal entity delivers of a contract: an order with its billing plan. Amounts are gross of tax. */
export type EntityOrder = {
  legalEntity: 'DE01' | 'US01' | 'BR01' | 'SG01';
  amount: string;
  jurisdiction: string;
  taxCode: string;
  items: readonly PlanItem[];
};

/** One item of a billing plan: billed on a day by an invoice of its own. */
export type PlanItem = { billingDate: string; amount: string };

/** A contract of several legal entities; its business numbers are made of `number`. */
export type GlobalContract = {
  number: string;
  currency: string;
  amount: string;
  customer: string;
  orders: readonly EntityOrder[];
};

/** Where in a contract something is: the place of the order, and of an item in its billing plan. */
export type Place = { order: number; item: number };

export const COMPLIANCE_INTEGRATION = {
  validation: 'contract-attribute-validation',
  order: 'middleware-contract-to-order',
  billingPlan: 'middleware-contract-to-billing-plan',
  billing: 's4hana-billing-plan',
  evidence: 'control-evidence-capture',
} as const;

/** Controls of which each invoice needs evidence. */
export type Control = 'TAX-DETERMINATION' | 'BILLING-APPROVAL';

/** Names under which people know what belongs to a contract. */
export const nameOf = {
  contract: ({ number }: GlobalContract) => `GC-${number}`,
  crmOrder: ({ number }: GlobalContract, order: number) => `GO-${number}-${order + 1}`,
  erpOrder: ({ number }: GlobalContract, order: number) => `47${number}${order + 1}`,
  item: (contract: GlobalContract, { order, item }: Place) => `${nameOf.erpOrder(contract, order)}/${(item + 1) * 10}`,
  invoice: ({ number }: GlobalContract, { order, item }: Place) => `95${number}${order + 1}${item + 1}`,
  approval: ({ number }: GlobalContract, role: string) => `APR-${number}-${role}`,
  tax: ({ number }: GlobalContract, order: number) => `TAX-${number}-${order + 1}`,
  evidence: (contract: GlobalContract, place: Place, control: Control) =>
    `${control}/${nameOf.invoice(contract, place)}`,
};

export function moneyOfItem(contract: GlobalContract, place: Place): Money {
  return { amount: planItemIn(contract, place).amount, currency: contract.currency };
}

export function moneyOfOrder(contract: GlobalContract, order: number): Money {
  return { amount: orderIn(contract, order).amount, currency: contract.currency };
}

export function contractOf(contract: GlobalContract): FinanceEventObject {
  return {
    type: 'contract',
    keys: [{ system: 'salesforce', kind: 'contract-number', value: nameOf.contract(contract) }],
    legalEntity: orderIn(contract, 0).legalEntity,
    counterparty: contract.customer,
    amount: { amount: contract.amount, currency: contract.currency },
    direction: 'inflow',
  };
}

export function crmOrderOf(contract: GlobalContract, order: number): FinanceEventObject {
  return {
    ...orderFacts(contract, order),
    keys: [{ system: 'salesforce', kind: 'order-number', value: nameOf.crmOrder(contract, order) }],
  };
}

export function erpOrderOf(contract: GlobalContract, order: number): FinanceEventObject {
  return { ...orderFacts(contract, order), keys: [erpOrderKey(contract, order)] };
}

export function erpOrderKey(contract: GlobalContract, order: number): FinanceEventKey {
  return { system: 'sap-s4hana', kind: 'sales-order', value: nameOf.erpOrder(contract, order) };
}

function orderFacts(contract: GlobalContract, order: number): Omit<FinanceEventObject, 'keys'> {
  return {
    type: 'sales-order',
    legalEntity: orderIn(contract, order).legalEntity,
    counterparty: contract.customer,
    amount: moneyOfOrder(contract, order),
    direction: 'inflow',
  };
}

export function itemOf(contract: GlobalContract, place: Place): FinanceEventObject {
  return {
    type: 'billing-schedule',
    keys: [{ system: 'sap-s4hana', kind: 'billing-plan-item', value: nameOf.item(contract, place) }],
    legalEntity: orderIn(contract, place.order).legalEntity,
    counterparty: contract.customer,
    amount: moneyOfItem(contract, place),
    direction: 'inflow',
    attributes: { billingDate: planItemIn(contract, place).billingDate },
  };
}

export function invoiceOf(contract: GlobalContract, place: Place): FinanceEventObject {
  return {
    type: 'invoice',
    keys: [{ system: 'sap-s4hana', kind: 'billing-document', value: nameOf.invoice(contract, place) }],
    legalEntity: orderIn(contract, place.order).legalEntity,
    counterparty: contract.customer,
    amount: moneyOfItem(contract, place),
    direction: 'inflow',
  };
}

export function evidenceOf(contract: GlobalContract, place: Place, control: Control): FinanceEventObject {
  return {
    type: 'control-evidence',
    keys: [{ system: 'servicenow', kind: 'evidence', value: nameOf.evidence(contract, place, control) }],
  };
}

export function orderIn({ orders, number }: GlobalContract, order: number): EntityOrder {
  const found = orders[order];
  if (found === undefined) throw new RangeError(`contract ${number} has no order ${order}`);
  return found;
}

function planItemIn(contract: GlobalContract, { order, item }: Place): PlanItem {
  const found = orderIn(contract, order).items[item];
  if (found === undefined) throw new RangeError(`order ${order} of contract ${contract.number} has no item ${item}`);
  return found;
}
