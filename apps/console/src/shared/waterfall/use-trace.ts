import { useLoad } from '../graphql/use-load.js';
import { TraceDocument, TraceHeadDocument } from './trace-documents.js';

/** Up to so many spans a trace is loaded whole; a longer one row by row, as far as it is looked at. */
export const WHOLE_UP_TO = 1_000;

/** A trace: what is known of it at once, then its spans when these are few enough. */
export function useTrace(traceId: string) {
  const first = useLoad(TraceHeadDocument, { traceId });
  const head = first.data?.trace;
  const isLarge = (head?.spanCount ?? 0) > WHOLE_UP_TO;
  const whole = useLoad(TraceDocument, { traceId }, { pause: !head || isLarge });
  const reload = () => {
    first.reload();
    whole.reload();
  };
  return {
    head: head ?? undefined,
    trace: whole.data?.trace ?? undefined,
    isLarge,
    /** nothing of it is stored */
    isMissing: first.data !== undefined && !head,
    isLoading: first.isLoading || (head !== undefined && whole.isLoading),
    error: first.error ?? whole.error,
    asOf: first.asOf,
    reload,
  };
}
