import type { AskedItemsQuery } from '../../gql/graphql.js';
import { formatMoney } from '../../shared/format/money.js';
import { cutMiddle, plainWords } from '../../shared/format/words.js';
import { usePages, type Connection } from '../../shared/graphql/use-pages.js';
import { AppLink } from '../../shared/navigation.js';
import { ScrollRegion } from '../../shared/page/scroll-region.js';
import { Failed, Loading, MoreRows } from '../../shared/states/states.js';
import { exceptionHref } from '../../shared/url.js';
import { AskedItemsDocument } from './approval-documents.js';
import page from '../../shared/page/list-page.module.css';
import styles from './approvals-page.module.css';

const PAGE = 50;

type Item = NonNullable<NonNullable<AskedItemsQuery['acceptanceEntry']>['asked']>['items']['edges'][number]['node'];

const NOTHING: Connection<Item> = {
  edges: [],
  pageInfo: { hasNextPage: false, endCursor: null },
  totalCount: 0,
  totalCountIsEstimate: false,
};
const selectItems = (data: AskedItemsQuery) => data.acceptanceEntry?.asked?.items ?? NOTHING;

/** Exactly what waits of what one act asked for, page by page, as it was frozen. */
export function AskedItems({ id }: { id: string }) {
  const pages = usePages(AskedItemsDocument, { id, first: PAGE }, selectItems);
  const { nodes, data, error, isLoading, reload } = pages;
  if (isLoading) return <Loading label="exceptions" rows={4} />;
  if (error && !data) return <Failed what="list of exceptions" error={error} onRetry={reload} />;
  return (
    <>
      <ScrollRegion label="What waits" className={`${page['scroll']} ${styles['frozen']}`}>
        <table className={page['plain']}>
          <thead>
            <tr>
              <th scope="col">Document</th>
              <th scope="col">Counterparty</th>
              <th scope="col">Entity</th>
              <th scope="col">Money at risk</th>
            </tr>
          </thead>
          <tbody>
            {nodes.map(({ id: acceptanceId, title, exception, moneyAtRisk }) => (
              <tr key={acceptanceId}>
                <td title={title}>
                  {exception ? (
                    <AppLink href={exceptionHref(exception.id)}>
                      {plainWords(exception.businessObject.type)} {cutMiddle(exception.businessObject.key)}
                    </AppLink>
                  ) : (
                    title
                  )}
                </td>
                <td>{exception?.counterparty ?? '–'}</td>
                <td>{exception?.legalEntity ?? '–'}</td>
                <td>{moneyAtRisk ? formatMoney(moneyAtRisk) : 'none'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <MoreRows pages={pages} shown={nodes.length} noun="exceptions" />
    </>
  );
}
