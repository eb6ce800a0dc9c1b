import { useMemo } from 'react';
import { useLoad } from '../../shared/graphql/use-load.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { DataTable } from '../../shared/table/data-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { exceptionsHref } from '../../shared/url.js';
import { queueSettingsHref } from '../../shared/url-rules.js';
import { useNow } from '../../shared/use-now.js';
import { queueColumns } from './queue-columns.js';
import { queuesAnswer } from './queues-answer.js';
import { QueuesDocument, type QueueRow } from './queues-documents.js';
import page from '../../shared/page/list-page.module.css';

const rowId = (row: QueueRow) => row.name;
const NONE: readonly QueueRow[] = [];

/** Every queue with what waits in it and whose it is; those that hold nothing come last. */
export function QueuesPage() {
  const { go } = useNavigation();
  const now = useNow();
  const { data, error, isLoading, asOf, reload } = useLoad(QueuesDocument, {});
  const queues = data?.queues ?? NONE;
  const rows = useMemo(
    () => queues.toSorted((a, b) => Number(b.openCount > 0) - Number(a.openCount > 0) || b.urgentCount - a.urgentCount),
    [queues],
  );
  const ids = useMemo(() => rows.map(rowId), [rows]);
  const cursor = useListCursor({
    ids,
    noun: 'queue',
    onOpen: (name) => go(exceptionsHref({ queue: [name], snoozed: 'with' })),
  });
  const columns = useMemo(() => queueColumns(now), [now]);
  const isAllEmpty = data !== undefined && queues.every(({ openCount }) => openCount === 0);
  return (
    <div className={page['page']}>
      <PageHeader
        name="Queues"
        asOf={asOf}
        answer={data ? queuesAnswer(queues) : 'What waits for whom'}
        detail={
          <>
            Money in EUR at the rate of the day of each failure; money on its way from a document to the next counts
            once. <AppLink href={queueSettingsHref()}>People, hours and rules</AppLink>
          </>
        }
      />
      <div className={page['table']}>
        {isLoading && <Loading label="queues" rows={11} />}
        {error && !data && <Failed what="list of queues" error={error} onRetry={reload} />}
        {isAllEmpty && (
          <Empty
            title="Every queue is empty"
            action={<AppLink href={exceptionsHref({ view: 'resolved' })}>See what was resolved</AppLink>}
          >
            What fails from now on is sent to its queue by kind of problem, entity, integration and amount.
          </Empty>
        )}
        {rows.length > 0 && (
          <DataTable
            label="Queues"
            columns={columns}
            rows={rows}
            rowId={rowId}
            totalCount={rows.length}
            cursorId={cursor.cursorId}
            onCursor={cursor.setCursor}
            onOpen={(row) => go(exceptionsHref({ queue: [row.name] }))}
          />
        )}
      </div>
    </div>
  );
}
