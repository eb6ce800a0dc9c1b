import { useCallback, useMemo } from 'react';
import { plainWords } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { SplitDetail } from '../../shared/split-detail/split-detail.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { DataTable, type DataColumn } from '../../shared/table/data-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { workflowsHref, type WorkflowsSearch } from '../../shared/url-lineage.js';
import { WorkflowDetail } from './workflow-detail.js';
import { workflowsAnswer } from './workflow-words.js';
import { WorkflowsDocument, type Workflow } from './workflows-documents.js';
import { WrongFiles } from './wrong-files.js';
import page from '../../shared/page/list-page.module.css';

const rowId = (row: Workflow) => row.name;
const NONE: readonly Workflow[] = [];

const COLUMNS: readonly DataColumn<Workflow>[] = [
  { id: 'title', header: 'Workflow', cell: (row) => row.title },
  { id: 'anchor', header: 'Begins with', width: 140, cell: (row) => plainWords(row.anchor) },
  { id: 'steps', header: 'Steps', width: 64, align: 'end', cell: (row) => row.milestones.length },
  {
    id: 'required',
    header: 'Required',
    width: 84,
    align: 'end',
    hideBelow: 560,
    cell: (row) => row.milestones.filter(({ isRequired }) => isRequired).length,
  },
  {
    id: 'due',
    header: 'Due rules',
    width: 88,
    align: 'end',
    hideBelow: 480,
    cell: (row) => row.milestones.filter(({ dueRule }) => dueRule !== null).length,
  },
  { id: 'hops', header: 'Hops', width: 64, align: 'end', hideBelow: 640, cell: (row) => row.hops.length },
  {
    id: 'version',
    header: 'Version',
    width: 100,
    align: 'end',
    hideBelow: 760,
    cell: (row) => <span className="mono">{row.version}</span>,
  },
];

/** The declared processes. */
export function WorkflowsPage({ search }: { search: WorkflowsSearch }) {
  const { go } = useNavigation();
  const { data, error, isLoading, asOf, reload } = useLoad(WorkflowsDocument, {});
  const rows = useMemo(() => data?.workflows.toSorted((a, b) => a.title.localeCompare(b.title)) ?? NONE, [data]);
  const isOpen = search.open !== undefined;
  const open = useCallback((name: string) => go(workflowsHref({ open: name }), { replace: isOpen }), [go, isOpen]);
  const close = useCallback(() => go(workflowsHref(), { replace: true }), [go]);
  const ids = useMemo(() => rows.map(rowId), [rows]);
  const cursor = useListCursor({
    ids,
    noun: 'workflow',
    onOpen: open,
    openId: search.open,
    onClose: isOpen ? close : undefined,
  });
  const chosen = rows.find((row) => row.name === search.open);
  return (
    <div className={page['page']}>
      <PageHeader
        name="Workflows"
        asOf={asOf}
        answer={data ? workflowsAnswer(rows) : 'The declared processes'}
        detail={rows.length > 0 && 'What a transaction is made of, and when each of its steps is due.'}
      />
      {data && <WrongFiles files={data.wrongWorkflowFiles} />}
      <SplitDetail
        list={
          <div className={page['table']}>
            {isLoading && <Loading label="workflows" rows={12} />}
            {error && !data && <Failed what="list of workflows" error={error} onRetry={reload} />}
            {data && rows.length === 0 && (
              <Empty title="No workflow is declared">
                Without one no transaction is made: documents are known and linked, but nothing says what they are steps
                of.
              </Empty>
            )}
            {rows.length > 0 && (
              <DataTable
                label="Workflows"
                columns={COLUMNS}
                rows={rows}
                rowId={rowId}
                totalCount={rows.length}
                cursorId={cursor.cursorId}
                onCursor={cursor.setCursor}
                openId={search.open}
                onOpen={(row) => open(row.name)}
              />
            )}
          </div>
        }
        isDetailWide
        detailLabel="Workflow"
        detail={
          data && isOpen ? (
            chosen ? (
              <WorkflowDetail key={chosen.name} workflow={chosen} onClose={close} />
            ) : (
              <NoSuchWorkflow />
            )
          ) : undefined
        }
      />
    </div>
  );
}

export function NoSuchWorkflow() {
  return (
    <Empty title="There is no such workflow" action={<AppLink href={workflowsHref()}>Go to the workflows</AppLink>}>
      It may be declared under another name now; its transactions then begin anew under that.
    </Empty>
  );
}
