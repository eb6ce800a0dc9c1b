import { useCallback, useMemo } from 'react';
import type { AcceptanceEntriesQuery } from '../../gql/graphql.js';
import { acceptanceState } from '../../shared/acceptance/acceptance-words.js';
import { bulkState, isOver } from '../../shared/bulk/bulk-words.js';
import { moneyPhrases } from '../../shared/format/money-words.js';
import { formatMoney, joinWords } from '../../shared/format/money.js';
import { dateTime, exactInstant } from '../../shared/format/time.js';
import { count } from '../../shared/format/words.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { useNavigation } from '../../shared/navigation.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { SectionTabs } from '../../shared/page/section-tabs.js';
import { SplitDetail } from '../../shared/split-detail/split-detail.js';
import { Empty, Failed, Loading, MoreRows } from '../../shared/states/states.js';
import { Status, type Tone } from '../../shared/status/status.js';
import { DataTable, type DataColumn } from '../../shared/table/data-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { approvalsHref, type ApprovalsSearch } from '../../shared/url-approvals.js';
import { ApprovalDetail } from './approval-detail.js';
import { AcceptanceEntriesDocument, type ListedEntry } from './approval-documents.js';
import { approvalTabs } from './approval-tabs.js';
import { approvalsAnswer } from './approvals-answer.js';
import { sumsSentence } from './asked-words.js';
import page from '../../shared/page/list-page.module.css';

const PAGE = 50;
const rowId = (row: ListedEntry) => row.id;
const selectEntries = (data: AcceptanceEntriesQuery) => data.acceptanceEntries;

function whatOf({ acceptance, asked, decision }: ListedEntry): string {
  if (acceptance) return acceptance.title;
  if (decision) return `${decision.words}: ${count(decision.count, 'exception')}`;
  return `${count(asked?.waiting?.count ?? 0, 'exception')}: ${asked?.reason.title ?? ''}`;
}

function moneyOf({ acceptance, asked, decision }: ListedEntry): string {
  if (acceptance) return acceptance.moneyAtRisk ? formatMoney(acceptance.moneyAtRisk) : 'none';
  const words = decision ? joinWords(moneyPhrases(decision.amounts)) : sumsSentence(asked?.waiting?.sums ?? []);
  return words === '' ? 'none' : words;
}

function stateOf({ acceptance, asked, decision }: ListedEntry): { tone: Tone; word: string } {
  if (acceptance) return acceptanceState(acceptance.state);
  if (decision) return bulkState(decision.state);
  if (asked?.isAsking) return { tone: 'info', word: 'Still being asked' };
  const isDeciding = asked?.decision && !isOver(asked.decision.state);
  return isDeciding ? { tone: 'info', word: 'Being carried out' } : acceptanceState('pending');
}

function dueOf({ acceptance, asked, decision }: ListedEntry): string | null {
  if (decision) return decision.submittedAt;
  return acceptance ? (acceptance.decidedAt ?? acceptance.expiresAt) : (asked?.waiting?.expiresAt ?? null);
}

const COLUMNS: DataColumn<ListedEntry>[] = [
  { id: 'what', header: 'What is closed', cell: (row) => <span title={whatOf(row)}>{whatOf(row)}</span> },
  {
    id: 'money',
    header: 'Money at risk',
    width: 190,
    hideBelow: 640,
    cell: (row) => <span title={moneyOf(row)}>{moneyOf(row)}</span>,
  },
  {
    id: 'maker',
    header: 'By',
    width: 140,
    hideBelow: 560,
    cell: ({ acceptance, asked, decision }) => acceptance?.makerName ?? asked?.makerName ?? decision?.submittedByName,
  },
  {
    id: 'state',
    header: 'State',
    width: 160,
    hideBelow: 480,
    cell: (row) => {
      const { tone, word } = stateOf(row);
      return <Status tone={tone}>{word}</Status>;
    },
  },
  {
    id: 'due',
    header: 'Due',
    width: 130,
    hideBelow: 860,
    cell: (row) => {
      const at = dueOf(row);
      return at === null ? '–' : <span title={exactInstant(at)}>{dateTime(at)}</span>;
    },
  },
];

/** What waits for a second person, the longest first: requests by themselves and all that one act asked for; one is open beside the list. */
export function ApprovalsPage({ search }: { search: ApprovalsSearch }) {
  const { go } = useNavigation();
  const { show, open } = search;
  const isPending = show === 'pending';
  const pages = usePages(AcceptanceEntriesDocument, { first: PAGE, pending: isPending }, selectEntries);
  const { nodes, data, error, isLoading, reload, asOf, totalCount } = pages;
  const ids = useMemo(() => nodes.map(rowId), [nodes]);
  const isOpen = open !== undefined;
  const openOne = useCallback(
    (id: string) => go(approvalsHref({ show, open: id }), { replace: isOpen }),
    [go, show, isOpen],
  );
  const close = useCallback(() => go(approvalsHref({ show }), { replace: true }), [go, show]);
  const cursor = useListCursor({
    ids,
    noun: 'request',
    onOpen: openOne,
    openId: open,
    onClose: isOpen ? close : undefined,
  });
  const mine = nodes.filter(({ acceptance, asked }) => acceptance?.canDecide === true || asked?.canDecide === true);
  const answer = isPending
    ? approvalsAnswer(totalCount, mine.length)
    : 'What was decided on closing without correction';
  return (
    <div className={page['page']}>
      <PageHeader name="Approvals" asOf={asOf} answer={data ? answer : 'Approvals'} />
      <SectionTabs label="Approvals" chosen={show} tabs={approvalTabs()} />
      <SplitDetail
        list={
          <div className={page['table']}>
            {isLoading && <Loading label="approvals" rows={8} />}
            {error && !data && <Failed what="list of approvals" error={error} onRetry={reload} />}
            {data && nodes.length === 0 && (
              <Empty title={isPending ? 'Nothing waits for approval' : 'Nothing was decided yet'}>
                Closing an exception without correction needs a second person when much money hangs on it.
              </Empty>
            )}
            {nodes.length > 0 && (
              <>
                <DataTable
                  label="Requests"
                  columns={COLUMNS}
                  rows={nodes}
                  rowId={rowId}
                  totalCount={totalCount}
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
        detail={isOpen ? <ApprovalDetail key={open} id={open} onClose={close} onChanged={reload} /> : undefined}
      />
    </div>
  );
}
