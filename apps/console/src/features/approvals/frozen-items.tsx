import type { RequeueItemsQuery } from '../../gql/graphql.js';
import { formatMoney } from '../../shared/format/money.js';
import { cutMiddle, plainWords } from '../../shared/format/words.js';
import { usePages, type Connection } from '../../shared/graphql/use-pages.js';
import { AppLink } from '../../shared/navigation.js';
import { ScrollRegion } from '../../shared/page/scroll-region.js';
import { Failed, Loading, MoreRows } from '../../shared/states/states.js';
import { exceptionHref } from '../../shared/url.js';
import { RequeueItemsDocument } from './requeue-approval-documents.js';
import page from '../../shared/page/list-page.module.css';

const PAGE = 50;

type Item = NonNullable<RequeueItemsQuery['requeueRequest']>['frozenItems']['edges'][number]['node'];

const NOTHING: Connection<Item> = {
  edges: [],
  pageInfo: { hasNextPage: false, endCursor: null },
  totalCount: 0,
  totalCountIsEstimate: false,
};
const selectItems = (data: RequeueItemsQuery) => data.requeueRequest?.frozenItems ?? NOTHING;

/** Exactly what is approved, page by page. */
export function FrozenItems({ id }: { id: string }) {
  const pages = usePages(RequeueItemsDocument, { id, first: PAGE }, selectItems);
  const { nodes, data, error, isLoading, reload } = pages;
  if (isLoading) return <Loading label="frozen selection" rows={4} />;
  if (error && !data) return <Failed what="frozen selection" error={error} onRetry={reload} />;
  return (
    <>
      <ScrollRegion label="Frozen selection" className={page['scroll']}>
        <table className={page['plain']}>
          <thead>
            <tr>
              <th scope="col">Document</th>
              <th scope="col">Counterparty</th>
              <th scope="col">Entity</th>
              <th scope="col">Goes to</th>
              <th scope="col">Money at risk</th>
            </tr>
          </thead>
          <tbody>
            {nodes.map((item) => (
              <tr key={item.position}>
                <td title={item.title}>
                  <AppLink href={exceptionHref(item.exceptionId)}>
                    {plainWords(item.objectType)} {cutMiddle(item.objectKey)}
                  </AppLink>
                </td>
                <td>{item.counterparty ?? '–'}</td>
                <td>{item.legalEntity ?? '–'}</td>
                <td className="mono">{item.integration}</td>
                <td>{item.money ? formatMoney(item.money) : 'none'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <MoreRows pages={pages} shown={nodes.length} noun="exceptions" />
    </>
  );
}
