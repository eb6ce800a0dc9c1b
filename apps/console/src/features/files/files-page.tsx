import { useCallback, useMemo } from 'react';
import type { FileFilter, FilesAnswerQuery, FilesQuery } from '../../gql/graphql.js';
import { count, countNumber } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { CommandLine } from '../../shared/page/command-line.js';
import { FilterBar } from '../../shared/page/filter-bar.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { SectionTabs } from '../../shared/page/section-tabs.js';
import { sendFileCommand } from '../../shared/signals/send-command.js';
import { SplitDetail } from '../../shared/split-detail/split-detail.js';
import { Empty } from '../../shared/states/states.js';
import { PagedTable } from '../../shared/table/paged-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { toggled } from '../../shared/toggled.js';
import { filesHref, type FilesSearch } from '../../shared/url.js';
import { useNow } from '../../shared/use-now.js';
import { useSourceSystemNames } from '../../shared/viewer/source-systems.js';
import { FileDetail } from './file-detail.js';
import { fileColumns } from './file-columns.js';
import { FORMAT_CHOICES } from './file-words.js';
import { FilesAnswerDocument, FilesDocument, type FileFull } from './files-documents.js';
import { RunsSection } from './runs-section.js';
import page from '../../shared/page/list-page.module.css';

const PAGE = 100;
// More sources than this would be a wall of words; a link from the source itself narrows to one.
const MOST_SYSTEMS = 8;
const selectFiles = (data: FilesQuery) => data.files;
const rowId = (row: FileFull) => row.id;

function filterOf(search: FilesSearch): FileFilter {
  const filter: FileFilter = {};
  if (search.format.length > 0) filter.formats = [...search.format];
  if (search.system.length > 0) filter.sourceSystems = [...search.system];
  if (search.isBroken) filter.hasControlBreak = true;
  return filter;
}

/** Files with their control totals, and the runs that jobs reported. */
export function FilesPage({ search }: { search: FilesSearch }) {
  const { data, asOf } = useLoad(FilesAnswerDocument, {});
  return (
    <div className={page['page']}>
      <PageHeader
        name="Files & runs"
        asOf={asOf}
        answer={data ? <Answer data={data} show={search.show} /> : 'Files and runs'}
      />
      <SectionTabs
        label="Parts of this screen"
        chosen={search.show}
        tabs={[
          { id: 'files', name: 'Files', href: filesHref() },
          { id: 'runs', name: 'Runs', href: filesHref({ show: 'runs' }) },
        ]}
      />
      {search.show === 'files' ? <FileList search={search} /> : <RunsSection search={search} />}
    </div>
  );
}

function Answer({ data, show }: { data: FilesAnswerQuery; show: FilesSearch['show'] }) {
  return show === 'files' ? <FilesAnswer {...data} /> : <RunsAnswer {...data} />;
}

function RunsAnswer({ runs, failed }: Pick<FilesAnswerQuery, 'runs' | 'failed'>) {
  if (runs.totalCount === 0) return 'No run was reported yet.';
  const all = `${runs.totalCountIsEstimate ? 'about ' : ''}${count(runs.totalCount, 'run')}`;
  if (failed.totalCount === 0) return `${capital(all)} reported; none of them failed.`;
  return (
    <>
      <AppLink href={filesHref({ show: 'runs', state: ['FAILED', 'ABORTED'] })}>
        {countNumber(failed.totalCount)} of {all}
      </AppLink>{' '}
      failed or were aborted.
    </>
  );
}

function FilesAnswer(data: Pick<FilesAnswerQuery, 'all' | 'broken'>) {
  const { totalCount: all, totalCountIsEstimate: isAbout } = data.all;
  const broken = data.broken.totalCount;
  if (all === 0) return 'No file has come yet, so there is no control total to trust.';
  const files = `${isAbout ? 'about ' : ''}${count(all, 'file')}`;
  if (broken === 0)
    return `${capital(files)} came in; every control total that ${all === 1 ? 'it states' : 'they state'} is met.`;
  return (
    <>
      <AppLink href={filesHref({ isBroken: true })}>
        {countNumber(broken)} of {files}
      </AppLink>{' '}
      {broken === 1 ? 'has' : 'have'} control totals that do not add up.
    </>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function FileList({ search }: { search: FilesSearch }) {
  const { go } = useNavigation();
  const now = useNow();
  const systems = useSourceSystemNames();
  const pages = usePages(FilesDocument, { first: PAGE, filter: filterOf(search) }, selectFiles, { keepPrevious: true });
  const open = useCallback(
    (id: string) => go(filesHref({ ...search, open: id }), { replace: search.open !== undefined }),
    [go, search],
  );
  const close = useCallback(() => go(filesHref({ ...search, open: undefined }), { replace: true }), [go, search]);
  const ids = useMemo(() => pages.nodes.map(rowId), [pages.nodes]);
  const cursor = useListCursor({
    ids,
    noun: 'file',
    onOpen: open,
    openId: search.open,
    onClose: search.open === undefined ? undefined : close,
  });
  const columns = useMemo(() => fileColumns(now), [now]);
  const isNarrowed = search.format.length > 0 || search.system.length > 0 || search.isBroken;
  const own = { ...search, open: undefined };
  const named = systems.filter(({ name }) => systems.length <= MOST_SYSTEMS || search.system.includes(name));
  return (
    <>
      <FilterBar
        groups={[
          {
            name: 'Controls',
            choices: [
              {
                id: 'broken',
                name: 'Broken',
                isChosen: search.isBroken,
                href: filesHref({ ...own, isBroken: !search.isBroken }),
              },
            ],
          },
          {
            name: 'Format',
            choices: FORMAT_CHOICES.map((format) => ({
              id: format,
              name: format,
              isChosen: search.format.includes(format),
              href: filesHref({ ...own, format: toggled(search.format, format) }),
            })),
          },
          ...(named.length > 0
            ? [
                {
                  name: 'Source',
                  choices: named.map(({ name }) => ({
                    id: name,
                    name,
                    isChosen: search.system.includes(name),
                    href: filesHref({ ...own, system: toggled(search.system, name) }),
                  })),
                },
              ]
            : []),
        ]}
        clearHref={isNarrowed ? filesHref() : undefined}
        aside={
          pages.data && (
            <span className="muted">
              {pages.isEstimate && 'about '}
              {countNumber(pages.totalCount)} {pages.totalCount === 1 ? 'file' : 'files'}
            </span>
          )
        }
      />
      <SplitDetail
        detailLabel="The file that is open"
        list={
          <PagedTable
            pages={pages}
            label="Files"
            noun="files"
            columns={columns}
            rowId={rowId}
            cursor={cursor}
            openId={search.open}
            onOpen={open}
            empty={
              isNarrowed ? (
                <Empty
                  title="No file matches these filters"
                  action={<AppLink href={filesHref()}>Clear the filters</AppLink>}
                />
              ) : (
                <Empty
                  title="No file has come yet"
                  action={<CommandLine name="Send a bank statement" text={sendFileCommand(window.location.hostname)} />}
                >
                  Statements and payment files are uploaded to the collector, or picked up from its watched folder. Each
                  is checked against the totals that it states and becomes one run; the same file again changes nothing.
                </Empty>
              )
            }
          />
        }
        detail={
          search.open && (
            <FileDetail
              key={search.open}
              id={search.open}
              known={pages.nodes.find((row) => row.id === search.open)}
              onClose={close}
            />
          )
        }
      />
    </>
  );
}
