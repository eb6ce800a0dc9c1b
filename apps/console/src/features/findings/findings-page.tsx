import { useCallback, useMemo } from 'react';
import type { FindingsQuery } from '../../gql/graphql.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { FilterBar } from '../../shared/page/filter-bar.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { SplitDetail } from '../../shared/split-detail/split-detail.js';
import { Empty } from '../../shared/states/states.js';
import { PagedTable } from '../../shared/table/paged-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { toggled } from '../../shared/toggled.js';
import { orphansHref } from '../../shared/url.js';
import { findingsHref, type FindingsSearch } from '../../shared/url-lineage.js';
import { FindingDetail } from './finding-detail.js';
import { findingColumns, findingId } from './finding-columns.js';
import { findingsAnswer, kindChoices } from './findings-answer.js';
import { FindingsDocument, type FindingCount } from './findings-documents.js';
import page from '../../shared/page/list-page.module.css';

const PAGE = 100;
const selectFindings = (data: FindingsQuery) => data.findings;
const NONE: readonly FindingCount[] = [];

/** What is wrong with the lineage itself and with master data, kind by kind. */
export function FindingsPage({ search }: { search: FindingsSearch }) {
  const { go } = useNavigation();
  const pages = usePages(
    FindingsDocument,
    { first: PAGE, ...(search.kind.length > 0 && { filter: { kinds: [...search.kind] } }) },
    selectFindings,
    { keepPrevious: true },
  );
  const rows = pages.nodes;
  const counts = pages.data?.findingCounts ?? NONE;
  const isOpen = search.open !== undefined;
  const open = useCallback(
    (id: string) => go(findingsHref({ ...search, open: id }), { replace: isOpen }),
    [go, search, isOpen],
  );
  const close = useCallback(() => go(findingsHref({ ...search, open: undefined }), { replace: true }), [go, search]);
  const ids = useMemo(() => rows.map(findingId), [rows]);
  const cursor = useListCursor({
    ids,
    noun: 'finding',
    onOpen: open,
    openId: search.open,
    onClose: isOpen ? close : undefined,
  });
  const columns = useMemo(() => findingColumns(), []);
  return (
    <div className={page['page']}>
      <PageHeader
        name="Findings"
        asOf={pages.asOf}
        answer={pages.data ? findingsAnswer(counts, search.kind) : 'What is wrong with lineage and master data'}
        detail={rows.length > 0 && 'They stop nothing; each says what follows from it and who can mend it.'}
      />
      <FilterBar
        groups={[
          {
            name: 'Kind',
            choices: kindChoices(counts, search.kind).map(({ kind, name }) => ({
              id: kind,
              name,
              isChosen: search.kind.includes(kind),
              href: findingsHref({ kind: toggled(search.kind, kind) }),
            })),
          },
        ].filter(({ choices }) => choices.length > 0)}
        clearHref={search.kind.length > 0 ? findingsHref() : undefined}
      />
      <SplitDetail
        list={
          <div className={page['table']}>
            <PagedTable
              pages={pages}
              label="Findings"
              noun="findings"
              columns={columns}
              rowId={findingId}
              cursor={cursor}
              openId={search.open}
              onOpen={open}
              empty={<None isFiltered={search.kind.length > 0} />}
            />
          </div>
        }
        detailLabel="Finding"
        detail={
          isOpen && pages.data ? (
            <FindingDetail finding={rows.find((row) => findingId(row) === search.open)} onClose={close} />
          ) : undefined
        }
      />
    </div>
  );
}

function None({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <Empty title="No finding of these kinds" action={<AppLink href={findingsHref()}>Show every kind</AppLink>} />
    );
  }
  return (
    <Empty
      title="Nothing is found wrong with lineage or master data"
      action={<AppLink href={orphansHref()}>See what is in no transaction</AppLink>}
    >
      Here would stand: copies of master data that differ between systems, changes by a system that does not own the
      fact, names that contradict one another, links that go round in a circle, times and amounts that cannot be right,
      and more documents than a workflow expects.
    </Empty>
  );
}
