import { useCallback, useMemo, useState } from 'react';
import type { SourceSystemsQuery } from '../../gql/graphql.js';
import { age, exactInstant, startOfUtcDay } from '../../shared/format/time.js';
import { countNumber } from '../../shared/format/words.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { lagWords } from '../../shared/signals/signal-words.js';
import { SplitDetail } from '../../shared/split-detail/split-detail.js';
import { Empty } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import type { DataColumn } from '../../shared/table/data-table.js';
import { PagedTable } from '../../shared/table/paged-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { mappingHref, signalsHref, sourcesHref, type SourcesSearch } from '../../shared/url.js';
import { useNow } from '../../shared/use-now.js';
import { authenticationWords, systemState } from './source-words.js';
import { SourceSystemsDocument, type SourceSystem } from './sources-documents.js';
import { SystemDetail } from './system-detail.js';
import { SystemDialog } from './system-dialog.js';
import page from '../../shared/page/list-page.module.css';

const PAGE = 100;
const selectSystems = (data: SourceSystemsQuery) => data.sourceSystems;
const rowId = (row: SourceSystem) => row.name;

type SystemsSectionProps = { search: SourcesSearch; isAdding: boolean; onAdded: () => void };

/** The systems that send, with freshness, lag and what of today could not be read. */
export function SystemsSection({ search, isAdding, onAdded }: SystemsSectionProps) {
  const { go } = useNavigation();
  const now = useNow();
  const pages = usePages(SourceSystemsDocument, { first: PAGE }, selectSystems);
  const [edited, setEdited] = useState<SourceSystem>();
  const open = useCallback((name: string) => go(sourcesHref({ open: name }), { replace: true }), [go]);
  const close = useCallback(() => go(sourcesHref(), { replace: true }), [go]);
  const ids = useMemo(() => pages.nodes.map(rowId), [pages.nodes]);
  const cursor = useListCursor({
    ids,
    noun: 'source system',
    onOpen: open,
    openId: search.open,
    onClose: search.open === undefined ? undefined : close,
  });
  const columns = useMemo(() => systemColumns(now), [now]);
  const opened = pages.nodes.find((row) => row.name === search.open);
  const finish = () => {
    setEdited(undefined);
    if (isAdding) onAdded();
  };
  return (
    <>
      <SplitDetail
        detailLabel="The source system that is open"
        list={
          <PagedTable
            pages={pages}
            label="Source systems"
            noun="source systems"
            columns={columns}
            rowId={rowId}
            cursor={cursor}
            openId={search.open}
            onOpen={open}
            empty={
              <Empty title="No source system is configured">
                Add one to receive its webhooks and files under its own name, zone and authentication.
              </Empty>
            }
          />
        }
        detail={
          opened && <SystemDetail key={opened.name} system={opened} onClose={close} onEdit={() => setEdited(opened)} />
        }
      />
      {(edited !== undefined || isAdding) && (
        <SystemDialog
          system={edited}
          onClose={finish}
          onSaved={(name) => {
            finish();
            pages.reload();
            open(name);
          }}
        />
      )}
    </>
  );
}

function systemColumns(now: Date): DataColumn<SourceSystem>[] {
  return [
    {
      id: 'state',
      header: 'State',
      width: 146,
      cell: (row) => {
        const { tone, word } = systemState(row, now);
        return <Status tone={tone}>{word}</Status>;
      },
    },
    { id: 'title', header: 'Source system', cell: (row) => <span title={row.name}>{row.title}</span> },
    {
      id: 'name',
      header: 'Name',
      width: 160,
      hideBelow: 1250,
      cell: (row) => <span className="mono">{row.name}</span>,
    },
    { id: 'kind', header: 'Kind', width: 140, hideBelow: 860, cell: (row) => row.kind },
    {
      id: 'last',
      header: 'Last received',
      width: 116,
      align: 'end',
      cell: (row) =>
        row.lastReceivedAt ? (
          <time title={exactInstant(row.lastReceivedAt)}>{age(row.lastReceivedAt, now)} ago</time>
        ) : (
          <span className="muted">never</span>
        ),
    },
    {
      id: 'lag',
      header: 'Longest lag',
      width: 96,
      align: 'end',
      hideBelow: 700,
      cell: (row) => (
        <span title="Today, from when it happened to when it came">{lagWords(row.longestLagSecondsToday)}</span>
      ),
    },
    {
      id: 'today',
      header: 'Today',
      width: 80,
      align: 'end',
      cell: (row) => (
        <AppLink
          title="Since midnight UTC, spans too; spans are found by their trace, the list shows the others"
          href={signalsHref({ system: [row.name], from: startOfUtcDay(now) })}
        >
          {countNumber(row.signalsToday)}
        </AppLink>
      ),
    },
    {
      id: 'unread',
      header: 'Unread',
      width: 76,
      align: 'end',
      cell: (row) =>
        row.unmappedToday > 0 ? (
          <AppLink
            className={page['critical']}
            href={signalsHref({ system: [row.name], state: ['UNMAPPED'], from: startOfUtcDay(now) })}
          >
            {countNumber(row.unmappedToday)}
          </AppLink>
        ) : (
          0
        ),
    },
    {
      id: 'authentication',
      header: 'Webhooks prove',
      width: 150,
      hideBelow: 980,
      cell: (row) => authenticationWords(row.webhookAuthentication),
    },
    {
      id: 'mapping',
      header: 'Mapping',
      width: 150,
      hideBelow: 1120,
      cell: (row) =>
        row.mapping ? (
          <AppLink href={mappingHref(row.mapping.name)}>{row.mapping.title}</AppLink>
        ) : (
          <span className={page['critical']}>none</span>
        ),
    },
  ];
}
