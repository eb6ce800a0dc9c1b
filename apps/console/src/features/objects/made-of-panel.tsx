import { Button } from '@mantine/core';
import { graphql } from '../../gql/index.js';
import type { MadeOfQuery } from '../../gql/graphql.js';
import { count, countNumber, cutMiddle, plainWords } from '../../shared/format/words.js';
import { usePages, type Connection } from '../../shared/graphql/use-pages.js';
import { AppLink } from '../../shared/navigation.js';
import { MoneyText } from '../../shared/page/money-text.js';
import { Panel } from '../../shared/page/panel.js';
import { Failed, Loading } from '../../shared/states/states.js';
import { objectHref } from '../../shared/url.js';
import page from '../../shared/page/list-page.module.css';

const MadeOfDocument = graphql(`
  query MadeOf($id: ID!, $first: Int!, $after: String) {
    businessObject(id: $id) {
      id
      madeOf(first: $first, after: $after) {
        totalCount
        totalCountIsEstimate
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            qualifier
            object {
              id
              type
              key
            }
            amount {
              amount
              currency
            }
            stated {
              amount
              currency
            }
          }
        }
      }
    }
  }
`);

type Part = NonNullable<MadeOfQuery['businessObject']>['madeOf']['edges'][number]['node'];

const PAGE = 25;
const NOTHING: Connection<Part> = {
  edges: [],
  pageInfo: { hasNextPage: false, endCursor: null },
  totalCount: 0,
  totalCountIsEstimate: false,
};
const GATHERING: ReadonlySet<string> = new Set([
  'bank-statement',
  'cash-position',
  'cash-forecast',
  'payment-batch',
  'actuals-batch',
  'forecast-version',
  'report',
]);

/** True for what gathers many others: a position, a forecast, a batch, a report. */
export function gathersOthers(type: string): boolean {
  return GATHERING.has(type);
}

/** What a position, a forecast or a batch is made of, page by page. */
export function MadeOfPanel({ objectId }: { objectId: string }) {
  const pages = usePages(
    MadeOfDocument,
    { id: objectId, first: PAGE },
    (data) => data.businessObject?.madeOf ?? NOTHING,
  );
  if (pages.isLoading) return <Loading label="parts" rows={4} />;
  if (pages.error && !pages.data) return <Failed what="parts" error={pages.error} onRetry={pages.reload} />;
  return (
    <Panel title="What it is made of" aside={count(pages.totalCount, 'part')}>
      {pages.nodes.length === 0 ? (
        <p className="muted">Nothing leads to it yet.</p>
      ) : (
        <table className={page['plain']}>
          <thead>
            <tr>
              <th scope="col">Part</th>
              <th scope="col">Link</th>
              <th scope="col" data-align="end">
                Amount
              </th>
            </tr>
          </thead>
          <tbody>
            {pages.nodes.map((part) => (
              <tr key={`${part.object.id}/${part.qualifier}`}>
                <td>
                  <AppLink href={objectHref(part.object.id)}>
                    {plainWords(part.object.type)} <span className="mono">{cutMiddle(part.object.key, 40)}</span>
                  </AppLink>
                </td>
                <td>{plainWords(part.qualifier)}</td>
                <td data-align="end">
                  <MoneyText money={part.stated ?? part.amount} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {pages.hasMore && (
        <Button variant="default" size="compact-xs" mt={8} loading={pages.isLoadingMore} onClick={pages.loadMore}>
          {`Show more of ${countNumber(pages.totalCount)}`}
        </Button>
      )}
      {pages.moreError && <Failed what="next parts" error={pages.moreError} onRetry={pages.loadMore} />}
    </Panel>
  );
}
