import { runLength } from '../../shared/format/time.js';
import { firstCause, type WaterfallSpan } from '../../shared/waterfall/prepare-waterfall.js';

type AnswerTrace = { durationMs: number; spans: readonly WaterfallSpan[] };

/** The sentence of a run: what failed first and when, or where most of its time went. */
export function traceAnswer(trace: AnswerTrace): string {
  const root = trace.spans.find((span) => !span.parentSpanId) ?? trace.spans[0];
  const name = root ? `“${root.name}”` : 'The run';
  const cause = firstCause(trace.spans);
  if (cause) {
    const message = cause.statusMessage ? `: ${cause.statusMessage.replace(/\.$/, '')}` : '';
    const where = cause === root ? '' : ` at “${cause.name}”`;
    return `${name} failed${where} after ${runLength(cause.offsetMs + cause.durationMs)}${message}.`;
  }
  const longest = longestLeaf(trace.spans);
  const share = longest && trace.durationMs > 0 ? Math.round((longest.durationMs / trace.durationMs) * 100) : 0;
  const most = longest && longest !== root && share >= 20 ? `, ${share} % of it in “${longest.name}”` : '';
  return `${name} went through in ${runLength(trace.durationMs)}${most}.`;
}

function longestLeaf(spans: readonly WaterfallSpan[]): WaterfallSpan | undefined {
  const parents = new Set(spans.map((span) => span.parentSpanId));
  return spans.filter((span) => !parents.has(span.spanId)).toSorted((a, b) => b.durationMs - a.durationMs)[0];
}
