import { useMemo } from 'react';
import type { ObjectActivitiesQuery } from '../../gql/graphql.js';
import { dateTime, exactInstant } from '../../shared/format/time.js';
import { countNumber, plainWords, systemName } from '../../shared/format/words.js';
import { usePages, type Connection } from '../../shared/graphql/use-pages.js';
import { AppLink } from '../../shared/navigation.js';
import { Panel } from '../../shared/page/panel.js';
import { ScrollRegion } from '../../shared/page/scroll-region.js';
import { Failed, Loading, MoreRows } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import { objectHref, signalHref, traceHref } from '../../shared/url.js';
import { NO_ROWS } from './no-rows.js';
import { ObjectActivitiesDocument, type ObjectActivity } from './object-documents.js';
import page from '../../shared/page/list-page.module.css';
import styles from './object-page.module.css';

const PAGE = 25;
const MOST_NAMED = 4;
const selectActivities = (data: ObjectActivitiesQuery): Connection<ObjectActivity> =>
  data.businessObject?.activities ?? NO_ROWS;

/** What happened to it or speaks of it, the latest first. */
export function ActivitiesPanel({ id }: { id: string }) {
  const variables = useMemo(() => ({ id, first: PAGE }), [id]);
  const pages = usePages(ObjectActivitiesDocument, variables, selectActivities);
  const total = `${pages.isEstimate ? 'about ' : ''}${countNumber(pages.totalCount)}`;
  return (
    <Panel
      title="What happened"
      aside={pages.isLoading ? undefined : `${total} ${pages.totalCount === 1 ? 'activity' : 'activities'}`}
    >
      {pages.isLoading ? (
        <Loading label="activities" rows={5} />
      ) : pages.error && pages.nodes.length === 0 ? (
        <Failed what="list of activities" error={pages.error} onRetry={pages.reload} />
      ) : pages.nodes.length === 0 ? (
        <p className="muted">The messages that spoke of it are not stored any more.</p>
      ) : (
        <ScrollRegion label="What happened" className={styles['tall']}>
          <table className={page['plain']} aria-label="What happened">
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">What</th>
                <th scope="col">In</th>
                <th scope="col">With</th>
              </tr>
            </thead>
            <tbody>
              {pages.nodes.map((activity) => (
                <ActivityRow key={activity.id} activity={activity} id={id} />
              ))}
            </tbody>
          </table>
          <MoreRows pages={pages} shown={pages.nodes.length} noun="activities" />
        </ScrollRegion>
      )}
    </Panel>
  );
}

function ActivityRow({ activity, id }: { activity: ObjectActivity; id: string }) {
  const { type, occurredAt, outcome, system, traceId, spanId, signalId, message } = activity;
  const others = activity.objects.filter((object) => object.id !== id);
  return (
    <tr>
      <td className={styles['when']} title={exactInstant(occurredAt)}>
        {dateTime(occurredAt, undefined, true)}
      </td>
      <td>
        {outcome === 'failure' ? <Status tone="critical">{plainWords(type)}</Status> : plainWords(type)}
        {message && <div className="muted">{message}</div>}
      </td>
      <td>
        {systemName(system)}
        {traceId && (
          <>
            {' '}
            <AppLink
              href={traceHref(traceId, { span: signalId === null ? (spanId ?? undefined) : undefined })}
              className={styles['inText']}
              title={`The run of “${plainWords(type)}”`}
            >
              run
            </AppLink>
          </>
        )}
        {signalId && (
          <>
            {' '}
            <AppLink
              href={signalHref(signalId)}
              className={styles['inText']}
              title={`The message of “${plainWords(type)}”`}
            >
              message
            </AppLink>
          </>
        )}
      </td>
      <td>
        {others.slice(0, MOST_NAMED).map((object, index) => (
          <span key={object.id}>
            {index > 0 && ', '}
            <AppLink href={objectHref(object.id)} title={`${plainWords(object.type)} ${object.key}`}>
              <span className="mono">{object.key}</span>
            </AppLink>
          </span>
        ))}
        {others.length > MOST_NAMED && <span className="muted"> and {others.length - MOST_NAMED} more</span>}
      </td>
    </tr>
  );
}
