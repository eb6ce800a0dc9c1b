import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { count, cutMiddle, plainWords } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { LineageAroundDocument } from '../../shared/lineage/lineage-documents.js';
import { ATTEMPTED } from '../../shared/lineage/link-words.js';
import { joinGraphs } from '../../shared/lineage/prepare-graph.js';
import { AppLink } from '../../shared/navigation.js';
import { MoneyText } from '../../shared/page/money-text.js';
import { Panel } from '../../shared/page/panel.js';
import { Failed, Loading } from '../../shared/states/states.js';
import { DataTable, type DataColumn } from '../../shared/table/data-table.js';
import { transactionHref, type TransactionSearch } from '../../shared/url.js';
import type { TransactionFull } from './transaction-documents.js';
import styles from './transaction-page.module.css';

// The graph brings its own library; pages without one do not load it.
const LineageGraph = lazy(() =>
  import('../../shared/lineage/lineage-graph.js').then((module) => ({ default: module.LineageGraph })),
);

/** Attached objects that are drawn; the table has more. */
const MOST_ATTACHED = 24;
const UPSTREAM_DEPTH = 4;
const MOST_UPSTREAM = 60;

export type LineageParts = Pick<TransactionFull, 'id' | 'anchor' | 'objects' | 'links' | 'context' | 'exceptions'>;
type LinkRow = TransactionFull['links'][number] & { id: string; fromName: string; toName: string };

const rowId = (row: LinkRow) => row.id;

const COLUMNS: readonly DataColumn<LinkRow>[] = [
  { id: 'from', header: 'Upstream', cell: (row) => row.fromName },
  {
    id: 'qualifier',
    header: 'Link',
    width: 200,
    cell: (row) => (
      <>
        {plainWords(row.qualifier)}
        {row.isContext && <span className="muted"> · context</span>}
        {!row.isEstablished && <span className="muted"> · {ATTEMPTED}</span>}
      </>
    ),
  },
  { id: 'to', header: 'Downstream', cell: (row) => row.toName },
  { id: 'amount', header: 'Amount', width: 160, align: 'end', cell: (row) => <MoneyText money={row.amount} /> },
];

/** The lineage as a graph, or as a table with the same content. */
export function LineagePanel({ transaction, search }: { transaction: LineageParts; search: TransactionSearch }) {
  const { objects, links, context } = transaction;
  const rows = useMemo<LinkRow[]>(() => {
    const names = new Map(
      [...objects, ...context.nodes].map((object) => [
        object.id,
        `${plainWords(object.type)} ${cutMiddle(object.key, 32)}`,
      ]),
    );
    return [...links, ...context.edges].map((link) => ({
      ...link,
      id: `${link.from}-${link.to}-${link.qualifier}`,
      fromName: names.get(link.from) ?? link.from,
      toName: names.get(link.to) ?? link.to,
    }));
  }, [objects, links, context]);
  const tab = (show: TransactionSearch['show'], name: string) => (
    <AppLink
      replace
      href={transactionHref(transaction.id, { ...search, show })}
      aria-current={search.show === show ? 'true' : undefined}
    >
      {name}
    </AppLink>
  );
  return (
    <Panel
      title="Lineage"
      isFlush
      aside={
        <span className={styles['tabs']}>
          {tab('graph', 'Graph')}
          {tab('table', 'Table')}
        </span>
      }
    >
      {search.show === 'graph' ? (
        <Graph transaction={transaction} />
      ) : (
        <DataTable
          label="Links between documents"
          columns={COLUMNS}
          rows={rows}
          rowId={rowId}
          totalCount={rows.length}
        />
      )}
    </Panel>
  );
}

function Graph({ transaction }: { transaction: LineageParts }) {
  const { objects, links, context, exceptions, anchor } = transaction;
  const [expandedId, setExpanded] = useState<string>();
  const variables = {
    objectId: expandedId ?? anchor.id,
    direction: 'UPSTREAM' as const,
    depth: UPSTREAM_DEPTH,
    maxNodes: MOST_UPSTREAM,
  };
  const { data, error, reload } = useLoad(LineageAroundDocument, variables, { pause: expandedId === undefined });
  const upstream = expandedId === undefined ? undefined : data?.lineage;
  const toggle = useCallback((id: string) => setExpanded((open) => (open === id ? undefined : id)), []);
  const stuck = useMemo(
    () =>
      new Set(
        exceptions
          .filter((exception) => !['RESOLVED', 'ACCEPTED', 'DUPLICATE'].includes(exception.state))
          .map((exception) => exception.businessObject.id),
      ),
    [exceptions],
  );
  const graph = useMemo(
    () =>
      joinGraphs([
        { objects, links },
        { objects: upstream?.nodes ?? [], links: upstream?.edges ?? [] },
        { objects: context.nodes.slice(0, MOST_ATTACHED), links: context.edges },
      ]),
    [objects, links, context, upstream],
  );
  const hidden = context.nodes.length - MOST_ATTACHED;
  const hints = [
    hidden > 0 ? `${count(hidden, 'more attached object')} in the table.` : '',
    context.isTruncated ? `Only the earliest ${context.edges.length} links to what is attached are shown.` : '',
    upstream?.isTruncated ? 'More lies upstream than is drawn: follow it from a document.' : '',
  ].filter(Boolean);
  return (
    <>
      {error && !upstream && expandedId !== undefined && (
        <Failed what="documents upstream" error={error} onRetry={reload} />
      )}
      <Suspense fallback={<Loading label="graph" rows={5} />}>
        <LineageGraph
          objects={graph.objects}
          links={graph.links}
          anchorId={anchor.id}
          stuck={stuck}
          onUpstream={toggle}
          expandedId={expandedId}
        />
      </Suspense>
      {hints.length > 0 && <p className={styles['hint']}>{hints.join(' ')}</p>}
    </>
  );
}
