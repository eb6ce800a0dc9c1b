import { useMemo } from 'react';
import { dateTime, runLength } from '../../shared/format/time.js';
import { count } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { useNavigation } from '../../shared/navigation.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import { traceHref, type TraceSearch } from '../../shared/url.js';
import { criticalParts } from '../../shared/waterfall/critical-parts.js';
import { LongWaterfall } from '../../shared/waterfall/long-waterfall.js';
import { firstCause } from '../../shared/waterfall/prepare-waterfall.js';
import { SpanDetail } from '../../shared/waterfall/span-detail.js';
import {
  TraceSpanDocument,
  type TraceData,
  type TraceHead,
  type TraceSpan,
} from '../../shared/waterfall/trace-documents.js';
import { useTrace } from '../../shared/waterfall/use-trace.js';
import { Waterfall } from '../../shared/waterfall/waterfall.js';
import { PathPanel } from './path-panel.js';
import { traceAnswer } from './trace-answer.js';
import { TraceLinks } from './trace-links.js';
import styles from './trace-page.module.css';

/** One run, span by span: where the time went and what failed first. */
export function TracePage({ traceId, search }: { traceId: string; search: TraceSearch }) {
  const { head, trace, isLarge, isMissing, isLoading, error, asOf, reload } = useTrace(traceId);
  return (
    <>
      <PageHeader
        name="Run"
        asOf={asOf}
        answer={head ? traceAnswer(head, trace?.spans) : 'Run'}
        detail={<span className="mono">{traceId}</span>}
      />
      <div className={styles['body']}>
        {isLoading && <Loading label="run" rows={12} />}
        {error && !(head && (isLarge || trace)) && <Failed what="run" error={error} onRetry={reload} />}
        {isMissing && (
          <Empty title="Nothing is stored of this run">
            Its spans have not arrived, or they are older than what is kept. What it did to the business objects stays
            in their transactions.
          </Empty>
        )}
        {head && trace && <Run head={head} trace={trace} search={search} />}
        {head && isLarge && <LongRun head={head} search={search} />}
      </div>
    </>
  );
}

function Run({ head, trace, search }: { head: TraceHead; trace: TraceData; search: TraceSearch }) {
  const { go } = useNavigation();
  const cause = useMemo(() => firstCause(trace.spans), [trace]);
  const path = useMemo(() => criticalParts(head), [head]);
  const selectedId = search.span ?? cause?.spanId ?? trace.spans[0]?.spanId;
  const selected = trace.spans.find((span) => span.spanId === selectedId);
  return (
    <>
      <section className={styles['run']} aria-label="Waterfall">
        <Facts head={head} />
        <Waterfall
          label="Steps of the run"
          spans={trace.spans}
          traceMs={trace.durationMs}
          selectedId={selectedId}
          onSelect={(span) => go(traceHref(trace.traceId, { ...search, span }), { replace: true })}
          path={path}
          maxRows={24}
        />
        {selected && <SpanDetail span={selected} />}
      </section>
      <PathPanel head={head} />
      <TraceLinks trace={trace} selected={selected} search={search} />
    </>
  );
}

/** A run with more steps than are loaded at once. */
function LongRun({ head, search }: { head: TraceHead; search: TraceSearch }) {
  const { go } = useNavigation();
  const spanId = search.span ?? head.firstCause?.spanId ?? head.root.spanId;
  const { data, error, reload } = useLoad(TraceSpanDocument, { traceId: head.traceId, spanId });
  const selected: TraceSpan | undefined = data?.trace?.span ?? undefined;
  const part: TraceData = {
    traceId: head.traceId,
    startedAt: head.startedAt,
    durationMs: head.durationMs,
    isTruncated: true,
    spans: selected ? [selected] : [],
  };
  return (
    <>
      <section className={styles['run']} aria-label="Waterfall">
        <Facts head={head} />
        <LongWaterfall
          label="Steps of the run"
          head={head}
          selectedId={spanId}
          onSelect={(span) => go(traceHref(head.traceId, { ...search, span }), { replace: true })}
          maxRows={24}
        />
        {error && !selected && <Failed what="step" error={error} onRetry={reload} />}
        {selected && <SpanDetail span={selected} />}
      </section>
      <PathPanel head={head} />
      <TraceLinks trace={part} selected={selected} search={search} isPart />
    </>
  );
}

function Facts({ head }: { head: TraceHead }) {
  return (
    <p className={styles['facts']}>
      <span>{count(head.spanCount, 'step')}</span>
      <span>{runLength(head.durationMs)}</span>
      <span>started {dateTime(head.startedAt, undefined, true)}</span>
      <span>
        <span className={styles['criticalKey']} />
        on the critical path
      </span>
      {head.errorCount > 0 && <Status tone="critical">{`${count(head.errorCount, 'step')} failed`}</Status>}
      {head.isPartial && <Status tone="warning">Only the first steps are looked at</Status>}
    </p>
  );
}
