import { Fragment, useMemo } from 'react';
import type { RequeueAttemptState, RequeueRunItemsQuery } from '../../gql/graphql.js';
import { dateTime, exactInstant } from '../../shared/format/time.js';
import { count, countNumber } from '../../shared/format/words.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { DetailHead } from '../../shared/page/detail-head.js';
import { FilterBar } from '../../shared/page/filter-bar.js';
import { Facts, Panel } from '../../shared/page/panel.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { actionNoun, doneWords } from '../../shared/status/action-words.js';
import { attemptState } from '../../shared/status/state-words.js';
import { PagedTable } from '../../shared/table/paged-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { hoursSentence, limitsSentence } from '../../shared/sending/sending-words.js';
import { exceptionHref } from '../../shared/url.js';
import { requeueApprovalsHref } from '../../shared/url-approvals.js';
import { requeuePlanHref, runsHref, sendingHref } from '../../shared/url-requeue.js';
import { useEvery } from '../../shared/use-every.js';
import { runItemColumns } from './run-columns.js';
import { LeftOut } from './left-out.js';
import { RunProgress } from './run-progress.js';
import { isUnapproved, isUnderWay, sentWords, wasApprovalAsked } from './run-words.js';
import { RequeueRunItemsDocument, type RequestFull, type RunItem } from './runs-documents.js';
import { useRun } from './use-run.js';
import page from '../../shared/page/list-page.module.css';

const PAGE = 100;
const RELOAD_EVERY_MS = 2_000;

const selectItems = (data: RequeueRunItemsQuery) => data.requeueRunItems;
const itemId = ({ exceptionId }: RunItem) => exceptionId;

type DetailProps = { id: string; state: string | undefined; onClose: () => void; onChanged: () => void };

/** One run: how far it is, within which limits, and what became of each item. */
export function RunDetail({ id, state, onClose, onChanged }: DetailProps) {
  const { request, isLoading, error, reload } = useRun(id);
  if (isLoading) return <Loading label="run" rows={6} />;
  if (error && !request) return <Failed what="run" error={error} onRetry={reload} />;
  if (!request) {
    return (
      <div className={page['detail']}>
        <DetailHead topline={null} title="This run does not exist" onClose={onClose} />
        <Empty title="It may belong to another tenant">Runs are kept for ever; the list shows all of them.</Empty>
      </div>
    );
  }
  const steered = () => {
    reload();
    onChanged();
  };
  const title = `${count(request.items, 'item')} ${sentWords(doneWords(request.action), request.run)}`;
  return (
    <article className={page['detail']} aria-label={title}>
      <DetailHead topline={<span className="muted">Run</span>} title={title} onClose={onClose} />
      <RunProgress request={request} onSteered={steered} />
      {request.plan && (
        <p>
          <AppLink href={requeuePlanHref(id)}>Its plan</AppLink>
        </p>
      )}
      {wasApprovalAsked(request) && (
        <p>
          <AppLink href={requeueApprovalsHref({ open: id })}>Its approval</AppLink>
        </p>
      )}
      <Panel title="How it is sent">
        <p>{limitsSentence(request.run.limits)}</p>
        <Facts
          facts={[
            { name: 'What', value: actionNoun(request.action) },
            { name: 'Reason', value: request.reason },
            { name: 'By', value: request.makerName },
            { name: 'Asked for', value: dateTime(request.createdAt), title: exactInstant(request.createdAt) },
            { name: 'To', value: <Targets targets={request.run.targets} /> },
          ]}
        />
      </Panel>
      {/* of a planned selection its plan tells what is left out */}
      {!request.plan && <LeftOut id={id} />}
      <Items request={request} state={request.run.outcomes.find((one) => one.state === state)?.state} />
    </article>
  );
}

/** Where it goes, each with the settings by which it is sent to. */
function Targets({ targets }: Pick<RequestFull['run'], 'targets'>) {
  return targets.map(({ integration, hours }, index) => (
    <Fragment key={integration}>
      {index > 0 && ', '}
      <AppLink href={sendingHref(integration)} title={hoursSentence(hours)}>
        {integration}
      </AppLink>
    </Fragment>
  ));
}

function Items({ request, state }: { request: RequestFull; state: RequeueAttemptState | undefined }) {
  const { go } = useNavigation();
  const { id, items, run } = request;
  const pages = usePages(RequeueRunItemsDocument, { id, state: state ?? null, first: PAGE }, selectItems, {
    keepPrevious: true,
  });
  useEvery(RELOAD_EVERY_MS, pages.reload, isUnderWay(run.state));
  const outcomes = isUnapproved(run.state) ? [] : run.outcomes;
  const columns = useMemo(() => runItemColumns(run.state), [run.state]);
  const ids = useMemo(() => pages.nodes.map(itemId), [pages.nodes]);
  const open = (exceptionId: string) => go(exceptionHref(exceptionId));
  const cursor = useListCursor({ ids, noun: 'item', onOpen: open, isActive: false });
  const choice = (one: RequeueAttemptState | undefined, name: string) => ({
    id: one ?? 'all',
    name,
    isChosen: one === state,
    href: runsHref({ open: id, state: one }),
  });
  return (
    <Panel title="What became of each" isFlush>
      <FilterBar
        groups={[
          {
            name: 'Outcome',
            choices: [
              choice(undefined, `All ${countNumber(items)}`),
              ...outcomes.map((one) => choice(one.state, `${attemptState(one.state).word} ${countNumber(one.count)}`)),
            ],
          },
        ]}
        clearHref={undefined}
      />
      <PagedTable
        pages={pages}
        label="What became of each item"
        noun="items"
        columns={columns}
        rowId={itemId}
        cursor={cursor}
        onOpen={open}
        empty={<Empty title="None has this outcome" />}
      />
    </Panel>
  );
}
