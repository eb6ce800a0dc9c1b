import { useCallback, useMemo } from 'react';
import { countNumber } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { FilterBar } from '../../shared/page/filter-bar.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { SplitDetail } from '../../shared/split-detail/split-detail.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { DataTable } from '../../shared/table/data-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { ORPHAN_WINDOWS, orphansHref, signalsHref, type OrphansSearch } from '../../shared/url.js';
import { IntegrationOrphans } from './integration-orphans.js';
import { trustColumns } from './orphan-columns.js';
import { LineageTrustDocument } from './orphans-documents.js';
import { prepareTrust, trustAnswer, windowWords, type TrustRow } from './prepare-trust.js';
import page from '../../shared/page/list-page.module.css';

const DAY_MS = 86_400_000;
const rowId = (row: TrustRow) => row.id;
const NONE: readonly TrustRow[] = [];

/** How far lineage can be trusted: what each integration reports that has no place in a transaction, and what would give it one. */
export function OrphansPage({ search }: { search: OrphansSearch }) {
  const { go } = useNavigation();
  // fixed while the window is: an instant that moves would ask anew with every look
  const from = useMemo(() => new Date(Date.now() - search.days * DAY_MS).toISOString(), [search.days]);
  const { data, error, isLoading, asOf, reload } = useLoad(LineageTrustDocument, { from });
  const rows = useMemo(() => {
    if (!data) return NONE;
    const titles = new Map(data.integrations.edges.map(({ node }) => [node.name, node.title]));
    return prepareTrust(data.lineageTrust.integrations, titles);
  }, [data]);
  const open = useCallback(
    (id: string) => go(orphansHref({ ...search, integration: id }), { replace: search.integration !== undefined }),
    [go, search],
  );
  const close = useCallback(
    () => go(orphansHref({ ...search, integration: undefined }), { replace: true }),
    [go, search],
  );
  const ids = useMemo(() => rows.map(rowId), [rows]);
  const isOpen = search.integration !== undefined;
  const cursor = useListCursor({ ids, noun: 'integration', onOpen: open, isActive: !isOpen });
  const columns = useMemo(() => trustColumns(), []);
  const chosen = rows.find((row) => row.id === search.integration);
  const list = (
    <div className={page['table']}>
      {isLoading && <Loading label="orphans" rows={8} />}
      {error && !data && <Failed what="trust in lineage" error={error} onRetry={reload} />}
      {data && rows.length === 0 && (
        <Empty
          title={`No integration reported anything in ${windowWords(search.days)}`}
          action={<AppLink href={signalsHref()}>See what came in</AppLink>}
        >
          What is received is told apart here once a mapping has made reports of it.
        </Empty>
      )}
      {rows.length > 0 && (
        <DataTable
          label="Integrations by trust"
          columns={columns}
          rows={rows}
          rowId={rowId}
          totalCount={rows.length}
          cursorId={cursor.cursorId}
          onCursor={cursor.setCursor}
          openId={search.integration}
          onOpen={(row) => open(row.id)}
        />
      )}
    </div>
  );
  return (
    <div className={page['page']}>
      <PageHeader
        name="Orphans"
        asOf={asOf}
        answer={data ? trustAnswer(rows, search.days) : 'How far lineage can be trusted'}
        detail={data && howFar(rows, data.lineageTrust)}
      />
      <FilterBar
        groups={[
          {
            name: 'Window',
            isSingle: true,
            choices: ORPHAN_WINDOWS.map((days) => ({
              id: String(days),
              name: days === 1 ? '24 hours' : `${days} days`,
              isChosen: search.days === days,
              href: orphansHref({ ...search, days }),
            })),
          },
        ]}
      />
      <SplitDetail
        list={list}
        detailLabel="Orphans of the integration"
        detail={
          search.integration !== undefined && data ? (
            <IntegrationOrphans
              key={search.integration}
              row={chosen}
              id={search.integration}
              search={search}
              from={from}
              onClose={close}
            />
          ) : undefined
        }
      />
    </div>
  );
}

/** What the figures leave out, where they leave out anything. */
function howFar(
  rows: readonly TrustRow[],
  trust: { mostPerIntegration: number; isTruncated: boolean },
): string | undefined {
  const limits = [
    rows.some(({ isCapped }) => isCapped) &&
      `Of each integration the latest ${countNumber(trust.mostPerIntegration)} reports are looked at.`,
    trust.isTruncated && `The first ${countNumber(rows.length)} integrations by name are shown.`,
  ].filter((words) => words !== false);
  return limits.length === 0 ? undefined : limits.join(' ');
}
