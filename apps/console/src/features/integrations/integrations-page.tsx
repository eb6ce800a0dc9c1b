import { useMemo } from 'react';
import { graphql } from '../../gql/index.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { DataTable } from '../../shared/table/data-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { requeueTargetHref } from '../../shared/url-requeue.js';
import { changeableFieldsHref } from '../../shared/url-rules.js';
import { useNow } from '../../shared/use-now.js';
import { integrationColumns, type IntegrationRow } from './integration-columns.js';
import { healthOf, integrationsAnswer } from '../../shared/status/integration-health.js';
import styles from './integrations-page.module.css';

export const IntegrationsDocument = graphql(`
  query Integrations {
    integrations(first: 200) {
      edges {
        node {
          name
          title
          fromSystem
          toSystem
          owner
          criticality
          canRequeue
          compensations {
            actions {
              action
            }
          }
          requeueTarget {
            pausedUntil
            failures
            reason
          }
          requeueDestination {
            adapterTitle
            missing
          }
          lastActivityAt
          failuresToday
          activitiesToday
          openExceptions
        }
      }
    }
  }
`);

const rowId = (row: IntegrationRow) => row.name;
const NONE: readonly IntegrationRow[] = [];

/** Every integration with its health of today. */
export function IntegrationsPage() {
  const { go } = useNavigation();
  const now = useNow();
  const { data, error, isLoading, asOf, reload } = useLoad(IntegrationsDocument, {});
  const rows = useMemo(() => data?.integrations.edges.map(({ node }) => node) ?? NONE, [data]);
  const ordered = useMemo(
    () => rows.toSorted((a, b) => healthOf(a, now).rank - healthOf(b, now).rank || a.title.localeCompare(b.title)),
    [rows, now],
  );
  const ids = useMemo(() => ordered.map(rowId), [ordered]);
  const open = (name: string) => go(requeueTargetHref(name));
  const cursor = useListCursor({ ids, noun: 'integration', onOpen: open });
  const columns = useMemo(() => integrationColumns(now), [now]);
  return (
    <div className={styles['page']}>
      <PageHeader
        name="Integrations"
        asOf={asOf}
        answer={data ? integrationsAnswer(rows, now) : 'Integrations'}
        actions={<AppLink href={changeableFieldsHref()}>What may be corrected</AppLink>}
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
            rows={ordered}
            rowId={rowId}
            totalCount={rows.length}
            cursorId={cursor.cursorId}
            onCursor={cursor.setCursor}
            onOpen={(row) => open(row.name)}
          />
        )}
      </div>
    </div>
  );
}
