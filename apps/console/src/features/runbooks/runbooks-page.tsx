import { useCallback, useMemo, useState } from 'react';
import type { RunbooksQuery } from '../../gql/graphql.js';
import { dateTime, exactInstant } from '../../shared/format/time.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { MarkdownText } from '../../shared/markdown.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { DetailHead } from '../../shared/page/detail-head.js';
import { Problem } from '../../shared/page/form-dialog.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { Panel } from '../../shared/page/panel.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { SplitDetail } from '../../shared/split-detail/split-detail.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import type { DataColumn } from '../../shared/table/data-table.js';
import { PagedTable } from '../../shared/table/paged-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { tell } from '../../shared/tell.js';
import { exceptionsHref } from '../../shared/url.js';
import { groupsHref, runbooksHref, type RunbooksSearch } from '../../shared/url-groups.js';
import { useCan } from '../../shared/viewer/viewer.js';
import { WriteRunbookDialog } from './write-runbook-dialog.js';
import {
  ArchiveRunbookDocument,
  RunbookDocument,
  RunbooksDocument,
  type Runbook,
  type RunbookRow,
} from './runbook-documents.js';
import { runbooksAnswer, SCOPE_NAMES } from './runbook-words.js';
import page from '../../shared/page/list-page.module.css';

const PAGE = 100;
const selectRunbooks = (data: RunbooksQuery) => data.runbooks;
const rowId = (row: RunbookRow) => row.id;

const COLUMNS: DataColumn<RunbookRow>[] = [
  { id: 'title', header: 'Runbook', cell: (row) => <span title={row.title}>{row.title}</span> },
  { id: 'scope', header: 'About', width: 170, hideBelow: 640, cell: (row) => SCOPE_NAMES[row.scope] },
  {
    id: 'key',
    header: 'Which',
    width: 300,
    hideBelow: 900,
    cell: (row) => <span title={row.scopeKey}>{row.scope === 'GROUP' ? 'one group' : row.scopeKey}</span>,
  },
  { id: 'version', header: 'Version', width: 70, align: 'end', hideBelow: 760, cell: (row) => row.version },
  {
    id: 'written',
    header: 'Written',
    width: 220,
    align: 'end',
    hideBelow: 700,
    cell: (row) => (
      <time title={exactInstant(row.writtenAt)}>
        {row.writtenByName}, {dateTime(row.writtenAt)}
      </time>
    ),
  },
];

/** What people wrote down about problems; an exception finds its own. */
export function RunbooksPage({ search }: { search: RunbooksSearch }) {
  const { go } = useNavigation();
  const can = useCan();
  const [isWriting, setWriting] = useState(search.scope !== undefined && can('exception.work'));
  const pages = usePages(RunbooksDocument, { first: PAGE }, selectRunbooks);
  const rows = pages.nodes;
  const isOpen = search.open !== undefined;
  const open = useCallback((id: string) => go(runbooksHref({ open: id }), { replace: isOpen }), [go, isOpen]);
  const close = useCallback(() => go(runbooksHref(), { replace: true }), [go]);
  const ids = useMemo(() => rows.map(rowId), [rows]);
  const cursor = useListCursor({
    ids,
    noun: 'runbook',
    onOpen: open,
    openId: search.open,
    onClose: isOpen ? close : undefined,
  });
  return (
    <div className={page['page']}>
      <PageHeader
        name="Runbooks"
        asOf={pages.asOf}
        answer={pages.data ? runbooksAnswer(pages.data.runbooks.totalCount) : 'What to do about problems'}
        actions={
          <PermittedButton needs="exception.work" what="Writing runbooks" onClick={() => setWriting(true)}>
            Write a runbook
          </PermittedButton>
        }
      />
      <SplitDetail
        list={
          <div className={page['table']}>
            <PagedTable
              pages={pages}
              label="Runbooks"
              noun="runbooks"
              columns={COLUMNS}
              rowId={rowId}
              cursor={cursor}
              openId={search.open}
              onOpen={open}
              empty={
                <Empty
                  title="Nobody has written a runbook yet"
                  action={<AppLink href={groupsHref()}>See which problems come most often</AppLink>}
                >
                  A runbook tells what to do about a group of exceptions, a problem, an integration, a category or a
                  queue. Whoever opens such an exception finds it there, with a checklist to tick.
                </Empty>
              }
            />
          </div>
        }
        detailLabel="Runbook"
        detail={
          search.open === undefined ? undefined : (
            <RunbookDetail key={search.open} id={search.open} onClose={close} onChanged={pages.reload} />
          )
        }
      />
      {isWriting && (
        <WriteRunbookDialog
          place={search.scope === undefined ? undefined : { scope: search.scope, key: search.key ?? '' }}
          onClose={() => {
            setWriting(false);
            if (search.scope !== undefined) close();
          }}
          onDone={(id) => {
            setWriting(false);
            pages.reload();
            open(id);
          }}
        />
      )}
    </div>
  );
}

type DetailProps = { id: string; onClose: () => void; onChanged: () => void };

function RunbookDetail({ id, onClose, onChanged }: DetailProps) {
  const load = useLoad(RunbookDocument, { id });
  if (load.isLoading) return <Loading label="runbook" rows={6} />;
  if (load.error && !load.data) return <Failed what="runbook" error={load.error} onRetry={load.reload} />;
  const runbook = load.data?.runbook;
  if (!runbook) {
    return (
      <div className={page['detail']}>
        <DetailHead topline={null} title="This runbook does not exist" onClose={onClose} />
        <Empty title="It may belong to another tenant">The list beside shows those in use.</Empty>
      </div>
    );
  }
  const changed = () => {
    load.reload();
    onChanged();
  };
  return <WholeRunbook runbook={runbook} onClose={onClose} onChanged={changed} />;
}

function WholeRunbook({ runbook, onClose, onChanged }: Omit<DetailProps, 'id'> & { runbook: Runbook }) {
  const [isWriting, setWriting] = useState(false);
  const archive = useAct(ArchiveRunbookDocument);
  const button = { needs: 'exception.work', what: 'Writing runbooks', size: 'compact-sm', variant: 'default' } as const;
  const putAway = async () => {
    if (!(await archive.run({ id: runbook.id, version: runbook.version }))) return;
    tell('The runbook is out of use; its versions are kept');
    onChanged();
    onClose();
  };
  return (
    <article className={page['detail']} aria-label={runbook.title}>
      <DetailHead
        topline={
          <>
            <span>{SCOPE_NAMES[runbook.scope]}</span>
            <About runbook={runbook} />
          </>
        }
        title={runbook.title}
        onClose={onClose}
      />
      {runbook.isArchived ? (
        <p className="muted">This runbook is out of use.</p>
      ) : (
        <div className={page['acts']}>
          <PermittedButton {...button} onClick={() => setWriting(true)}>
            Write a new version
          </PermittedButton>
          <PermittedButton {...button} variant="subtle" loading={archive.isRunning} onClick={() => void putAway()}>
            Take out of use
          </PermittedButton>
        </div>
      )}
      {archive.problem && <Problem problem={archive.problem} />}
      <Panel title="What to do">
        <MarkdownText>{runbook.body}</MarkdownText>
      </Panel>
      <Panel title="Versions">
        <ul>
          {runbook.versions.map((version) => (
            <li key={version.version}>
              {version.version}: {version.title}{' '}
              <span className="muted">
                by {version.writtenByName}, {dateTime(version.writtenAt)}
              </span>
            </li>
          ))}
        </ul>
      </Panel>
      {isWriting && (
        <WriteRunbookDialog
          runbook={runbook}
          onClose={() => setWriting(false)}
          onDone={() => {
            setWriting(false);
            onChanged();
          }}
        />
      )}
    </article>
  );
}

function About({ runbook: { scope, scopeKey } }: { runbook: Runbook }) {
  if (scope === 'GROUP') return <AppLink href={groupsHref({ open: scopeKey })}>the group</AppLink>;
  if (scope === 'QUEUE') return <AppLink href={exceptionsHref({ queue: [scopeKey] })}>{scopeKey}</AppLink>;
  if (scope === 'INTEGRATION') return <span className="mono">{scopeKey}</span>;
  return <AppLink href={exceptionsHref({ kind: [scopeKey] })}>{scopeKey}</AppLink>;
}
