import { useMemo, useState } from 'react';
import { Panel } from '../page/panel.js';
import { runLength, dateTime } from '../format/time.js';
import { count } from '../format/words.js';
import { AppLink } from '../navigation.js';
import { Empty, Failed, Loading } from '../states/states.js';
import { traceHref } from '../url.js';
import { criticalParts } from './critical-parts.js';
import { LongWaterfall } from './long-waterfall.js';
import { firstCause } from './prepare-waterfall.js';
import { SpanDetail } from './span-detail.js';
import type { TraceData, TraceHead } from './trace-documents.js';
import { useTrace } from './use-trace.js';
import { Waterfall } from './waterfall.js';

const ROWS = 12;

/** The waterfall of one run inside another page, opened at the step that failed first. */
export function TracePanel({ traceId, title }: { traceId: string; title: string }) {
  const { head, trace, isLarge, isMissing, isLoading, error, reload } = useTrace(traceId);
  const [chosen, setChosen] = useState<string>();
  return (
    <Panel title={title} isFlush aside={<AppLink href={traceHref(traceId)}>Open the whole run</AppLink>}>
      {isLoading && <Loading label="the run" rows={4} />}
      {error && !(head && (isLarge || trace)) && <Failed what="run" error={error} onRetry={reload} />}
      {isMissing && (
        <Empty title="The spans of this run have not arrived">
          The failure was reported as an event; its trace {traceId} is not stored, or not yet.
        </Empty>
      )}
      {head && (trace || isLarge) && (
        <p className="muted" style={{ padding: '0 16px 8px' }}>
          {count(head.spanCount, 'step')}, {runLength(head.durationMs)}, started{' '}
          {dateTime(head.startedAt, undefined, true)}; the line under a bar is the critical path
        </p>
      )}
      {head && trace && <Whole title={title} head={head} trace={trace} chosen={chosen} onSelect={setChosen} />}
      {head && isLarge && (
        <LongWaterfall
          label={title}
          head={head}
          selectedId={chosen ?? head.firstCause?.spanId}
          onSelect={setChosen}
          maxRows={ROWS}
        />
      )}
    </Panel>
  );
}

type WholeProps = {
  title: string;
  head: TraceHead;
  trace: TraceData;
  chosen: string | undefined;
  onSelect: (spanId: string) => void;
};

function Whole({ title, head, trace, chosen, onSelect }: WholeProps) {
  const cause = useMemo(() => firstCause(trace.spans), [trace]);
  const path = useMemo(() => criticalParts(head), [head]);
  const selected = trace.spans.find((span) => span.spanId === (chosen ?? cause?.spanId));
  return (
    <>
      <Waterfall
        label={title}
        spans={trace.spans}
        traceMs={trace.durationMs}
        selectedId={selected?.spanId}
        onSelect={onSelect}
        path={path}
        maxRows={ROWS}
      />
      {selected && <SpanDetail span={selected} />}
    </>
  );
}
