import { lazy, Suspense, useMemo } from 'react';
import { cutMiddle, plainWords } from '../../shared/format/words.js';
import { AppLink } from '../../shared/navigation.js';
import { MoneyText } from '../../shared/page/money-text.js';
import { Panel } from '../../shared/page/panel.js';
import { Loading } from '../../shared/states/states.js';
import { DataTable, type DataColumn } from '../../shared/table/data-table.js';
import { transactionHref, type TransactionSearch } from '../../shared/url.js';
import type { TransactionFull } from './transaction-documents.js';
import styles from './transaction-page.module.css';

// The graph brings its own library; pages without one do not load it.
const LineageGraph = lazy(() => import('./lineage-graph.js').then((module) => ({ default: module.LineageGraph })));

type LinkRow = TransactionFull['links'][number] & { id: string; fromName: string; toName: string };

const rowId = (row: LinkRow) => row.id;

const COLUMNS: readonly DataColumn<LinkRow>[] = [
  { id: 'from', header: 'Upstream', cell: (row) => row.fromName },
  { id: 'qualifier', header: 'Link', width: 160, cell: (row) => plainWords(row.qualifier) },
  { id: 'to', header: 'Downstream', cell: (row) => row.toName },
  { id: 'amount', header: 'Amount', width: 160, align: 'end', cell: (row) => <MoneyText money={row.amount} /> },
];

/** The lineage as a graph, or as a table with the same content. */
export function LineagePanel({ transaction, search }: { transaction: TransactionFull; search: TransactionSearch }) {
  const stuck = useMemo(
    () =>
      new Set(
        transaction.exceptions
          .filter((exception) => !['RESOLVED', 'ACCEPTED', 'DUPLICATE'].includes(exception.state))
          .map((exception) => exception.businessObject.id),
      ),
    [transaction.exceptions],
  );
  const rows = useMemo<LinkRow[]>(() => {
    const names = new Map(
      transaction.objects.map((object) => [object.id, `${plainWords(object.type)} ${cutMiddle(object.key, 32)}`]),
    );
    return transaction.links.map((link) => ({
      ...link,
      id: `${link.from}-${link.to}-${link.qualifier}`,
      fromName: names.get(link.from) ?? link.from,
      toName: names.get(link.to) ?? link.to,
    }));
  }, [transaction]);
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
        <Suspense fallback={<Loading label="graph" rows={5} />}>
          <LineageGraph
            objects={transaction.objects}
            links={transaction.links}
            anchorId={transaction.anchor.id}
            stuck={stuck}
          />
        </Suspense>
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
