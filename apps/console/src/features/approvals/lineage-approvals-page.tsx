import { useCallback, useMemo } from 'react';
import type { LineageApprovalsQuery } from '../../gql/graphql.js';
import { emergencyState, reviewAnswer, reviewDue } from '../../shared/decision/review-words.js';
import { formatMoney } from '../../shared/format/money.js';
import { dateTime, exactInstant } from '../../shared/format/time.js';
import { count } from '../../shared/format/words.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { changeSentence } from '../../shared/lineage-changes/change-words.js';
import { approvalState } from '../../shared/lineage-changes/lineage-approval.js';
import { useNavigation } from '../../shared/navigation.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { SectionTabs } from '../../shared/page/section-tabs.js';
import { SplitDetail } from '../../shared/split-detail/split-detail.js';
import { Empty, Failed, Loading, MoreRows } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import { DataTable, type DataColumn } from '../../shared/table/data-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { lineageApprovalsHref, type LineageApprovalsSearch } from '../../shared/url-approvals.js';
import { approvalTabs } from './approval-tabs.js';
import { LineageApprovalDetail } from './lineage-approval-detail.js';
import { LineageApprovalsDocument, type LineageCounts, type ListedChange } from './lineage-approval-documents.js';
import page from '../../shared/page/list-page.module.css';

const PAGE = 50;
const rowId = (row: ListedChange) => row.id;
const selectChanges = (data: LineageApprovalsQuery) => data.lineageApprovals;

const COLUMNS: DataColumn<ListedChange>[] = [
  {
    id: 'what',
    header: 'What would change',
    cell: (row) => {
      const words = changeSentence(row.kind, row.report);
      return <span title={words}>{words}</span>;
    },
  },
  {
    id: 'money',
    header: 'By how much',
    width: 150,
    align: 'end',
    hideBelow: 640,
    cell: ({ reportingMoney }) => (reportingMoney === null ? 'not known' : formatMoney(reportingMoney)),
  },
  { id: 'maker', header: 'Asked by', width: 140, hideBelow: 560, cell: (row) => row.makerName },
  {
    id: 'state',
    header: 'State',
    width: 160,
    hideBelow: 480,
    cell: (row) => {
      const { tone, word } = row.isBreakGlass ? emergencyState(row) : approvalState(row.state);
      return <Status tone={tone}>{word}</Status>;
    },
  },
  {
    id: 'due',
    header: 'Due',
    width: 130,
    hideBelow: 860,
    cell: (row) => {
      const at = row.state === 'PENDING_APPROVAL' ? row.dueAt : (reviewDue(row) ?? row.decidedAt);
      return at === null ? '–' : <span title={exactInstant(at)}>{dateTime(at)}</span>;
    },
  },
];

const FILTERS = { waiting: { show: 'WAITING' }, review: { show: 'REVIEW' }, decided: { show: 'DECIDED' } } as const;

const EMPTY: Readonly<Record<LineageApprovalsSearch['show'], string>> = {
  waiting: 'No change of lineage waits for approval',
  review: 'Nothing is left to review',
  decided: 'Nothing was decided yet',
};

/** The answer of the page. */
export function lineageAnswer(
  show: LineageApprovalsSearch['show'],
  { waiting, forMe, ...reviews }: LineageCounts,
): string {
  if (show === 'decided') return 'What was decided on changes of lineage';
  if (show === 'review') return reviewAnswer(reviews);
  if (waiting === 0) return 'No change of lineage waits.';
  return `${count(waiting, 'change')} of lineage ${waiting === 1 ? 'waits' : 'wait'}, ${forMe === 0 ? 'none' : forMe} for you.`;
}

/** Mapping again and switches to a rebuild that wait for a second person; one is open beside the list, with its report. */
export function LineageApprovalsPage({ search }: { search: LineageApprovalsSearch }) {
  const { go } = useNavigation();
  const { show, open } = search;
  const pages = usePages(LineageApprovalsDocument, { first: PAGE, filter: FILTERS[show] }, selectChanges);
  const { nodes, data, error, isLoading, reload, asOf } = pages;
  const ids = useMemo(() => nodes.map(rowId), [nodes]);
  const isOpen = open !== undefined;
  const openOne = useCallback(
    (id: string) => go(lineageApprovalsHref({ show, open: id }), { replace: isOpen }),
    [go, show, isOpen],
  );
  const close = useCallback(() => go(lineageApprovalsHref({ show }), { replace: true }), [go, show]);
  const cursor = useListCursor({
    ids,
    noun: 'change',
    onOpen: openOne,
    openId: open,
    onClose: isOpen ? close : undefined,
  });
  const counts = data?.lineageApprovalCounts;
  return (
    <div className={page['page']}>
      <PageHeader name="Approvals" asOf={asOf} answer={counts ? lineageAnswer(show, counts) : 'Approvals'} />
      <SectionTabs label="Approvals" chosen="lineage" tabs={approvalTabs(undefined, counts?.waiting)} />
      <SectionTabs
        label="Changes of lineage"
        chosen={show}
        tabs={[
          { id: 'waiting', name: 'Waiting', href: lineageApprovalsHref(), count: counts?.waiting },
          { id: 'review', name: 'Emergencies', href: lineageApprovalsHref({ show: 'review' }), count: counts?.review },
          { id: 'decided', name: 'Decided', href: lineageApprovalsHref({ show: 'decided' }) },
        ]}
      />
      <SplitDetail
        list={
          <div className={page['table']}>
            {isLoading && <Loading label="changes" rows={8} />}
            {error && !data && <Failed what="list of changes" error={error} onRetry={reload} />}
            {data && nodes.length === 0 && (
              <Empty title={EMPTY[show]}>
                Mapping again, and the switch to a rebuild, need a second person when they change money, a closed period
                or much of what is shown.
              </Empty>
            )}
            {nodes.length > 0 && (
              <>
                <DataTable
                  label="Changes of lineage"
                  columns={COLUMNS}
                  rows={nodes}
                  rowId={rowId}
                  totalCount={pages.totalCount}
                  cursorId={cursor.cursorId}
                  onCursor={cursor.setCursor}
                  openId={open}
                  onOpen={(row) => openOne(row.id)}
                />
                <MoreRows pages={pages} shown={nodes.length} noun="changes" />
              </>
            )}
          </div>
        }
        detailLabel="Change of lineage"
        detail={isOpen ? <LineageApprovalDetail key={open} id={open} onClose={close} onChanged={reload} /> : undefined}
      />
    </div>
  );
}
