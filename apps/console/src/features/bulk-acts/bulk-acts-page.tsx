import { useCallback, useMemo } from 'react';
import type { BulkActsQuery } from '../../gql/graphql.js';
import { isOver } from '../../shared/bulk/bulk-words.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { SplitDetail } from '../../shared/split-detail/split-detail.js';
import { Empty } from '../../shared/states/states.js';
import { PagedTable } from '../../shared/table/paged-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { exceptionsHref } from '../../shared/url.js';
import { bulkActsHref, type BulkActsSearch } from '../../shared/url-bulk.js';
import { useEvery } from '../../shared/use-every.js';
import { bulkActColumns } from './bulk-act-columns.js';
import { BulkActDetail } from './bulk-act-detail.js';
import { BulkActsDocument, type BulkActRow } from './bulk-acts-documents.js';
import { bulkActsAnswer } from './bulk-acts-words.js';
import page from '../../shared/page/list-page.module.css';

const PAGE = 50;
const RELOAD_EVERY_MS = 2_000;

const selectBulkActs = (data: BulkActsQuery) => data.bulkActs;
const rowId = ({ id }: BulkActRow) => id;

/** What was done with many exceptions at once: what is under way, by whom, and what became of each. */
export function BulkActsPage({ search }: { search: BulkActsSearch }) {
  const { go } = useNavigation();
  const pages = usePages(BulkActsDocument, { first: PAGE }, selectBulkActs, { keepPrevious: true });
  const rows = pages.nodes;
  useEvery(
    RELOAD_EVERY_MS,
    pages.reload,
    rows.some(({ state }) => !isOver(state)),
  );
  const isOpen = search.open !== undefined;
  const open = useCallback((id: string) => go(bulkActsHref({ open: id }), { replace: isOpen }), [go, isOpen]);
  const close = useCallback(() => go(bulkActsHref(), { replace: true }), [go]);
  const ids = useMemo(() => rows.map(rowId), [rows]);
  const cursor = useListCursor({
    ids,
    noun: 'bulk act',
    onOpen: open,
    openId: search.open,
    onClose: isOpen ? close : undefined,
  });
  const columns = useMemo(() => bulkActColumns(), []);
  return (
    <div className={page['page']}>
      <PageHeader
        name="Bulk acts"
        asOf={pages.asOf}
        answer={pages.data ? bulkActsAnswer(rows) : 'What was done with many exceptions at once'}
      />
      <SplitDetail
        list={
          <div className={page['table']}>
            <PagedTable
              pages={pages}
              label="Bulk acts"
              noun="bulk acts"
              columns={columns}
              rowId={rowId}
              cursor={cursor}
              openId={search.open}
              onOpen={open}
              empty={
                <Empty
                  title="Nothing was done in bulk yet"
                  action={<AppLink href={exceptionsHref()}>Pick some in the inbox</AppLink>}
                >
                  Select exceptions with x, or all that match, and press the key of an act: what it would do is shown
                  first, and what became of each is kept here.
                </Empty>
              }
            />
          </div>
        }
        detailLabel="Bulk act"
        detail={
          search.open === undefined ? undefined : (
            <BulkActDetail
              key={search.open}
              id={search.open}
              outcome={search.outcome}
              onClose={close}
              onChanged={pages.reload}
            />
          )
        }
      />
    </div>
  );
}
