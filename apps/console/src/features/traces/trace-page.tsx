import { useMemo } from 'react';
import { dateTime, runLength } from '../../shared/format/time.js';
import { count } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { useNavigation } from '../../shared/navigation.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import { traceHref, type TraceSearch } from '../../shared/url.js';
import { firstCause, isErrorSpan } from '../../shared/waterfall/prepare-waterfall.js';
import { SpanDetail } from '../../shared/waterfall/span-detail.js';
import { TraceDocument, type TraceData } from '../../shared/waterfall/trace-documents.js';
import { Waterfall } from '../../shared/waterfall/waterfall.js';
import { traceAnswer } from './trace-answer.js';
import { TraceLinks } from './trace-links.js';
import styles from './trace-page.module.css';

/** One run, span by span: where the time went and what failed first. */
export function TracePage({ traceId, search }: { traceId: string; search: TraceSearch }) {
  const { data, error, isLoading, asOf, reload } = useLoad(TraceDocument, { traceId });
  const trace = data?.trace;
  return (
    <>
      <PageHeader
        name="Run"
        asOf={asOf}
        answer={trace ? traceAnswer(trace) : 'Run'}
        detail={<span className="mono">{traceId}</span>}
      />
      <div className={styles['body']}>
        {isLoading && <Loading label="run" rows={12} />}
        {error && !trace && <Failed what="run" error={error} onRetry={reload} />}
        {data && !trace && (
          <Empty title="Nothing is stored of this run">
            Its spans have not arrived, or they are older than what is kept. What it did to the business objects stays
            in their transactions.
          </Empty>
        )}
        {trace && <Run trace={trace} search={search} />}
      </div>
    </>
  );
}

function Run({ trace, search }: { trace: TraceData; search: TraceSearch }) {
  const { go } = useNavigation();
  const cause = useMemo(() => firstCause(trace.spans), [trace]);
  const selectedId = search.span ?? cause?.spanId ?? trace.spans[0]?.spanId;
  const selected = trace.spans.find((span) => span.spanId === selectedId);
  const failed = trace.spans.filter(isErrorSpan).length;
  return (
    <>
      <section className={styles['run']} aria-label="Waterfall">
        <p className={styles['facts']}>
          <span>{count(trace.spans.length, 'step')}</span>
          <span>{runLength(trace.durationMs)}</span>
          <span>started {dateTime(trace.startedAt, undefined, true)}</span>
          {failed > 0 && <Status tone="critical">{`${count(failed, 'step')} failed`}</Status>}
          {trace.isTruncated && <Status tone="warning">Only the first steps are shown</Status>}
        </p>
        <Waterfall
          label="Steps of the run"
          spans={trace.spans}
          traceMs={trace.durationMs}
          selectedId={selectedId}
          onSelect={(span) => go(traceHref(trace.traceId, { ...search, span }), { replace: true })}
          maxRows={24}
        />
        {selected && <SpanDetail span={selected} />}
      </section>
      <TraceLinks trace={trace} selected={selected} search={search} />
    </>
  );
}
