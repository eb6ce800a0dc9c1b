import { useCallback, useMemo } from 'react';
import type { RunFilter, RunsQuery } from '../../gql/graphql.js';
import { dateTime, exactInstant, runLength } from '../../shared/format/time.js';
import { cutMiddle, systemName } from '../../shared/format/words.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { CommandLine } from '../../shared/page/command-line.js';
import { FilterBar } from '../../shared/page/filter-bar.js';
import { sendRunCommand } from '../../shared/signals/send-command.js';
import { Empty } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import type { DataColumn } from '../../shared/table/data-table.js';
import { PagedTable } from '../../shared/table/paged-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { toggled } from '../../shared/toggled.js';
import { filesHref, objectHref, RUN_STATES, type FilesSearch } from '../../shared/url.js';
import { runState } from './file-words.js';
import { RunsDocument, type Run } from './files-documents.js';
import page from '../../shared/page/list-page.module.css';

const PAGE = 100;
const selectRuns = (data: RunsQuery) => data.runs;
const rowId = (row: Run) => row.id;

/** Runs of jobs and integrations: OpenLineage, middleware and files. */
export function RunsSection({ search }: { search: FilesSearch }) {
  const { go } = useNavigation();
  const filter = useMemo<RunFilter>(
    () => (search.state.length > 0 ? { states: [...search.state] } : {}),
    [search.state],
  );
  const pages = usePages(RunsDocument, { first: PAGE, filter }, selectRuns, { keepPrevious: true });
  const open = useCallback((id: string) => go(objectHref(id)), [go]);
  const ids = useMemo(() => pages.nodes.map(rowId), [pages.nodes]);
  const cursor = useListCursor({ ids, noun: 'run', onOpen: open });
  const columns = useMemo(() => runColumns(), []);
  const own = { ...search, open: undefined };
  return (
    <>
      <FilterBar
        groups={[
          {
            name: 'State',
            choices: RUN_STATES.map((state) => ({
              id: state,
              name: runState(state).word,
              isChosen: search.state.includes(state),
              href: filesHref({ ...own, state: toggled(search.state, state) }),
            })),
          },
        ]}
        clearHref={search.state.length > 0 ? filesHref({ show: 'runs' }) : undefined}
      />
      <div className={page['table']}>
        <PagedTable
          pages={pages}
          label="Runs"
          noun="runs"
          columns={columns}
          rowId={rowId}
          cursor={cursor}
          onOpen={open}
          empty={
            search.state.length > 0 ? (
              <Empty
                title="No run is in this state"
                action={<AppLink href={filesHref({ show: 'runs' })}>Clear the filters</AppLink>}
              />
            ) : (
              <Empty
                title="No run was reported yet"
                action={
                  <CommandLine
                    name="Report that a job has begun"
                    text={sendRunCommand(window.location.hostname, new Date())}
                  />
                }
              >
                Jobs report theirs in OpenLineage, middleware with its run records or its webhooks.
              </Empty>
            )
          }
        />
      </div>
    </>
  );
}

function lengthOf(run: Run): string {
  if (run.startedAt === null || run.endedAt === null) return '–';
  return runLength(Date.parse(run.endedAt) - Date.parse(run.startedAt));
}

function nominalWords(run: Run): string {
  if (run.nominalStartAt === null) return '–';
  return run.nominalEndAt === null
    ? dateTime(run.nominalStartAt)
    : `${dateTime(run.nominalStartAt)} to ${dateTime(run.nominalEndAt)}`;
}

function runColumns(): DataColumn<Run>[] {
  const instant = (at: string | null) =>
    at === null ? <span className="muted">–</span> : <time title={exactInstant(at)}>{dateTime(at)}</time>;
  return [
    {
      id: 'state',
      header: 'State',
      width: 116,
      cell: (row) => {
        const { tone, word } = runState(row.state);
        return <Status tone={tone}>{word}</Status>;
      },
    },
    {
      id: 'key',
      header: 'Run',
      width: 160,
      cell: (row) => (
        <AppLink href={objectHref(row.id)} className="mono" title={row.key}>
          {cutMiddle(row.key, 17)}
        </AppLink>
      ),
    },
    { id: 'job', header: 'Job', width: 190, cell: (row) => <span title={row.job ?? undefined}>{row.job ?? '–'}</span> },
    { id: 'system', header: 'System', width: 112, hideBelow: 1060, cell: (row) => systemName(row.system) },
    {
      id: 'when',
      header: 'Ended, or begun',
      width: 182,
      cell: (row) =>
        row.endedAt === null && row.startedAt !== null ? (
          <span className="muted">since {instant(row.startedAt)}</span>
        ) : (
          instant(row.endedAt)
        ),
    },
    {
      id: 'nominal',
      header: 'Nominal',
      width: 150,
      hideBelow: 1220,
      cell: (row) => <span title={nominalWords(row)}>{row.nominalStartAt ? dateTime(row.nominalStartAt) : '–'}</span>,
    },
    { id: 'length', header: 'Took', width: 92, align: 'end', cell: (row) => lengthOf(row) },
    {
      id: 'message',
      header: 'What it said',
      cell: (row) => (
        <span title={row.message ?? undefined}>
          {row.hasConflict && (
            <span title="Two different ends were reported for it">
              <Status tone="warning">Two outcomes</Status>{' '}
            </span>
          )}
          {row.message}
        </span>
      ),
    },
  ];
}
