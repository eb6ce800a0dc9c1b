import { runLength } from '../../shared/format/time.js';
import { longestStep } from '../../shared/waterfall/critical-parts.js';
import { firstCause, type WaterfallSpan } from '../../shared/waterfall/prepare-waterfall.js';
import type { TraceHead } from '../../shared/waterfall/trace-documents.js';

type AnswerHead = Pick<TraceHead, 'durationMs'> & {
  root: Pick<TraceHead['root'], 'spanId' | 'name'>;
  firstCause: TraceHead['firstCause'];
  criticalPath: TraceHead['criticalPath'];
};

/** Below this a step says nothing of the whole. */
const TELLING_SHARE = 0.2;

/** The sentence of a run: what failed first and when, or the step in which most of its critical path lies. */
export function traceAnswer(head: AnswerHead, spans: readonly WaterfallSpan[] = []): string {
  const name = `“${head.root.name}”`;
  const told = firstCause(spans);
  const cause = told ?? head.firstCause;
  if (cause) {
    const said = told?.statusMessage?.replace(/\.$/, '') ?? '';
    const where = cause.spanId === head.root.spanId ? '' : ` at “${cause.name}”`;
    return `${name} failed${where} after ${runLength(cause.offsetMs + cause.durationMs)}${said && `: ${said}`}.`;
  }
  const longest = longestStep(head);
  const isTelling = longest && longest.share >= TELLING_SHARE && longest.name !== head.root.name;
  const most = isTelling ? `, ${Math.round(longest.share * 100)} % of it in “${longest.name}”` : '';
  return `${name} went through in ${runLength(head.durationMs)}${most}.`;
}
