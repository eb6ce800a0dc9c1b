import { useCallback, useMemo, useState } from 'react';
import type { SignalsQuery } from '../../gql/graphql.js';
import { count } from '../../shared/format/words.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { Icon } from '../../shared/icons/icon.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { CommandLine } from '../../shared/page/command-line.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { SectionTabs } from '../../shared/page/section-tabs.js';
import { MapAgainDialog, type MapAgainSelection } from '../../shared/remapping/map-again-dialog.js';
import { useIngestSummary } from '../../shared/signals/ingest-summary.js';
import { sendEventCommand } from '../../shared/signals/send-command.js';
import type { SignalRow } from '../../shared/signals/signal-documents.js';
import { SplitDetail } from '../../shared/split-detail/split-detail.js';
import { Empty, Failed } from '../../shared/states/states.js';
import { PagedTable } from '../../shared/table/paged-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { signalsHref, sourcesHref, type SignalsSearch } from '../../shared/url.js';
import { useNow } from '../../shared/use-now.js';
import { MapFilteredAgain } from './map-filtered-again.js';
import { RefusedList } from './refused-list.js';
import { signalColumns } from './signal-columns.js';
import { SignalDetail } from './signal-detail.js';
import { SignalFields, SignalFilters } from './signal-filters.js';
import { SignalsAnswer, SignalsFigures } from './signals-answer.js';
import { filterOf, isNarrowed, SignalsDocument } from './signals-documents.js';
import { useNewSignals } from './use-new-signals.js';
import page from '../../shared/page/list-page.module.css';

const PAGE = 100;
const selectSignals = (data: SignalsQuery) => data.signals;
const rowId = (row: SignalRow) => row.id;

/** What came in, what of it could not be read and why, and what was refused. */
export function SignalsPage({ search }: { search: SignalsSearch }) {
  const now = useNow();
  const load = useIngestSummary();
  const summary = load.data?.ingestSummary;
  const { go } = useNavigation();
  const setSearch = (next: SignalsSearch) => go(signalsHref(next), { replace: true });
  const closed = { ...search, open: undefined };
  return (
    <div className={page['page']}>
      <PageHeader
        name="Signals"
        asOf={load.asOf}
        answer={summary ? <SignalsAnswer summary={summary} now={now} /> : 'Signals'}
      />
      {load.error && !summary && <Failed what="figures of intake" error={load.error} onRetry={load.reload} />}
      {summary && <SignalsFigures summary={summary} now={now} />}
      <SectionTabs
        label="Parts of this screen"
        chosen={search.show}
        tabs={[
          { id: 'signals', name: 'Signals', href: signalsHref({ ...closed, show: 'signals' }) },
          { id: 'refused', name: 'Refused', href: signalsHref({ show: 'refused' }) },
        ]}
        aside={search.show === 'signals' && <SignalFields search={search} onSearch={setSearch} />}
      />
      {search.show === 'refused' ? <RefusedList search={search} /> : <SignalList search={search} now={now} />}
    </div>
  );
}

function SignalList({ search, now }: { search: SignalsSearch; now: Date }) {
  const { go } = useNavigation();
  const [asked, setAsked] = useState(() => new Date());
  // A window such as "last hour" ends when the list was asked for, so that nothing moves while it is read.
  const filter = useMemo(() => filterOf(search, asked), [search, asked]);
  const pages = usePages(
    SignalsDocument,
    { first: PAGE, filter, orderBy: search.order === 'oldest' ? 'RECEIVED_ASC' : 'RECEIVED_DESC' },
    selectSignals,
    { keepPrevious: true },
  );
  const { reload } = pages;
  const newCount = useNewSignals(filter, pages.asOf);
  const showNew = () => {
    setAsked(new Date());
    reload();
  };

  const change = useCallback((next: SignalsSearch) => go(signalsHref(next), { replace: true }), [go]);
  const open = useCallback(
    (id: string) => go(signalsHref({ ...search, open: id }), { replace: search.open !== undefined }),
    [go, search],
  );
  const close = useCallback(() => change({ ...search, open: undefined }), [change, search]);
  const ids = useMemo(() => pages.nodes.map(rowId), [pages.nodes]);
  const cursor = useListCursor({
    ids,
    noun: 'signal',
    onOpen: open,
    openId: search.open,
    onClose: search.open === undefined ? undefined : close,
    isSelectable: true,
  });
  const columns = useMemo(
    () => signalColumns(now, search.order, (order) => change({ ...search, order })),
    [now, search, change],
  );
  const [plan, setPlan] = useState<{ selection: MapAgainSelection; what: string }>();
  const { selected } = cursor;

  return (
    <>
      <SignalFilters
        search={search}
        aside={
          <MapFilteredAgain search={search} asked={asked} total={pages.data && pages.totalCount} onOver={reload} />
        }
      />
      <SplitDetail
        detailLabel="The signal that is open"
        list={
          <>
            {selected.size > 0 && (
              <div className={page['toolbar']} role="toolbar" aria-label="What to do with the selection">
                <strong>{count(selected.size, 'signal')} selected</strong>
                <PermittedButton
                  needs="mapping.run"
                  what="Mapping again"
                  size="compact-xs"
                  leftSection={<Icon name="again" size={13} />}
                  onClick={() =>
                    setPlan({
                      selection: { signalIds: [...selected] },
                      what: `${count(selected.size, 'signal')} are read once more from what was received, by the mappings that are in force now.`,
                    })
                  }
                >
                  Map again
                </PermittedButton>
              </div>
            )}
            {newCount > 0 && (
              <button type="button" className={page['news']} onClick={showNew}>
                {count(newCount, 'new signal')}, show
              </button>
            )}
            <PagedTable
              pages={pages}
              label="Signals"
              noun="signals"
              columns={columns}
              rowId={rowId}
              cursor={cursor}
              openId={search.open}
              onOpen={open}
              isSelectable
              empty={<NoSignals search={search} />}
            />
          </>
        }
        detail={
          search.open && (
            <SignalDetail
              key={search.open}
              id={search.open}
              onClose={close}
              hasKeys={selected.size === 0}
              onChanged={reload}
            />
          )
        }
      />
      {plan && (
        <MapAgainDialog
          {...plan}
          onClose={() => setPlan(undefined)}
          onOver={() => {
            cursor.clear();
            reload();
          }}
        />
      )}
    </>
  );
}

function NoSignals({ search }: { search: SignalsSearch }) {
  if (search.state.length === 1 && search.state[0] === 'UNMAPPED') {
    return (
      <Empty title="Every signal can be read" action={<AppLink href={signalsHref()}>See every signal</AppLink>}>
        One that no mapping takes is kept, listed here with the exact place and reason, and opens an exception.
      </Empty>
    );
  }
  if (isNarrowed(search)) {
    return (
      <Empty
        title="No signal matches these filters"
        action={<AppLink href={signalsHref({ order: search.order })}>Clear the filters</AppLink>}
      >
        Others may exist; the filters above narrow the list.
      </Empty>
    );
  }
  return (
    <Empty
      title="Nothing has come in yet"
      action={
        <>
          <AppLink href={sourcesHref({ show: 'keys' })}>Go to sources and keys</AppLink>
          <CommandLine name="Send a first event" text={sendEventCommand(window.location.hostname, new Date())} />
        </>
      }
    >
      Give a sender an ingest key, or configure a source system and its webhook address. What comes is listed here
      within seconds, whether or not it can be read.
    </Empty>
  );
}
