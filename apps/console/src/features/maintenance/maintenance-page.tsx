import { useCallback, useMemo, useState } from 'react';
import { exactInstant } from '../../shared/format/time.js';
import { count, countNumber } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { Icon } from '../../shared/icons/icon.js';
import { heldWhen, maintained } from '../../shared/maintenance/maintenance-words.js';
import { useNavigation } from '../../shared/navigation.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { SplitDetail } from '../../shared/split-detail/split-detail.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import { DataTable, type DataColumn } from '../../shared/table/data-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { maintenanceHref, type MaintenanceSearch } from '../../shared/url-rules.js';
import { useCan } from '../../shared/viewer/viewer.js';
import { MaintenanceDetail } from './maintenance-detail.js';
import { MaintenanceWindowsDocument, type WindowRow } from './maintenance-documents.js';
import { PlanMaintenanceDialog } from './plan-maintenance-dialog.js';
import page from '../../shared/page/list-page.module.css';

const rowId = (row: WindowRow) => row.id;
const NONE: readonly WindowRow[] = [];

const COLUMNS: DataColumn<WindowRow>[] = [
  {
    id: 'what',
    header: 'Of',
    width: 220,
    cell: (row) => (
      <span className="mono" title={maintained(row)}>
        {maintained(row)}
      </span>
    ),
  },
  { id: 'state', header: 'State', width: 120, cell: (row) => <WindowState row={row} /> },
  {
    id: 'when',
    header: 'When',
    width: 300,
    hideBelow: 760,
    cell: (row) => <span title={exactInstant(row.startsAt)}>{heldWhen(row)}</span>,
  },
  { id: 'reason', header: 'Reason', hideBelow: 900, cell: (row) => <span title={row.reason}>{row.reason}</span> },
  {
    id: 'held',
    header: 'Holds',
    width: 80,
    align: 'end',
    cell: (row) => (row.holds && row.holds.held > 0 ? countNumber(row.holds.held) : <span className="muted">–</span>),
  },
];

/** How a window stands, in a word. */
export function WindowState({ row }: { row: WindowRow }) {
  if (row.isActive) return <Status tone="waiting">Held now</Status>;
  if (row.nextFrom) return <Status tone="info">To come</Status>;
  return <Status tone="unknown">{row.endedAt ? 'Ended' : 'Over'}</Status>;
}

/** "sap-de is under maintenance and holds back 12; 3 more are planned." */
export function maintenanceAnswer(windows: readonly WindowRow[]): string {
  const active = windows.filter(({ isActive }) => isActive);
  const planned = windows.filter(({ isActive, nextFrom }) => !isActive && nextFrom);
  const held = active.reduce((sum, { holds }) => sum + (holds?.held ?? 0), 0);
  const names = [...new Set(active.map(maintained))].join(', ');
  const first =
    active.length === 0
      ? 'Nothing is under maintenance'
      : `${names} ${active.length === 1 ? 'is' : 'are'} under maintenance${held === 0 ? '' : `, and ${count(held, 'problem is', 'problems are')} held back`}`;
  return `${first}; ${planned.length === 0 ? 'none is planned' : `${planned.length} planned`}.`;
}

/** When systems and integrations are down on purpose, and what is held back meanwhile. */
export function MaintenancePage({ search }: { search: MaintenanceSearch }) {
  const { go } = useNavigation();
  const can = useCan();
  const { data, error, isLoading, asOf, reload } = useLoad(MaintenanceWindowsDocument, {
    withHolds: can('exception.read'),
  });
  const [isPlanning, setPlanning] = useState(false);
  const rows = data?.maintenanceWindows ?? NONE;
  const ids = useMemo(() => rows.map(rowId), [rows]);
  const isOpen = search.open !== undefined;
  const open = useCallback((id: string) => go(maintenanceHref({ open: id }), { replace: isOpen }), [go, isOpen]);
  const close = useCallback(() => go(maintenanceHref(), { replace: true }), [go]);
  const cursor = useListCursor({
    ids,
    noun: 'maintenance',
    onOpen: open,
    openId: search.open,
    onClose: isOpen ? close : undefined,
  });
  return (
    <div className={page['page']}>
      <PageHeader
        name="Maintenance"
        asOf={asOf}
        answer={data ? maintenanceAnswer(rows) : 'When systems are down on purpose'}
        detail="In it nothing opens for lateness or failures of what is maintained, and clocks stand still. What still fails after it opens then."
        actions={
          <PermittedButton
            needs="catalog.write"
            what="Planning maintenance"
            variant="default"
            leftSection={<Icon name="plus" size={14} />}
            onClick={() => setPlanning(true)}
          >
            Plan maintenance
          </PermittedButton>
        }
      />
      <SplitDetail
        list={
          <div className={page['table']}>
            {isLoading && <Loading label="maintenance" rows={6} />}
            {error && !data && <Failed what="list of maintenance" error={error} onRetry={reload} />}
            {data && rows.length === 0 && (
              <Empty title="No maintenance was ever planned">
                Plan one for a source system or an integration, once or weekly, also when it has begun already: what
                waits for it is not late through it.
              </Empty>
            )}
            {rows.length > 0 && (
              <DataTable
                label="Maintenance"
                columns={COLUMNS}
                rows={rows}
                rowId={rowId}
                totalCount={rows.length}
                cursorId={cursor.cursorId}
                onCursor={cursor.setCursor}
                openId={search.open}
                onOpen={(row) => open(row.id)}
              />
            )}
          </div>
        }
        detailLabel="Maintenance"
        detail={
          search.open === undefined || !data ? undefined : (
            <MaintenanceDetail
              key={search.open}
              window={rows.find(({ id }) => id === search.open)}
              onClose={close}
              onChanged={reload}
            />
          )
        }
      />
      {isPlanning && (
        <PlanMaintenanceDialog
          onClose={() => setPlanning(false)}
          onDone={(id) => {
            setPlanning(false);
            reload();
            open(id);
          }}
        />
      )}
    </div>
  );
}
