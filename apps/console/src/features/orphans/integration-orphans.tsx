import { Button } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import type { OrphansQuery } from '../../gql/graphql.js';
import { count, countNumber } from '../../shared/format/words.js';
import { usePages, type Pages } from '../../shared/graphql/use-pages.js';
import { useNavigation } from '../../shared/navigation.js';
import { DetailHead } from '../../shared/page/detail-head.js';
import { SectionTabs } from '../../shared/page/section-tabs.js';
import { Empty } from '../../shared/states/states.js';
import { PagedTable } from '../../shared/table/paged-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { orphansHref, type OrphansSearch } from '../../shared/url.js';
import { useNow } from '../../shared/use-now.js';
import { countClaims } from './claim-words.js';
import { orphanColumns, orphanHref } from './orphan-columns.js';
import { OrphansDocument, type Orphan } from './orphans-documents.js';
import { NO_INTEGRATION, windowWords, type TrustRow } from './prepare-trust.js';
import page from '../../shared/page/list-page.module.css';
import styles from './orphans-page.module.css';

const PAGE = 50;
/** Ways that are told above the list. */
const MOST_CLAIMS = 4;
const selectOrphans = (data: OrphansQuery) => data.orphans;
const rowId = (row: Orphan) => row.id;

type Props = {
  /** undefined when it reported nothing in the window */
  row: TrustRow | undefined;
  id: string;
  search: OrphansSearch;
  from: string;
  onClose: () => void;
};

/** The orphans of one integration, each with what would claim it. */
export function IntegrationOrphans({ row, id, search, from, onClose }: Props) {
  const { go } = useNavigation();
  const now = useNow();
  const kind = search.show === 'documents' ? 'OBJECT' : 'ACTIVITY';
  const pages = usePages(
    OrphansDocument,
    { first: PAGE, filter: { integration: id === NO_INTEGRATION ? '' : id, kind, from } },
    selectOrphans,
  );
  const ids = useMemo(() => pages.nodes.map(rowId), [pages.nodes]);
  const open = useCallback(
    (orphanId: string) => {
      const orphan = pages.nodes.find((each) => each.id === orphanId);
      const href = orphan && orphanHref(orphan);
      if (href !== undefined) go(href);
    },
    [go, pages.nodes],
  );
  const cursor = useListCursor({ ids, noun: 'orphan', onOpen: open, onClose });
  const columns = useMemo(() => orphanColumns(kind, now), [kind, now]);
  const claims = useMemo(() => countClaims(pages.nodes), [pages.nodes]);
  return (
    <div className={page['detail']}>
      <DetailHead
        topline={id !== NO_INTEGRATION && <span className="mono">{id}</span>}
        title={row?.title ?? id}
        onClose={onClose}
      />
      <p className={styles['why']}>
        {row === undefined
          ? `It reported nothing in ${windowWords(search.days)}.`
          : `${countNumber(row.orphans)} of ${count(row.lookedAt, 'report')} ${row.orphans === 1 ? 'has' : 'have'} no place in a transaction.`}
      </p>
      <div className={styles['tabs']}>
        <SectionTabs
          label="Kinds of orphans"
          chosen={search.show}
          tabs={[
            { id: 'documents', name: 'In no transaction', href: orphansHref({ ...search, show: 'documents' }) },
            { id: 'reports', name: 'Without a document', href: orphansHref({ ...search, show: 'reports' }) },
          ]}
        />
      </div>
      {pages.nodes.length > 0 && (
        <section aria-label="What would claim them">
          <h3 className={styles['heading']}>What would claim them</h3>
          <ul className={styles['claims']}>
            {claims.slice(0, MOST_CLAIMS).map(({ words, orphans }) => (
              <li key={words}>
                <span className={styles['number']}>{countNumber(orphans)}</span> {words}
              </li>
            ))}
            {claims.length > MOST_CLAIMS && <li className="muted">and {claims.length - MOST_CLAIMS} other ways</li>}
          </ul>
        </section>
      )}
      <div className={styles['rows']}>
        <PagedTable
          pages={pages}
          label={kind === 'OBJECT' ? 'Documents in no transaction' : 'Reports without a document'}
          noun="orphans"
          columns={columns}
          rowId={rowId}
          cursor={cursor}
          onOpen={open}
          empty={<None pages={pages} kind={kind} days={search.days} />}
        />
      </div>
    </div>
  );
}

function None({ pages, kind, days }: { pages: Pages<OrphansQuery, Orphan>; kind: Orphan['kind']; days: number }) {
  const what = kind === 'OBJECT' ? 'document of it is without a transaction' : 'report of it is without a document';
  if (!pages.hasMore) return <Empty title={`No ${what} in ${windowWords(days)}`} />;
  return (
    <Empty
      title={`No ${what} among the latest reports`}
      action={
        <Button variant="default" loading={pages.isLoadingMore} onClick={pages.loadMore}>
          Look further back
        </Button>
      }
    >
      Older ones of {windowWords(days)} were not looked through yet.
    </Empty>
  );
}
