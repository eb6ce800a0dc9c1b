import { describe, expect, it } from '@jest/globals';
import { parseFinanceEventData, problemSignature, SPAN_ATTRIBUTES } from '@throughline/canonical';
import { historyOf } from './history.js';
import { orderOf } from './order.js';
import type { StepSignals } from './signals.js';
import { signalsOfPosition, signalsOfStep, type PlayedStep } from './step-signals.js';

const SEED = 'nordhafen';
const AT = Date.parse('2026-11-18T10:00:00Z');
const order = orderOf(SEED, {
  sequence: 7,
  year: 2026,
  legalEntity: 'DE01',
  sellingUnit: 'DE01-BREMEN',
  application: 'on-time',
});
const played = (kind: PlayedStep['kind'], more: Partial<PlayedStep> = {}): StepSignals =>
  signalsOfStep(SEED, order, { kind, at: AT, run: 1, ...more });

const requeue = {
  requeueId: '6f2d9b1e-0000-8000-8000-000000000001',
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
};

describe('what the estate sends', () => {
  it('is understood by the finance event contract', () => {
    const history = historyOf({ seed: SEED, percent: 14 }, AT, 12);
    const signals = history.orders.flatMap(({ brief, steps }) =>
      steps.flatMap((step) => {
        const past = orderOf(SEED, brief);
        return step.kind === 'position'
          ? [signalsOfPosition(SEED, { orders: [past], creditedAt: step.playAt }, step.playAt)]
          : [signalsOfStep(SEED, past, { ...step, kind: step.kind, at: step.playAt })];
      }),
    );
    const events = signals.flatMap((signal) => signal.events);
    expect(events.length).toBeGreaterThan(200);
    for (const event of events) {
      expect(parseFinanceEventData(event.data)).toMatchObject({ ok: true });
    }
  });

  it('is the same again for the same step', () => {
    expect(played('payment')).toEqual(played('payment'));
  });

  it('tells a failure as an error span and an event of one trace', () => {
    const { traces, events } = played('sync', { outcome: 'failed' });
    const root = traces[0]?.spans[0];
    expect(root?.error?.message).toContain('DE01-BREMEN');
    expect(root?.attributes).toMatchObject({
      [SPAN_ATTRIBUTES.objectType]: 'sales-order',
      [SPAN_ATTRIBUTES.objectKeyValue]: order.orderNumber,
      [SPAN_ATTRIBUTES.problemCode]: 'mapping-and-master-data.missing-legal-entity-mapping',
    });
    expect(traces[0]?.spans.filter((span) => span.error !== undefined).map((span) => span.name)).toEqual([
      'sync order',
      'lookup legal-entity mapping',
    ]);
    const event = events[0];
    expect(event?.extensions['traceparent']).toBe(`00-${traces[0]?.traceId ?? ''}-${root?.spanId ?? ''}-01`);
    expect(event?.data.problem).toMatchObject({ field: '/sellingUnit', payload: order.payload, payloadVersion: 1 });
    expect(problemSignature(event?.data.problem?.code ?? '', event?.data.problem?.discriminators ?? {})).toBe(
      'mapping-and-master-data.missing-legal-entity-mapping|sellingUnit=DE01-BREMEN',
    );
  });

  it('says when an invoice is due, by the terms of its order', () => {
    const days = Number(/(\d+) days net/.exec(order.payload.paymentTerms)?.[1]);
    const dueDate = new Date(Date.UTC(2026, 10, 18 + days)).toISOString().slice(0, 10);
    expect(played('invoice').events[0]?.data.objects[0].attributes).toEqual({
      dueDate,
      paymentTerms: order.payload.paymentTerms,
    });
  });

  it('names the order in both systems once it is accepted', () => {
    const [event] = played('sync', { outcome: 'accepted' }).events;
    expect(event?.data.objects[0].keys).toEqual([
      { system: 'salesforce', kind: 'order-number', value: order.orderNumber },
      { system: 'sap-s4hana', kind: 'sales-order', value: order.salesOrder },
    ]);
  });

  it('continues the trace of a requeue and carries its id', () => {
    const { traces, events } = played('sync', { outcome: 'accepted', run: 2, requeue });
    expect(traces[0]?.traceId).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
    expect(traces[0]?.spans[0]).toMatchObject({
      parentSpanId: '00f067aa0ba902b7',
      attributes: { [SPAN_ATTRIBUTES.requeueId]: requeue.requeueId },
    });
    expect(events[0]?.extensions['throughlinerequeueid']).toBe(requeue.requeueId);
  });

  it('gives each run ids of its own', () => {
    const runs = [1, 2, 3].map((run) => played('sync', { outcome: 'failed', run }));
    expect(new Set(runs.map((run) => run.events[0]?.id)).size).toBe(3);
    expect(new Set(runs.map((run) => run.traces[0]?.traceId)).size).toBe(3);
    const spanIds = runs.flatMap((run) => run.traces.flatMap((trace) => trace.spans.map((span) => span.spanId)));
    expect(new Set(spanIds).size).toBe(spanIds.length);
  });

  it('keeps every span within its parent', () => {
    for (const kind of ['sync', 'invoice', 'payment', 'application'] as const) {
      for (const { spans } of played(kind).traces) {
        const byId = new Map(spans.map((span) => [span.spanId, span]));
        for (const span of spans.slice(1)) {
          const parent = byId.get(span.parentSpanId ?? '');
          expect(parent).toBeDefined();
          expect(span.startAt).toBeGreaterThanOrEqual(parent?.startAt ?? Infinity);
          expect(span.endAt).toBeLessThanOrEqual(parent?.endAt ?? 0);
        }
      }
    }
  });

  it('gathers many bank entries in one cash position', () => {
    const others = [8, 9].map((sequence) => orderOf(SEED, { ...order, sequence, year: 2026 }));
    const [event] = signalsOfPosition(SEED, { orders: [order, ...others], creditedAt: AT }, AT).events;
    expect(event?.data.objects[0]).toMatchObject({
      type: 'cash-position',
      keys: [{ scope: 'DE01-EUR-OPERATING', value: '2026-11-18/EUR' }],
    });
    expect(event?.data.links).toHaveLength(3);
  });
});
