import { Writable } from 'node:stream';
import { afterAll, describe, expect, it } from '@jest/globals';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { createLogger } from './logger.js';
import { withoutTracing } from './own-telemetry.js';

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
afterAll(() => context.disable());
const tracer = new BasicTracerProvider().getTracer('test');

function logLines(write: (log: ReturnType<typeof createLogger>) => void): Record<string, unknown>[] {
  const lines: Record<string, unknown>[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
      done();
    },
  });
  write(createLogger({ service: 'collector', level: 'info' }, sink));
  return lines;
}

describe('a log line', () => {
  it('is a JSON fact with service, level word, ISO time and message', () => {
    const [line, ...more] = logLines((log) => {
      log.debug({}, 'not at this level');
      log.info({ batchId: 'b-1' }, 'batch stored');
    });
    expect(more).toEqual([]);
    expect(line).toMatchObject({ service: 'collector', level: 'info', batchId: 'b-1', message: 'batch stored' });
    expect(line!['time']).toMatch(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/);
    expect(line).not.toHaveProperty('traceId');
  });

  it('carries the ids of the active span', () => {
    const span = tracer.startSpan('work');
    const [line] = context.with(trace.setSpan(context.active(), span), () => logLines((log) => log.info({}, 'inside')));
    expect(line).toMatchObject({ traceId: span.spanContext().traceId, spanId: span.spanContext().spanId });
  });
});

describe('an error in a log line', () => {
  it('keeps what happened and leaves out rows and parameters, in its cause too', () => {
    const cause = Object.assign(new Error('violates check constraint'), {
      code: '23514',
      detail: 'Failing row contains (4711.00, DE89370400440532013000)',
    });
    const failed = Object.assign(new Error('insert failed', { cause }), {
      parameters: ['DE89370400440532013000'],
      driverError: cause,
    });
    const lines = logLines((log) => {
      log.error({ err: failed }, 'batch not stored');
      log.error(failed);
    });
    for (const line of lines) {
      expect(JSON.stringify(line)).not.toContain('DE89');
      expect(line).toMatchObject({ err: { message: expect.stringContaining('insert failed') } });
    }
    expect(lines).toHaveLength(2);
  });
});

describe('withoutTracing', () => {
  it('makes no span in the work, whatever the work does', () => {
    expect(tracer.startSpan('outside').isRecording()).toBe(true);
    expect(withoutTracing(() => tracer.startSpan('inside').isRecording())).toBe(false);
  });
});
