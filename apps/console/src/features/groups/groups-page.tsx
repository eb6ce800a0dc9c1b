import { useCallback, useMemo } from 'react';
import type { ExceptionGroupsQuery } from '../../gql/graphql.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { FilterBar } from '../../shared/page/filter-bar.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { SplitDetail } from '../../shared/split-detail/split-detail.js';
import { Empty } from '../../shared/states/states.js';
import { PagedTable } from '../../shared/table/paged-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { exceptionsHref } from '../../shared/url.js';
import { GROUP_VIEWS, groupsHref, type GroupsSearch, type GroupView } from '../../shared/url-groups.js';
import { useNow } from '../../shared/use-now.js';
import { useViewer } from '../../shared/viewer/viewer.js';
import { groupColumns } from './group-columns.js';
import { GroupDetail } from './group-detail.js';
import { GROUP_VIEW_NAMES, groupsAnswer } from './group-words.js';
import { ExceptionGroupsDocument, type GroupRow } from './groups-documents.js';
import page from '../../shared/page/list-page.module.css';

const PAGE = 100;
const selectGroups = (data: ExceptionGroupsQuery) => data.exceptionGroups;
const rowId = (row: GroupRow) => row.id;

function filterOf(view: GroupView, viewerId: string) {
  const filters = {
    active: { snoozed: false },
    mine: { ownerId: viewerId },
    unowned: { unowned: true, snoozed: false },
    known: { knownErrors: true },
    snoozed: { snoozed: true },
  };
  return filters[view];
}

/** Exceptions by problem: from ten thousand failures to the few things that made them. */
export function GroupsPage({ search }: { search: GroupsSearch }) {
  const { go } = useNavigation();
  const viewer = useViewer();
  const now = useNow();
  const pages = usePages(
    ExceptionGroupsDocument,
    {
      first: PAGE,
      filter: filterOf(search.view, viewer.id),
      orderBy: search.order === 'open' ? 'OPEN_DESC' : 'LAST_OCCURRED_DESC',
    },
    selectGroups,
    { keepPrevious: true },
  );
  const rows = pages.nodes;
  const isOpen = search.open !== undefined;
  const open = useCallback(
    (id: string) => go(groupsHref({ ...search, open: id }), { replace: isOpen }),
    [go, search, isOpen],
  );
  const close = useCallback(() => go(groupsHref({ ...search, open: undefined }), { replace: true }), [go, search]);
  const ids = useMemo(() => rows.map(rowId), [rows]);
  const cursor = useListCursor({
    ids,
    noun: 'group',
    onOpen: open,
    openId: search.open,
    onClose: isOpen ? close : undefined,
  });
  const columns = useMemo(() => groupColumns(now), [now]);
  const isWhole = pages.data?.exceptionGroups.pageInfo.hasNextPage === false;
  return (
    <div className={page['page']}>
      <PageHeader
        name="Exception groups"
        asOf={pages.asOf}
        answer={
          pages.data
            ? groupsAnswer(search.view, rows, pages.data.exceptionGroups.totalCount, isWhole)
            : 'What the exceptions have in common'
        }
        detail={<AppLink href={exceptionsHref()}>Show the exceptions one by one</AppLink>}
      />
      <FilterBar
        groups={[
          {
            name: 'Groups',
            choices: GROUP_VIEWS.map((view) => ({
              id: view,
              name: GROUP_VIEW_NAMES[view],
              isChosen: view === search.view,
              href: groupsHref({ ...search, view, open: undefined }),
            })),
          },
          {
            name: 'Order',
            choices: [
              {
                id: 'open',
                name: 'Most open',
                isChosen: search.order === 'open',
                href: groupsHref({ ...search, order: 'open' }),
              },
              {
                id: 'latest',
                name: 'Latest',
                isChosen: search.order === 'latest',
                href: groupsHref({ ...search, order: 'latest' }),
              },
            ],
          },
        ]}
        clearHref={search.view === 'active' ? undefined : groupsHref()}
      />
      <SplitDetail
        list={
          <div className={page['table']}>
            <PagedTable
              pages={pages}
              label="Exception groups"
              noun="groups"
              columns={columns}
              rowId={rowId}
              cursor={cursor}
              openId={search.open}
              onOpen={open}
              empty={<None view={search.view} />}
            />
          </div>
        }
        detailLabel="Group"
        detail={
          search.open === undefined ? undefined : (
            <GroupDetail key={search.open} id={search.open} others={rows} onClose={close} onChanged={pages.reload} />
          )
        }
      />
    </div>
  );
}

function None({ view }: { view: GroupView }) {
  if (view === 'active') {
    return (
      <Empty
        title="No group has open exceptions"
        action={<AppLink href={groupsHref({ view: 'snoozed' })}>See those that are snoozed</AppLink>}
      >
        A group is made of the exceptions of one problem at one step. What you say of it, its owner and its note stay
        when the problem comes again.
      </Empty>
    );
  }
  return (
    <Empty
      title={groupsAnswer(view, [], 0, true).replace(/\.$/, '')}
      action={<AppLink href={groupsHref()}>Show all to work on</AppLink>}
    />
  );
}
