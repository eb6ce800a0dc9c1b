import type { Activity, SignalReference } from '@throughline/canonical';
import type { SpanRecord } from '../otlp/span-record.js';

/** Mapping "otel-finance": the activities that a span tells of; none for a span without a finance object or still open. */
export function mapSpan(span: SpanRecord, reference: SignalReference): Activity[] {
  void span;
  void reference;
  return [];
}
