import { failedRun } from '../../failed-run.js';
import type { ScenarioSignal } from '../../scenario-signal.js';
import type { Run } from '../../wire-forms.js';
import {
  COMPLIANCE_INTEGRATION,
  type Control,
  type GlobalContract,
  type Place,
  contractOf,
  crmOrderOf,
  evidenceOf,
  invoiceOf,
  itemOf,
  moneyOfOrder,
  nameOf,
  orderIn,
} from './contract.js';

export const MISSING_JURISDICTION = 'mapping-and-master-data.missing-tax-jurisdiction';
export const TAX_CODE_MISMATCH = 'mapping-and-master-data.tax-code-mismatch';
export const APPROVAL_MISSING = 'business-control.approval-missing';
export const RETENTION_HOLD = 'business-control.retention-hold';

/** The tax engine knows no jurisdiction for where one entity delivers to. */
export function jurisdictionMissing(contract: GlobalContract, order: number, at: string, run: Run): ScenarioSignal[] {
  return failedRun(at, {
    run,
    service: 'sap-integration',
    integration: COMPLIANCE_INTEGRATION.validation,
    activityType: 'contract.validation-failed',
    objects: [contractOf(contract)],
    problem: {
      code: MISSING_JURISDICTION,
      discriminators: { legalEntity: orderIn(contract, order).legalEntity },
      message: `No tax jurisdiction is known for the delivery of ${orderIn(contract, order).legalEntity}`,
      field: `/orders/${order}/shipTo/jurisdiction`,
      payload: { contractNumber: nameOf.contract(contract), shipTo: { jurisdiction: null } },
    },
  });
}

/** The middleware found no approval of a role that the contract needs. */
export function orderWithoutApproval(
  contract: GlobalContract,
  order: number,
  role: string,
  at: string,
  run: Run,
): ScenarioSignal[] {
  return failedRun(at, {
    run,
    service: 'sap-integration',
    integration: COMPLIANCE_INTEGRATION.order,
    activityType: 'sales-order.rejected',
    objects: [crmOrderOf(contract, order), contractOf(contract)],
    links: [{ from: 1, to: 0, qualifier: 'fulfils', amount: moneyOfOrder(contract, order) }],
    problem: {
      code: APPROVAL_MISSING,
      discriminators: { role },
      message: `${nameOf.contract(contract)} has no approval by ${role}`,
      payload: { orderNumber: nameOf.crmOrder(contract, order), missingApproval: role },
    },
  });
}

/** SAP refused to bill an item: its tax code is not the one that the tax engine determined. */
export function taxCodeMismatched(
  contract: GlobalContract,
  place: Place,
  determined: string,
  at: string,
  run: Run,
): ScenarioSignal[] {
  const { taxCode, jurisdiction } = orderIn(contract, place.order);
  return failedRun(at, {
    run,
    service: 'sap-s4hana',
    integration: COMPLIANCE_INTEGRATION.billing,
    activityType: 'billing-schedule.billing-failed',
    objects: [itemOf(contract, place)],
    problem: {
      code: TAX_CODE_MISMATCH,
      discriminators: { taxCode, determined },
      message: `Tax code ${taxCode} of the item is not ${determined}, which was determined for ${jurisdiction}`,
      field: '/taxCode',
      payload: { item: nameOf.item(contract, place), taxCode, determined },
    },
  });
}

/** The record of a control is on retention hold: nothing may be added to it. */
export function evidenceOnHold(
  contract: GlobalContract,
  place: Place,
  control: Control,
  at: string,
  run: Run,
): ScenarioSignal[] {
  return failedRun(at, {
    run,
    service: 'servicenow',
    integration: COMPLIANCE_INTEGRATION.evidence,
    activityType: 'invoice.evidence-refused',
    objects: [invoiceOf(contract, place), evidenceOf(contract, place, control)],
    links: [{ from: 1, to: 0, qualifier: 'evidenced-by' }],
    problem: {
      code: RETENTION_HOLD,
      discriminators: { control },
      message: `The record of ${control} is on retention hold and takes no further evidence`,
      payload: { record: nameOf.evidence(contract, place, control) },
    },
  });
}
