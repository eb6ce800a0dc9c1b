import { useMemo, useState, type ReactNode } from 'react';
import type { LinkedFromQuery } from '../../gql/graphql.js';
import { dateTime, exactInstant } from '../../shared/format/time.js';
import { countNumber, cutMiddle } from '../../shared/format/words.js';
import { usePages, type Connection } from '../../shared/graphql/use-pages.js';
import { AppLink } from '../../shared/navigation.js';
import { FilterBar } from '../../shared/page/filter-bar.js';
import { Panel } from '../../shared/page/panel.js';
import { ScrollRegion } from '../../shared/page/scroll-region.js';
import { Failed, Loading, MoreRows } from '../../shared/states/states.js';
import { traceHref, type TraceSearch } from '../../shared/url.js';
import type { TraceData, TraceSpan } from '../../shared/waterfall/trace-documents.js';
import { LinkedFromDocument, type LinkingSpan } from './link-documents.js';
import { linksOut, linkWords, type LinkOut } from './prepare-links.js';
import page from '../../shared/page/list-page.module.css';
import styles from './trace-links.module.css';

const PAGE = 20;
const NONE: Connection<LinkingSpan> = {
  edges: [],
  pageInfo: { hasNextPage: false, endCursor: null },
  totalCount: 0,
  totalCountIsEstimate: false,
};
const selectLinking = (data: LinkedFromQuery): Connection<LinkingSpan> => data.trace?.linkedFrom ?? NONE;

type TraceLinksProps = {
  trace: TraceData;
  selected: TraceSpan | undefined;
  search: TraceSearch;
  /** the steps of the trace are so many that only the one that is looked at is here */
  isPart?: boolean;
};

/** The other runs that this one hangs together with: those that its steps link to, and those that link to its steps. */
export function TraceLinks({ trace, selected, search, isPart = false }: TraceLinksProps) {
  const only = search.links === 'step' ? selected : undefined;
  const choice = (links: TraceSearch['links']) => traceHref(trace.traceId, { ...search, links });
  return (
    <section className={styles['links']} aria-label="Links to and from other runs">
      <FilterBar
        groups={[
          {
            name: 'Links of',
            isSingle: true,
            choices: [
              { id: 'run', name: 'all steps', isChosen: !only, href: choice('run') },
              {
                id: 'step',
                name: selected ? `“${selected.name}”` : 'the step',
                isChosen: !!only,
                href: choice('step'),
              },
            ],
          },
        ]}
      />
      <div className={styles['both']}>
        <LinksOut trace={trace} only={isPart ? selected : only} search={search} isPart={isPart} />
        <LinksIn trace={trace} only={only} search={search} isPart={isPart} />
      </div>
    </section>
  );
}

type SideProps = { trace: TraceData; only: TraceSpan | undefined; search: TraceSearch; isPart: boolean };

function LinksOut({ trace, only, search, isPart }: SideProps) {
  const rows = useMemo(() => linksOut(trace.spans, only?.spanId), [trace, only]);
  const [shown, setShown] = useState(PAGE);
  const more = {
    totalCount: rows.length,
    isEstimate: false,
    hasMore: rows.length > shown,
    isLoadingMore: false,
    moreError: undefined,
    loadMore: () => setShown((before) => before + PAGE),
  };
  return (
    <Panel
      title={isPart ? 'What the step links to' : 'What it links to'}
      isFlush
      aside={rows.length > 0 && countNumber(rows.length)}
    >
      {rows.length === 0 && (
        <p className={styles['none']}>{only ? 'This step has no link.' : 'None of its steps has a link.'}</p>
      )}
      {rows.length > 0 && (
        <LinkTable label="Runs that it links to" heads={['Step', 'Links to', 'The link says']}>
          {rows.slice(0, shown).map((row) => (
            <tr key={row.id}>
              <StepCell trace={trace} spanId={row.spanId} name={row.step} search={search} />
              <td>
                <LinkedRun trace={trace} row={row} />
              </td>
              <td title={row.says}>{row.says || <span className="muted">–</span>}</td>
            </tr>
          ))}
        </LinkTable>
      )}
      <MoreRows pages={more} shown={Math.min(shown, rows.length)} noun="links" />
    </Panel>
  );
}

function LinkedRun({ trace, row }: { trace: TraceData; row: LinkOut }) {
  const href = traceHref(row.traceId, { span: row.linkedSpanId });
  if (row.traceId === trace.traceId) {
    const step = trace.spans.find((span) => span.spanId === row.linkedSpanId);
    return (
      <AppLink href={href}>
        {step?.name ?? cutMiddle(row.linkedSpanId)} <span className="muted">in this run</span>
      </AppLink>
    );
  }
  return (
    <AppLink href={href} className="mono" title={row.traceId} aria-label={`Run ${row.traceId}`}>
      {cutMiddle(row.traceId, 21)}
    </AppLink>
  );
}

function LinksIn({ trace, only, search, isPart }: SideProps) {
  const variables = { traceId: trace.traceId, spanId: only?.spanId ?? null, first: PAGE };
  const pages = usePages(LinkedFromDocument, variables, selectLinking);
  const names = useMemo(() => new Map(trace.spans.map((span) => [span.spanId, span.name])), [trace]);
  const total = `${pages.isEstimate ? 'about ' : ''}${countNumber(pages.totalCount)}`;
  return (
    <Panel title="What links to it" isFlush aside={pages.totalCount > 0 && total}>
      {pages.isLoading && <Loading label="links" rows={3} />}
      {pages.error && pages.nodes.length === 0 && <Failed what="links" error={pages.error} onRetry={pages.reload} />}
      {pages.data && pages.nodes.length === 0 && (
        <p className={styles['none']}>
          {only ? 'No step of another run links to this step.' : 'No step of another run links to it.'} One that comes
          later stands here then.
        </p>
      )}
      {pages.nodes.length > 0 && (
        <LinkTable
          label="Steps of other runs that link to it"
          heads={['Linked from', 'Began', 'Step', 'The link says']}
        >
          {pages.nodes.map((node) => {
            const says = linkWords(node.attributes);
            return (
              <tr key={`${node.linkedSpanId} ${node.traceId} ${node.spanId}`}>
                <td title={`${node.name}, ${node.serviceName}`}>
                  <AppLink href={traceHref(node.traceId, { span: node.spanId })} title={node.traceId}>
                    {node.name}
                  </AppLink>{' '}
                  <span className="muted">{node.serviceName}</span>
                </td>
                <td>
                  <time title={exactInstant(node.startedAt)}>{dateTime(node.startedAt, undefined, true)}</time>
                </td>
                <StepCell
                  trace={trace}
                  spanId={node.linkedSpanId}
                  name={names.get(node.linkedSpanId) ?? (isPart ? cutMiddle(node.linkedSpanId) : undefined)}
                  search={search}
                />
                <td title={says}>{says || <span className="muted">–</span>}</td>
              </tr>
            );
          })}
        </LinkTable>
      )}
      <MoreRows pages={pages} shown={pages.nodes.length} noun="links" />
    </Panel>
  );
}

type StepCellProps = { trace: TraceData; spanId: string; name: string | undefined; search: TraceSearch };

/** The step of this run at one end of a link; going there selects it. */
function StepCell({ trace, spanId, name, search }: StepCellProps) {
  if (name === undefined) {
    return (
      <td title={spanId}>
        <span className="muted">not stored</span>
      </td>
    );
  }
  return (
    <td title={name}>
      <AppLink replace href={traceHref(trace.traceId, { ...search, span: spanId })}>
        {name}
      </AppLink>
    </td>
  );
}

function LinkTable({ label, heads, children }: { label: string; heads: readonly string[]; children: ReactNode }) {
  return (
    <ScrollRegion className={styles['scroll']} label={`${label}, scrollable`}>
      <table className={`${page['plain']} ${styles['table']}`} aria-label={label}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </ScrollRegion>
  );
}
