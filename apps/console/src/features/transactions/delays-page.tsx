import { useCallback, useMemo } from 'react';
import { countNumber } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { Panel } from '../../shared/page/panel.js';
import { ScrollRegion } from '../../shared/page/scroll-region.js';
import { SplitDetail } from '../../shared/split-detail/split-detail.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { DataTable } from '../../shared/table/data-table.js';
import { useListCursor, type ListCursor } from '../../shared/table/use-list-cursor.js';
import { transactionsHref, type TransactionsSearch } from '../../shared/url.js';
import { delayOf, delaysHref, type DelaysSearch } from '../../shared/url-lineage.js';
import { DelayedList } from './delayed-list.js';
import { partColumns } from './part-columns.js';
import { DelayAttributionDocument, type Attribution } from './population-documents.js';
import { populationAnswer, prepareParts, sampleWords, type PartTable } from './prepare-population.js';
import { filterOf, isNarrowed } from './transaction-filter.js';
import { TransactionFilters } from './transaction-filters.js';
import page from '../../shared/page/list-page.module.css';
import styles from './delays-page.module.css';

const NONE: readonly PartTable[] = [];
const rowId = ({ id }: { id: string }) => id;

/** The list of transactions under the same filters. */
function listOf({ part: _part, whole: _whole, ...search }: DelaysSearch): TransactionsSearch {
  return search;
}

/** Where the time of many transactions went, told apart in each way. */
export function DelaysPage({ search }: { search: DelaysSearch }) {
  const { go } = useNavigation();
  const filter = useMemo(() => filterOf(listOf(search)), [search]);
  const { data, error, isLoading, asOf, reload } = useLoad(
    DelayAttributionDocument,
    { filter },
    { keepPrevious: true },
  );
  const attribution = data?.delayAttribution;
  const tables = useMemo(
    () => (attribution ? prepareParts(attribution.breakdowns, search.whole) : NONE),
    [attribution, search.whole],
  );
  const isOpen = search.part !== undefined;
  const open = useCallback(
    (id: string) => go(delaysHref({ ...search, part: id }), { replace: isOpen }),
    [go, search, isOpen],
  );
  const close = useCallback(() => go(delaysHref({ ...search, part: undefined }), { replace: true }), [go, search]);
  const ids = useMemo(() => tables.flatMap(({ rows }) => rows.map(rowId)), [tables]);
  const cursor = useListCursor({ ids, noun: 'figure', onOpen: open, isActive: !isOpen });
  const openId = search.part;
  const opened = delayOf(openId);
  return (
    <div className={page['page']}>
      <PageHeader
        name="Where time goes"
        asOf={asOf}
        answer={attribution ? populationAnswer(attribution) : 'Where the time of transactions goes'}
        detail={attribution && attribution.transactions > 0 && <Basis attribution={attribution} />}
        actions={<AppLink href={transactionsHref(listOf(search))}>Show them as a list</AppLink>}
      />
      <TransactionFilters
        search={listOf(search)}
        hrefOf={delaysHref}
        onSearch={(next) => go(delaysHref(next), { replace: true })}
      />
      <SplitDetail
        list={
          <ScrollRegion className={styles['scroller']} label="Where time goes">
            {isLoading && <Loading label="where time goes" rows={12} />}
            {error && !attribution && <Failed what="attribution of time" error={error} onRetry={reload} />}
            {attribution && attribution.transactions === 0 && <None search={search} />}
            {attribution && attribution.transactions > 0 && (
              <div className={styles['tables']}>
                {tables.map((table) => (
                  <Parts
                    key={table.dimension}
                    table={table}
                    wholeMs={wholeOf(attribution)}
                    search={search}
                    cursor={cursor}
                    openId={openId}
                    onOpen={open}
                  />
                ))}
              </div>
            )}
          </ScrollRegion>
        }
        detailLabel="What the figure is made of"
        detail={
          opened && attribution && attribution.transactions > 0 ? (
            <DelayedList
              key={openId}
              name={opened}
              row={prepareParts(attribution.breakdowns, opened.dimension)
                .flatMap(({ rows }) => rows)
                .find(({ id }) => id === openId)}
              wholeMs={wholeOf(attribution)}
              filter={filter}
              onClose={close}
            />
          ) : undefined
        }
      />
    </div>
  );
}

function wholeOf({ breakdowns }: Attribution): number {
  return breakdowns[0]?.durationMs ?? 0;
}

/** Of which transactions, by what, and how to read the bars. */
function Basis({ attribution }: { attribution: Attribution }) {
  return (
    <span className={styles['basis']}>
      <span title={attribution.basis}>{sampleWords(attribution)} By their activities, not their spans.</span>
      <span className={styles['legend']}>
        <span className={styles['work']} aria-hidden="true" /> at work
      </span>
      <span className={styles['legend']}>
        <span className={styles['waiting']} aria-hidden="true" /> waiting
      </span>
    </span>
  );
}

type PartsProps = {
  table: PartTable;
  wholeMs: number;
  search: DelaysSearch;
  cursor: ListCursor;
  openId: string | undefined;
  onOpen: (id: string) => void;
};

function Parts({ table, wholeMs, search, cursor, openId, onOpen }: PartsProps) {
  const { dimension, title, what, rows, others } = table;
  const noun = title.replace('By ', '');
  const columns = useMemo(() => partColumns(noun.charAt(0).toUpperCase() + noun.slice(1), wholeMs), [noun, wholeMs]);
  return (
    <Panel title={title} aside={what} isFlush>
      <DataTable
        label={`Time ${title.toLowerCase()}`}
        columns={columns}
        rows={rows}
        rowId={rowId}
        totalCount={rows.length}
        cursorId={cursor.cursorId}
        onCursor={cursor.setCursor}
        openId={openId}
        onOpen={(row) => onOpen(row.id)}
        footer={
          <>
            {others && (
              <p className={styles['others']}>
                {others.words}.{' '}
                <AppLink replace href={delaysHref({ ...search, whole: dimension })}>
                  Show {countNumber(others.count)} more
                </AppLink>
              </p>
            )}
            {search.whole === dimension && (
              <p className={styles['others']}>
                <AppLink replace href={delaysHref({ ...search, whole: undefined })}>
                  Show the longest alone
                </AppLink>
              </p>
            )}
          </>
        }
      />
    </Panel>
  );
}

function None({ search }: { search: DelaysSearch }) {
  const isFiltered = isNarrowed(listOf(search));
  return (
    <Empty
      title={isFiltered ? 'No transaction matches these filters' : 'No transaction has been seen yet'}
      action={isFiltered && <AppLink href={delaysHref()}>Clear the filters</AppLink>}
    >
      {isFiltered
        ? 'Time is told of the transactions that match.'
        : 'Once transactions run, their time is told here by stage, system, integration, hop, region and legal entity.'}
    </Empty>
  );
}
