import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { Outbox, Transmission } from './outbox.js';

type ExportResult = Parameters<Parameters<SpanExporter['export']>[1]>[0];
const SUCCESS: ExportResult['code'] = 0;

export type DurableSpanExporterOptions = {
  /** Makes the exporter of the SDK; called again after the receiver was away. */
  create(generation: number): SpanExporter;
  outbox: Outbox;
  /** True when the same spans would be refused again. */
  isFinal(error: Error): boolean;
  /** Called with the spans that the receiver took (or refused for good). */
  onSettled(spans: readonly ReadableSpan[]): void;
};

/**
 * The SDK's exporter gives up after a few tries and its batch processor forgets the spans. This one answers "exported"
 * as soon as its outbox holds them and sends until the receiver took them. After a failure it makes a new exporter: the
 * gRPC channel of the old one would wait up to two minutes before it connects again.
 */
export class DurableSpanExporter implements SpanExporter {
  readonly #options: DurableSpanExporterOptions;
  #generation = 0;
  #exporter: SpanExporter;

  constructor(options: DurableSpanExporterOptions) {
    this.#options = options;
    this.#exporter = options.create(this.#generation);
  }

  export(spans: ReadableSpan[], onResult: (result: ExportResult) => void): void {
    const delivery = { name: `batch of ${String(spans.length)} spans`, transmit: () => this.#transmit(spans) };
    void this.#options.outbox.deliver(delivery).then(() => {
      this.#options.onSettled(spans);
    });
    onResult({ code: SUCCESS });
  }

  async forceFlush(): Promise<void> {
    await this.#exporter.forceFlush?.();
  }

  /** Batch processors share this exporter; it ends with the outbox, in close(). */
  shutdown(): Promise<void> {
    return Promise.resolve();
  }

  async close(): Promise<void> {
    await this.#exporter.shutdown();
  }

  async #transmit(spans: ReadableSpan[]): Promise<Transmission> {
    const exporter = this.#exporter;
    const error = await new Promise<Error | null>((resolve) => {
      exporter.export(spans, (result) => {
        resolve(result.code === SUCCESS ? null : (result.error ?? new Error('Export failed')));
      });
    });
    if (error === null) return { outcome: 'accepted' };
    if (this.#options.isFinal(error)) return { outcome: 'rejected', reason: error.message };
    if (exporter === this.#exporter) {
      this.#generation += 1;
      this.#exporter = this.#options.create(this.#generation);
      void exporter.shutdown().catch(() => undefined);
    }
    return { outcome: 'retryable', reason: error.message };
  }
}
