import { useCallback, useMemo } from 'react';
import { age, exactInstant } from '../../shared/format/time.js';
import { systemName } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { useNavigation } from '../../shared/navigation.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { DataTable, type DataColumn } from '../../shared/table/data-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { changeableFieldsHref, type ChangeableFieldsSearch } from '../../shared/url-rules.js';
import { useNow } from '../../shared/use-now.js';
import { useCan } from '../../shared/viewer/viewer.js';
import { ChangeableDialog } from './changeable-dialog.js';
import { ChangeableFieldsDocument, type ChangeableRow } from './changeable-documents.js';
import { byDeclared, changeableAnswer } from './changeable-words.js';
import styles from './integrations-page.module.css';

const rowId = (row: ChangeableRow) => row.name;
const NONE: readonly ChangeableRow[] = [];

function columnsOf(now: Date): DataColumn<ChangeableRow>[] {
  return [
    { id: 'title', header: 'Integration', cell: (row) => <span title={row.name}>{row.title}</span> },
    {
      id: 'way',
      header: 'From and to',
      width: 220,
      hideBelow: 900,
      cell: (row) => `${systemName(row.fromSystem)} → ${systemName(row.toSystem)}`,
    },
    {
      id: 'fields',
      header: 'May be changed',
      width: 360,
      cell: (row) =>
        row.corrections && row.corrections.fields.length > 0 ? (
          <span className="mono" title={row.corrections.fields.join('\n')}>
            {row.corrections.fields.join(' ')}
          </span>
        ) : (
          <span className="muted">Nothing</span>
        ),
    },
    {
      id: 'contract',
      header: 'Contract',
      width: 180,
      hideBelow: 1250,
      cell: (row) => row.corrections?.contractType ?? <span className="muted">–</span>,
    },
    {
      id: 'changed',
      header: 'Changed',
      width: 180,
      hideBelow: 1050,
      cell: (row) =>
        row.corrections ? (
          <span title={exactInstant(row.corrections.changedAt)}>
            {row.corrections.changedByName}, {age(row.corrections.changedAt, now)} ago
          </span>
        ) : (
          <span className="muted">never</span>
        ),
    },
  ];
}

/** Which places of which payloads people may correct, per integration. */
export function ChangeableFieldsPage({ search }: { search: ChangeableFieldsSearch }) {
  const { go } = useNavigation();
  const can = useCan();
  const now = useNow();
  const { data, error, isLoading, asOf, reload } = useLoad(ChangeableFieldsDocument, {});
  const rows = useMemo(() => (data ? byDeclared(data.integrations.edges.map(({ node }) => node)) : NONE), [data]);
  const ids = useMemo(() => rows.map(rowId), [rows]);
  const mayWrite = can('catalog.write');
  const open = useCallback(
    (name: string) => {
      if (mayWrite) go(changeableFieldsHref({ open: name }), { replace: true });
    },
    [go, mayWrite],
  );
  const close = useCallback(() => go(changeableFieldsHref(), { replace: true }), [go]);
  const cursor = useListCursor({ ids, noun: 'integration', onOpen: open });
  const columns = useMemo(() => columnsOf(now), [now]);
  const opened = mayWrite ? rows.find(({ name }) => name === search.open) : undefined;
  return (
    <div className={styles['page']}>
      <PageHeader
        name="What may be corrected"
        asOf={asOf}
        answer={data ? changeableAnswer(rows) : 'What may be corrected'}
        detail={`Nothing may be changed by default. What moves money in a payment instruction is never changed here.${mayWrite ? '' : ' To declare fields you need the right to change the catalog, which an administrator gives.'}`}
      />
      <div className={styles['table']}>
        {isLoading && <Loading label="integrations" rows={6} />}
        {error && !data && <Failed what="list of integrations" error={error} onRetry={reload} />}
        {data && rows.length === 0 && (
          <Empty title="No integration is configured">
            An integration appears here when it is entered in the catalog; an administrator does that.
          </Empty>
        )}
        {rows.length > 0 && (
          <DataTable
            label="Integrations"
            columns={columns}
            rows={rows}
            rowId={rowId}
            totalCount={rows.length}
            cursorId={cursor.cursorId}
            onCursor={cursor.setCursor}
            onOpen={(row) => open(row.name)}
          />
        )}
      </div>
      {opened && (
        <ChangeableDialog
          row={opened}
          onClose={close}
          onSaved={() => {
            close();
            reload();
          }}
        />
      )}
    </div>
  );
}
