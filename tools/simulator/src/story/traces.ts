import { PROBLEM_DISCRIMINATOR_PREFIX, SPAN_ATTRIBUTES } from '@throughline/canonical';
import { legalEntity } from './legal-entities.js';
import { missingMappingProblem } from './missing-mapping.js';
import type { Order } from './order.js';
import { seededHex, seededRandom } from './seeded-random.js';
import type { ServiceName, SpanDraft, TraceDraft } from './signals.js';
import type { RequeueOrigin } from './step.js';

/** One run of an integration for one order. */
export type Run = {
  seed: string;
  order: Order;
  /** End of the run: what it achieved happened then. */
  at: number;
  run: number;
  requeue?: RequeueOrigin;
};

type Part = {
  name: string;
  kind: SpanDraft['kind'];
  /** Share of the run's duration. */
  share: number;
  service?: ServiceName;
  attributes?: SpanDraft['attributes'];
  error?: SpanDraft['error'];
  /** Runs inside the part before it. */
  isInside?: boolean;
};

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;

/** Carries an order from Salesforce to SAP S/4HANA; fails at the look-up when the selling unit has no company code. */
export function syncTrace(run: Run, outcome: 'accepted' | 'failed'): TraceDraft {
  const { order } = run;
  const problem = missingMappingProblem(order);
  const error = { type: 'LegalEntityMappingNotFound', message: problem.message };
  const read: Part = {
    name: 'GET /services/data/v62.0/sobjects/Order/{id}',
    kind: 'client',
    share: 0.22,
    attributes: {
      'http.request.method': 'GET',
      'server.address': 'nordhafen.my.salesforce.com',
      'http.response.status_code': 200,
    },
  };
  const lookup: Part = {
    name: 'lookup legal-entity mapping',
    kind: 'client',
    share: 0.1,
    attributes: {
      'db.system.name': 'hanadb',
      'db.operation.name': 'SELECT',
      'finance.selling_unit': order.sellingUnit,
    },
    ...(outcome === 'failed' ? { error } : {}),
  };
  const post: Part[] = [
    { name: 'map order', kind: 'internal', share: 0.08 },
    {
      name: 'POST /sap/opu/odata4/sap/api_salesorder/A_SalesOrder',
      kind: 'client',
      share: 0.5,
      attributes: {
        'http.request.method': 'POST',
        'server.address': 's4.nordhafen.example',
        'http.response.status_code': 201,
      },
    },
    { name: 'create sales order', kind: 'server', share: 0.4, service: 'sap-s4hana', isInside: true },
  ];
  const problemAttributes = {
    [SPAN_ATTRIBUTES.problemCode]: problem.code,
    [SPAN_ATTRIBUTES.problemMessage]: problem.message,
    [`${PROBLEM_DISCRIMINATOR_PREFIX}sellingUnit`]: order.sellingUnit,
  };
  return traceOf(run, 'salesforce-contract-to-order', 'sync order', {
    attributes: {
      ...financeAttributes(order, 'sales-order', 'salesforce', 'order-number', order.orderNumber),
      ...(outcome === 'failed' ? problemAttributes : {}),
    },
    parts: outcome === 'failed' ? [read, lookup] : [read, lookup, ...post],
    ...(outcome === 'failed' ? { error } : {}),
  });
}

/** Bills a sales order in SAP S/4HANA. */
export function billingTrace(run: Run): TraceDraft {
  return traceOf(run, 's4hana-billing', 'bill sales order', {
    attributes: financeAttributes(run.order, 'invoice', 'sap-s4hana', 'billing-document', run.order.billingDocument),
    parts: [
      { name: 'determine accounts', kind: 'internal', share: 0.25 },
      { name: 'determine tax', kind: 'client', share: 0.3, attributes: { 'server.address': 'tax.nordhafen.example' } },
      { name: 'post billing document', kind: 'internal', share: 0.35, service: 'sap-s4hana' },
    ],
  });
}

/** Takes a bank credit into Kyriba and recognises the payment behind it. */
export function bankCreditTrace(run: Run): TraceDraft {
  const entity = legalEntity(run.order.legalEntity);
  return traceOf(run, 'bank-credits-to-kyriba', 'take in bank credit', {
    attributes: {
      ...financeAttributes(run.order, 'payment', 'kyriba', 'payment-reference', run.order.paymentReference),
      'finance.bank': entity.bank,
    },
    parts: [
      { name: 'read credit notification', kind: 'client', share: 0.3, attributes: { 'messaging.system': 'sftp' } },
      { name: 'recognise payment', kind: 'internal', share: 0.5 },
    ],
  });
}

/** Refreshes the cash position of an account; named after its first bank entry. */
export function cashPositionTrace(run: Run, position: { scope: string; value: string; entries: number }): TraceDraft {
  return traceOf(run, 'kyriba-cash-position', 'refresh cash position', {
    attributes: {
      [SPAN_ATTRIBUTES.integrationName]: 'kyriba-cash-position',
      'finance.account': position.scope,
      'finance.bank_entries': position.entries,
    },
    parts: [
      { name: 'collect bank entries', kind: 'internal', share: 0.4 },
      { name: 'publish position', kind: 'client', share: 0.4 },
    ],
  });
}

/** Applies a payment to its invoice in SAP S/4HANA. */
export function applicationTrace(run: Run): TraceDraft {
  return traceOf(run, 'kyriba-payments-to-s4hana', 'apply payment', {
    attributes: financeAttributes(run.order, 'payment', 'kyriba', 'payment-reference', run.order.paymentReference),
    parts: [
      { name: 'match open items', kind: 'internal', share: 0.3 },
      {
        name: 'POST /sap/opu/odata/sap/API_JOURNALENTRY_CLEARING',
        kind: 'client',
        share: 0.55,
        attributes: {
          'http.request.method': 'POST',
          'server.address': 's4.nordhafen.example',
          'http.response.status_code': 200,
        },
      },
      { name: 'clear open item', kind: 'server', share: 0.4, service: 'sap-s4hana', isInside: true },
    ],
  });
}

function financeAttributes(
  order: Order,
  type: string,
  system: string,
  kind: string,
  value: string,
): SpanDraft['attributes'] {
  return {
    [SPAN_ATTRIBUTES.objectType]: type,
    [SPAN_ATTRIBUTES.objectKeySystem]: system,
    [SPAN_ATTRIBUTES.objectKeyKind]: kind,
    [SPAN_ATTRIBUTES.objectKeyValue]: value,
    [SPAN_ATTRIBUTES.legalEntity]: order.legalEntity,
    [SPAN_ATTRIBUTES.counterparty]: order.customer.name,
    [SPAN_ATTRIBUTES.amount]: order.amount,
    [SPAN_ATTRIBUTES.currency]: order.currency,
    [SPAN_ATTRIBUTES.direction]: 'inflow',
  };
}

type RootShape = {
  attributes: SpanDraft['attributes'];
  parts: readonly Part[];
  error?: { type: string; message: string };
};

/** Root span with its parts one behind the other (or inside the one before), ending together with the run. */
function traceOf(run: Run, service: ServiceName, name: string, shape: RootShape): TraceDraft {
  const { seed, order } = run;
  const identity = [seed, 'trace', service, order.sequence, run.run, run.requeue?.requeueId ?? ''];
  const parent = run.requeue === undefined ? null : TRACEPARENT.exec(run.requeue.traceparent);
  const traceId = parent?.[1] ?? seededHex(32, ...identity);
  const durationMs = seededRandom(...identity, 'duration').integer(320, 1_900);
  const startAt = run.at - durationMs;
  const root: SpanDraft = {
    service,
    spanId: seededHex(16, ...identity, 'root'),
    ...(parent?.[2] === undefined ? {} : { parentSpanId: parent[2] }),
    name,
    kind: 'consumer',
    startAt,
    endAt: run.at,
    attributes: {
      [SPAN_ATTRIBUTES.integrationName]: service,
      'messaging.message.conversation_id': order.contractNumber,
      ...shape.attributes,
      ...(run.requeue === undefined ? {} : { [SPAN_ATTRIBUTES.requeueId]: run.requeue.requeueId }),
    },
    ...(shape.error === undefined ? {} : { error: shape.error }),
  };
  const spans = [root];
  let offset = startAt + Math.round(durationMs * 0.04);
  let before = root;
  shape.parts.forEach((part, position) => {
    const partStart = part.isInside === true ? before.startAt + Math.round(durationMs * 0.04) : offset;
    const span: SpanDraft = {
      service: part.service ?? service,
      spanId: seededHex(16, ...identity, position),
      parentSpanId: part.isInside === true ? before.spanId : root.spanId,
      name: part.name,
      kind: part.kind,
      startAt: partStart,
      endAt: partStart + Math.max(1, Math.round(durationMs * part.share)),
      attributes: part.attributes ?? {},
      ...(part.error === undefined ? {} : { error: part.error }),
    };
    spans.push(span);
    if (part.isInside !== true) offset = span.endAt;
    before = span;
  });
  return { traceId, spans };
}
