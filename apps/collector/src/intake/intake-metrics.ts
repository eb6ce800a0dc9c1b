import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** The ways in. */
export type Protocol = 'otlp-http' | 'otlp-grpc' | 'cloud-events' | 'webhook' | 'openlineage' | 'file';

/** What became of one item (span, log record, event, record): stored is counted from rows that were really inserted. */
export type ItemOutcome = 'received' | 'stored' | 'duplicate' | 'refused';

/** The collector's own figures. */
export class IntakeMetrics {
  private readonly items: Counter<'protocol' | 'outcome'>;
  private readonly requests: Counter<'protocol' | 'result'>;
  private readonly seconds: Histogram<'protocol'>;

  constructor(registry: Registry, inFlightBytes: () => number) {
    const registers = [registry];
    this.items = new Counter({
      name: 'throughline_intake_items_total',
      help: 'Spans, log records, events and records by what became of them',
      labelNames: ['protocol', 'outcome'],
      registers,
    });
    this.requests = new Counter({
      name: 'throughline_intake_requests_total',
      help: 'Requests by result: ok, or why the whole request was refused',
      labelNames: ['protocol', 'result'],
      registers,
    });
    this.seconds = new Histogram({
      name: 'throughline_intake_seconds',
      help: 'Time from the first byte of a request to its answer',
      labelNames: ['protocol'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    });
    new Gauge({
      name: 'throughline_intake_in_flight_bytes',
      help: 'Bytes charged for requests in memory, unpacked',
      registers,
      collect() {
        this.set(inFlightBytes());
      },
    });
  }

  countItems(protocol: Protocol, outcome: ItemOutcome, count: number): void {
    if (count > 0) this.items.inc({ protocol, outcome }, count);
  }

  /** `http` = what came to no protocol, because it is no HTTP. */
  countRequest(protocol: Protocol | 'http', result: string, seconds: number): void {
    this.requests.inc({ protocol, result });
    this.seconds.observe({ protocol }, seconds);
  }
}
