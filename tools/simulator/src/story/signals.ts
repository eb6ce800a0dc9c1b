import type { FinanceEventData } from '@throughline/canonical';

/** Content mode in which a CloudEvent is sent over HTTP. */
export type EventMode = 'structured' | 'binary';

/** A CloudEvent before the SDK makes one of it. */
export type EventDraft = {
  id: string;
  source: string;
  type: string;
  subject: string;
  /** Epoch milliseconds. */
  time: number;
  mode: EventMode;
  data: FinanceEventData;
  extensions: Record<string, string>;
};

/** A span before the SDK makes one of it. Times are epoch milliseconds. */
export type SpanDraft = {
  service: ServiceName;
  spanId: string;
  /** Absent only for the root of a trace that nobody else started. */
  parentSpanId?: string;
  name: string;
  kind: 'internal' | 'server' | 'client' | 'consumer';
  startAt: number;
  endAt: number;
  attributes: Record<string, string | number | boolean>;
  error?: { type: string; message: string };
};

/** Spans of one run; the first is its root. */
export type TraceDraft = { traceId: string; spans: SpanDraft[] };

/** What the estate tells the collector about one step. */
export type StepSignals = { traces: TraceDraft[]; events: EventDraft[] };

/** The programs of the estate that send spans, each with the transport of its exporter. */
export const SERVICES = {
  'salesforce-contract-to-order': { transport: 'grpc', system: 'sap-integration' },
  's4hana-billing': { transport: 'http', system: 'sap-s4hana' },
  'bank-credits-to-kyriba': { transport: 'grpc', system: 'kyriba' },
  'kyriba-cash-position': { transport: 'http', system: 'kyriba' },
  'kyriba-payments-to-s4hana': { transport: 'http', system: 'sap-integration' },
  'sap-s4hana': { transport: 'grpc', system: 'sap-s4hana' },
} as const satisfies Record<string, { transport: 'grpc' | 'http'; system: string }>;

export type ServiceName = keyof typeof SERVICES;

/** Integrations of the estate that send again on request. */
export const REQUEUE_INTEGRATIONS = ['salesforce-contract-to-order', 'kyriba-payments-to-s4hana'] as const;
export type RequeueIntegration = (typeof REQUEUE_INTEGRATIONS)[number];
