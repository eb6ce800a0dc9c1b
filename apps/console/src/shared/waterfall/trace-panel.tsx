import { useMemo, useState } from 'react';
import { Panel } from '../page/panel.js';
import { runLength, dateTime } from '../format/time.js';
import { count } from '../format/words.js';
import { useLoad } from '../graphql/use-load.js';
import { AppLink } from '../navigation.js';
import { Empty, Failed, Loading } from '../states/states.js';
import { traceHref } from '../url.js';
import { firstCause } from './prepare-waterfall.js';
import { SpanDetail } from './span-detail.js';
import { TraceDocument } from './trace-documents.js';
import { Waterfall } from './waterfall.js';

/** The waterfall of one run inside another page, opened at the step that failed first. */
export function TracePanel({ traceId, title }: { traceId: string; title: string }) {
  const { data, error, isLoading, reload } = useLoad(TraceDocument, { traceId });
  const [chosen, setChosen] = useState<string>();
  const trace = data?.trace;
  const cause = useMemo(() => firstCause(trace?.spans ?? []), [trace]);
  const selected = trace?.spans.find((span) => span.spanId === (chosen ?? cause?.spanId));
  return (
    <Panel title={title} isFlush aside={<AppLink href={traceHref(traceId)}>Open the whole run</AppLink>}>
      {isLoading && <Loading label="the run" rows={4} />}
      {error && !trace && <Failed what="run" error={error} onRetry={reload} />}
      {data && !trace && (
        <Empty title="The spans of this run have not arrived">
          The failure was reported as an event; its trace {traceId} is not stored, or not yet.
        </Empty>
      )}
      {trace && (
        <>
          <p className="muted" style={{ padding: '0 16px 8px' }}>
            {count(trace.spans.length, 'step')}, {runLength(trace.durationMs)}, started{' '}
            {dateTime(trace.startedAt, undefined, true)}
          </p>
          <Waterfall
            label={title}
            spans={trace.spans}
            traceMs={trace.durationMs}
            selectedId={selected?.spanId}
            onSelect={setChosen}
            maxRows={12}
          />
          {selected && <SpanDetail span={selected} />}
        </>
      )}
    </Panel>
  );
}
