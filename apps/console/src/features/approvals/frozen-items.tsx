import { Fragment } from 'react';
import type { RequeueItemsQuery } from '../../gql/graphql.js';
import { formatMoney } from '../../shared/format/money.js';
import { cutMiddle, plainWords } from '../../shared/format/words.js';
import { usePages, type Connection } from '../../shared/graphql/use-pages.js';
import { AppLink } from '../../shared/navigation.js';
import { ChangeList } from '../../shared/payload/change-list.js';
import { ScrollRegion } from '../../shared/page/scroll-region.js';
import { Failed, Loading, MoreRows } from '../../shared/states/states.js';
import { doneWords } from '../../shared/status/action-words.js';
import { exceptionHref } from '../../shared/url.js';
import { RequeueItemsDocument } from './requeue-approval-documents.js';
import page from '../../shared/page/list-page.module.css';
import styles from './approvals-page.module.css';

const PAGE = 50;
const COLUMNS = 6;

type Item = NonNullable<RequeueItemsQuery['requeueRequest']>['frozenItems']['edges'][number]['node'];

const NOTHING: Connection<Item> = {
  edges: [],
  pageInfo: { hasNextPage: false, endCursor: null },
  totalCount: 0,
  totalCountIsEstimate: false,
};
const selectItems = (data: RequeueItemsQuery) => data.requeueRequest?.frozenItems ?? NOTHING;

/** "corrected, version 2"; "extracted anew"; "reversed on 2026-09-28". */
function sentAs({ mode, payloadVersion, compensation }: Item): string {
  if (compensation) {
    const { action, postingDate } = compensation;
    return `${doneWords(action)}${postingDate === null ? '' : ` on ${postingDate}`}`;
  }
  if (mode === 'CORRECTED') return `corrected, version ${String(payloadVersion)}`;
  return mode === 'EXTRACT_ANEW' ? 'extracted anew' : 'as it is';
}

/** Exactly what is approved, page by page; of what was corrected all that differs from its source. */
export function FrozenItems({ id }: { id: string }) {
  const pages = usePages(RequeueItemsDocument, { id, first: PAGE }, selectItems);
  const { nodes, data, error, isLoading, reload } = pages;
  if (isLoading) return <Loading label="frozen selection" rows={4} />;
  if (error && !data) return <Failed what="frozen selection" error={error} onRetry={reload} />;
  return (
    <>
      <ScrollRegion label="Frozen selection" className={`${page['scroll']} ${styles['frozen']}`}>
        <table className={page['plain']}>
          <thead>
            <tr>
              <th scope="col">Document</th>
              <th scope="col">Counterparty</th>
              <th scope="col">Entity</th>
              <th scope="col">Goes to</th>
              <th scope="col">Sent</th>
              <th scope="col">{nodes.some(({ compensation }) => compensation) ? 'Money effect' : 'Money at risk'}</th>
            </tr>
          </thead>
          <tbody>
            {nodes.map((item) => (
              <Fragment key={item.position}>
                <tr>
                  <td title={item.title}>
                    <AppLink href={exceptionHref(item.exceptionId)}>
                      {plainWords(item.objectType)} {cutMiddle(item.objectKey)}
                    </AppLink>
                  </td>
                  <td>{item.counterparty ?? '–'}</td>
                  <td>{item.legalEntity ?? '–'}</td>
                  <td className="mono">{item.integration}</td>
                  <td>{sentAs(item)}</td>
                  <td>{item.money ? formatMoney(item.money) : 'none'}</td>
                </tr>
                {item.changes.length > 0 && (
                  <tr>
                    <td colSpan={COLUMNS}>
                      <ChangeList
                        changes={item.changes}
                        label={`What is sent of ${item.objectKey}, against its source`}
                      />
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <MoreRows pages={pages} shown={nodes.length} noun="exceptions" />
    </>
  );
}
