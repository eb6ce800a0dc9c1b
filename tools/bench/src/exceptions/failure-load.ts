/** A batch of CloudEvents, encoded, with the orders that fail in it. */
export type FailureRequest = { body: string; events: number; orders: string[] };

const INTEGRATION = 'bench-orders-to-erp';

/** The same failure so many times, of so many orders in turn, in batches; the time of each is a millisecond after the one before. */
export function failureLoad(
  run: string,
  {
    failures,
    orders,
    perRequest,
    integration = INTEGRATION,
  }: { failures: number; orders: number; perRequest: number; integration?: string },
): FailureRequest[] {
  const startedAt = Date.now();
  return Array.from({ length: Math.ceil(failures / perRequest) }, (_, request) => {
    const numbers = Array.from(
      { length: Math.min(perRequest, failures - request * perRequest) },
      (_none, at) => request * perRequest + at,
    );
    const keys = numbers.map((number) => `${run}-${number % orders}`);
    return {
      body: JSON.stringify(
        numbers.map((number, at) =>
          failureOf(`${run}:${number}`, keys[at] ?? '', { integration, at: startedAt + number }),
        ),
      ),
      events: numbers.length,
      orders: keys,
    };
  });
}

function failureOf(id: string, order: string, { integration, at }: { integration: string; at: number }): object {
  return {
    specversion: '1.0',
    id,
    source: '/bench',
    type: 'finance.sales-order.accepted',
    time: new Date(at).toISOString(),
    datacontenttype: 'application/json',
    data: {
      system: 'sap-s4hana',
      integration,
      outcome: 'failure',
      objects: [
        {
          type: 'sales-order',
          keys: [{ kind: 'sales-order', value: order }],
          legalEntity: 'DE01',
          amount: { amount: '1000.00', currency: 'EUR' },
          direction: 'inflow',
        },
      ],
      problem: { code: 'platform.vendor-outage', message: `Order ${order} was not taken: the service is away (503)` },
    },
  };
}
