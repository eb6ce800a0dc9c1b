import { useCallback, useMemo } from 'react';
import type { RequeueApprovalsQuery } from '../../gql/graphql.js';
import { emergencyState, reviewDue } from '../../shared/decision/review-words.js';
import { dateTime, exactInstant } from '../../shared/format/time.js';
import { countNumber } from '../../shared/format/words.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { useNavigation } from '../../shared/navigation.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { SectionTabs } from '../../shared/page/section-tabs.js';
import { SplitDetail } from '../../shared/split-detail/split-detail.js';
import { Empty, Failed, Loading, MoreRows } from '../../shared/states/states.js';
import { actionNoun } from '../../shared/status/action-words.js';
import { requestState } from '../../shared/status/state-words.js';
import { Status } from '../../shared/status/status.js';
import { DataTable, type DataColumn } from '../../shared/table/data-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { requeueApprovalsHref, type RequeueApprovalsSearch } from '../../shared/url-approvals.js';
import { approvalTabs } from './approval-tabs.js';
import { isOtherQueue, useApprovalsNews } from './use-approvals-news.js';
import { RequeueApprovalDetail } from './requeue-approval-detail.js';
import { RequeueApprovalsDocument, type ListedRequest } from './requeue-approval-documents.js';
import { moneyWords, requeueAnswer } from './requeue-approval-words.js';
import page from '../../shared/page/list-page.module.css';

const PAGE = 50;
const rowId = (row: ListedRequest) => row.id;
const selectRequests = (data: RequeueApprovalsQuery) => data.requeueApprovals;

const COLUMNS: DataColumn<ListedRequest>[] = [
  { id: 'action', header: 'What', width: 120, hideBelow: 640, cell: (row) => actionNoun(row.action) },
  {
    id: 'money',
    header: 'Money',
    cell: (row) => {
      const money = moneyWords(row.amounts);
      return <span title={money}>{money}</span>;
    },
  },
  { id: 'items', header: 'Exceptions', width: 90, align: 'end', cell: (row) => countNumber(row.items) },
  {
    id: 'entities',
    header: 'Entities',
    width: 110,
    hideBelow: 720,
    cell: (row) => {
      const entities = row.legalEntities.join(', ');
      return <span title={entities}>{entities || '–'}</span>;
    },
  },
  { id: 'maker', header: 'Asked by', width: 140, hideBelow: 560, cell: (row) => row.makerName },
  {
    id: 'state',
    header: 'State',
    width: 160,
    hideBelow: 480,
    cell: (row) => {
      const { tone, word } = row.approval.isBreakGlass ? emergencyState(row.approval) : requestState(row.state);
      return <Status tone={tone}>{word}</Status>;
    },
  },
  {
    id: 'due',
    header: 'Due',
    width: 130,
    hideBelow: 860,
    cell: ({ state, approval }) => {
      const at = state === 'PENDING_APPROVAL' ? approval.dueAt : (reviewDue(approval) ?? approval.decidedAt);
      return at === null ? '–' : <span title={exactInstant(at)}>{dateTime(at)}</span>;
    },
  },
];

const FILTERS = {
  waiting: { show: 'WAITING' },
  mine: { show: 'WAITING', isMine: true },
  review: { show: 'REVIEW' },
  decided: { show: 'DECIDED' },
} as const;

const EMPTY: Readonly<Record<RequeueApprovalsSearch['show'], string>> = {
  waiting: 'Nothing waits for approval',
  mine: 'Nothing of yours waits',
  review: 'Nothing is left to review',
  decided: 'Nothing was decided yet',
};

/** Sending again that waits for a second person, the longest first; one request is open beside the list. */
export function RequeueApprovalsPage({ search }: { search: RequeueApprovalsSearch }) {
  const { go } = useNavigation();
  const { show, open } = search;
  const pages = usePages(RequeueApprovalsDocument, { first: PAGE, filter: FILTERS[show] }, selectRequests);
  const { nodes, data, error, isLoading, asOf } = pages;
  const { heard, forget } = useApprovalsNews();
  const { reload: loadAgain } = pages;
  const reload = useCallback(() => {
    forget();
    loadAgain();
  }, [forget, loadAgain]);
  const ids = useMemo(() => nodes.map(rowId), [nodes]);
  const isOpen = open !== undefined;
  const openOne = useCallback(
    (id: string) => go(requeueApprovalsHref({ show, open: id }), { replace: isOpen }),
    [go, show, isOpen],
  );
  const close = useCallback(() => go(requeueApprovalsHref({ show }), { replace: true }), [go, show]);
  const cursor = useListCursor({
    ids,
    noun: 'request',
    onOpen: openOne,
    openId: open,
    onClose: isOpen ? close : undefined,
  });
  const counts = heard ?? data?.requeueApprovalCounts;
  return (
    <div className={page['page']}>
      <PageHeader name="Approvals" asOf={asOf} answer={counts ? requeueAnswer(show, counts) : 'Approvals'} />
      <SectionTabs label="Approvals" chosen={show === 'decided' ? 'sent' : show} tabs={approvalTabs(counts)} />
      <SplitDetail
        list={
          <div className={page['table']}>
            {isOtherQueue(heard, data?.requeueApprovalCounts) && (
              <button type="button" className={page['news']} onClick={reload}>
                Something was asked for or decided meanwhile: show
              </button>
            )}
            {isLoading && <Loading label="requests" rows={8} />}
            {error && !data && <Failed what="list of requests" error={error} onRetry={reload} />}
            {data && nodes.length === 0 && (
              <Empty title={EMPTY[show]}>
                Sending again needs a second person when a rule asks for it, and always when it moves money.
              </Empty>
            )}
            {nodes.length > 0 && (
              <>
                <DataTable
                  label="Requests"
                  columns={COLUMNS}
                  rows={nodes}
                  rowId={rowId}
                  totalCount={pages.totalCount}
                  cursorId={cursor.cursorId}
                  onCursor={cursor.setCursor}
                  openId={open}
                  onOpen={(row) => openOne(row.id)}
                />
                <MoreRows pages={pages} shown={nodes.length} noun="requests" />
              </>
            )}
          </div>
        }
        detailLabel="Request"
        detail={isOpen ? <RequeueApprovalDetail key={open} id={open} onClose={close} onChanged={reload} /> : undefined}
      />
    </div>
  );
}
