import { Button } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import type { TransactionsQuery } from '../../gql/graphql.js';
import { count } from '../../shared/format/words.js';
import { usePages, type PageEnd } from '../../shared/graphql/use-pages.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { Empty } from '../../shared/states/states.js';
import { transactionState } from '../../shared/status/state-words.js';
import { PagedTable } from '../../shared/table/paged-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { transactionHref, transactionsHref, type TransactionsSearch } from '../../shared/url.js';
import { delaysHref } from '../../shared/url-lineage.js';
import { useNow } from '../../shared/use-now.js';
import { ExportMenu } from './export-menu.js';
import { transactionColumns } from './transaction-columns.js';
import { chipsOf, filterOf, isNarrowed } from './transaction-filter.js';
import { TransactionFilters } from './transaction-filters.js';
import { TransactionsDocument, type TransactionRow } from './transaction-documents.js';
import styles from './transactions-page.module.css';

const PAGE = 100;
const selectTransactions = (data: TransactionsQuery) => data.transactions;
const rowId = (row: TransactionRow) => row.id;

/** Every transaction, the latest activity first. */
export function TransactionsPage({ search }: { search: TransactionsSearch }) {
  const { go } = useNavigation();
  const now = useNow();
  const filter = filterOf(search);
  const orderBy = search.order === 'started' ? 'STARTED_DESC' : 'LAST_ACTIVITY_DESC';
  const pages = usePages(TransactionsDocument, { first: PAGE, filter, orderBy }, selectTransactions, {
    keepPrevious: true,
  });
  const rows = pages.nodes;
  const change = useCallback((next: TransactionsSearch) => go(transactionsHref(next), { replace: true }), [go]);
  const open = useCallback((id: string) => go(transactionHref(id)), [go]);
  const ids = useMemo(() => rows.map(rowId), [rows]);
  const cursor = useListCursor({ ids, noun: 'transaction', onOpen: open });
  const columns = useMemo(
    () => transactionColumns(now, search.order, (order) => change({ ...search, order })),
    [now, search, change],
  );
  const isFiltered = isNarrowed(search);

  return (
    <div className={styles['page']}>
      <PageHeader
        name="Transactions"
        asOf={pages.asOf}
        answer={pages.data ? answer(search, pages.totalCount, pages.isEstimate) : 'Transactions'}
        actions={
          pages.data && (
            <>
              <AppLink href={delaysHref(search)}>Where their time goes</AppLink>
              <ExportMenu
                chosen={{ filter: isFiltered ? JSON.stringify(filter) : undefined, orderBy }}
                total={pages.totalCount}
                isEstimate={pages.isEstimate}
              />
            </>
          )
        }
      />
      <TransactionFilters search={search} onSearch={change} />
      <div className={styles['table']}>
        <PagedTable
          pages={pages}
          label="Transactions"
          noun="transactions"
          columns={columns}
          rowId={rowId}
          cursor={cursor}
          onOpen={open}
          empty={
            pages.hasMore ? (
              <Empty
                title="None of the latest transactions matches these filters"
                action={<LookFurther pages={pages} />}
              >
                Few or none of the others do: they are looked through bit by bit. A narrower filter, such as an entity,
                a customer or a time, finds them at once.
              </Empty>
            ) : (
              <Empty
                title={isFiltered ? 'No transaction matches these filters' : 'No transaction has been seen yet'}
                action={isFiltered && <AppLink href={transactionsHref()}>Clear the filters</AppLink>}
              >
                {!isFiltered &&
                  'A transaction begins when its anchor, such as a contract, is first reported by an integration.'}
              </Empty>
            )
          }
        />
      </div>
    </div>
  );
}

function answer(search: TransactionsSearch, total: number, isEstimate: boolean): string {
  const words = search.state.map((state) => transactionState(state).word.toLowerCase());
  const kind = words.length === 0 ? 'transaction' : `${words.join(' or ')} transaction`;
  const entity = search.entity.length === 0 ? '' : ` of ${search.entity.join(' and ')}`;
  const text = search.text === undefined ? '' : ` with “${search.text}”`;
  const others = chipsOf(search).map(({ name }) => name);
  const narrowed = others.length === 0 ? '' : `, ${others.join(', ')}`;
  return `${isEstimate ? 'About ' : ''}${count(total, kind)}${entity}${text}${narrowed}.`;
}

function LookFurther({ pages }: { pages: PageEnd }) {
  return (
    <Button size="xs" variant="default" loading={pages.isLoadingMore} onClick={pages.loadMore}>
      Look further back
    </Button>
  );
}
