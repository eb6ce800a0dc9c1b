import type { Order } from './order.js';

/** The problem of an order whose selling unit has no company code in the ERP. */
export function missingMappingProblem(order: Order): {
  code: string;
  discriminators: { sellingUnit: string };
  message: string;
} {
  return {
    code: 'mapping-and-master-data.missing-legal-entity-mapping',
    discriminators: { sellingUnit: order.sellingUnit },
    message:
      `Selling unit ${order.sellingUnit} is not mapped to a company code in SAP S/4HANA, ` +
      `so order ${order.orderNumber} of ${order.customer.name} could not be created.`,
  };
}
