import { useMemo } from 'react';
import type { ObjectHistoryQuery } from '../../gql/graphql.js';
import { usePages, type Connection } from '../../shared/graphql/use-pages.js';
import { ScrollRegion } from '../../shared/page/scroll-region.js';
import { Failed, Loading, MoreRows } from '../../shared/states/states.js';
import { attributeWords } from '../../shared/findings/finding-words.js';
import { NO_ROWS } from './no-rows.js';
import { ObjectHistoryDocument, type AttributeChange } from './object-documents.js';
import { OriginText } from './origin-text.js';
import page from '../../shared/page/list-page.module.css';
import styles from './object-page.module.css';

const PAGE = 50;
const selectChanges = (data: ObjectHistoryQuery): Connection<AttributeChange> =>
  data.businessObject?.attributeHistory ?? NO_ROWS;

/** Every change of every attribute, the latest first. */
export function AttributeHistory({ id }: { id: string }) {
  const variables = useMemo(() => ({ id, first: PAGE }), [id]);
  const pages = usePages(ObjectHistoryDocument, variables, selectChanges);
  if (pages.isLoading) return <Loading label="history" rows={4} />;
  if (pages.error && pages.nodes.length === 0)
    return <Failed what="history" error={pages.error} onRetry={pages.reload} />;
  if (pages.nodes.length === 0) return <p className="muted">No system has stated any attribute of it.</p>;
  return (
    <ScrollRegion label="History of its attributes" className={styles['tall']}>
      <table className={page['plain']} aria-label="History of its attributes">
        <thead>
          <tr>
            <th scope="col">Attribute</th>
            <th scope="col">Became</th>
            <th scope="col">Was</th>
            <th scope="col">Stated by</th>
            <th scope="col">Received on</th>
          </tr>
        </thead>
        <tbody>
          {pages.nodes.map(({ name, value, previous, statedBy }) => (
            <tr key={`${statedBy.activityId}/${name}`}>
              <td title={name}>{attributeWords(name)}</td>
              <td className={page['anywhere']}>{value}</td>
              <td className={`muted ${page['anywhere']}`}>{previous ?? '–'}</td>
              <td>
                <OriginText origin={statedBy} />
              </td>
              <td className="muted">{statedBy.recordedOn}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <MoreRows pages={pages} shown={pages.nodes.length} noun="changes" />
      {pages.isEstimate && (
        <p className="muted">Told from the latest 500 messages that name it; older ones are not shown.</p>
      )}
    </ScrollRegion>
  );
}
