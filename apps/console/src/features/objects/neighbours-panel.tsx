import { graphql } from '../../gql/index.js';
import type { LineageDirection, LineageNeighboursQuery } from '../../gql/graphql.js';
import { count, cutMiddle, plainWords } from '../../shared/format/words.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { AppLink } from '../../shared/navigation.js';
import { MoneyText } from '../../shared/page/money-text.js';
import { Panel } from '../../shared/page/panel.js';
import { Failed, MoreRows } from '../../shared/states/states.js';
import { objectHref } from '../../shared/url.js';
import page from '../../shared/page/list-page.module.css';

const LineageNeighboursDocument = graphql(`
  query LineageNeighbours($objectId: ID!, $direction: LineageDirection!, $first: Int!, $after: String) {
    lineageNeighbours(objectId: $objectId, direction: $direction, first: $first, after: $after) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        qualifier
        amount {
          amount
          currency
        }
        node {
          id
          type
          key
          legalEntity
          amount {
            amount
            currency
          }
        }
      }
    }
  }
`);

type Edge = LineageNeighboursQuery['lineageNeighbours']['edges'][number];

const PAGE = 20;
const TITLES: Record<LineageDirection, string> = { UPSTREAM: 'Made of', DOWNSTREAM: 'Leads to' };

/** The list's rows are links; each with what it leads to. */
function selectLinks({ lineageNeighbours }: LineageNeighboursQuery) {
  return { ...lineageNeighbours, edges: lineageNeighbours.edges.map((edge) => ({ node: edge })) };
}

/** What lies one link upstream or downstream, the latest first; of a hub page by page. Nothing is shown of none. */
export function NeighboursPanel({ objectId, direction }: { objectId: string; direction: LineageDirection }) {
  const pages = usePages(LineageNeighboursDocument, { objectId, direction, first: PAGE }, selectLinks);
  const title = TITLES[direction];
  if (pages.error && pages.nodes.length === 0) {
    return (
      <Panel title={title}>
        <Failed what="links" error={pages.error} onRetry={pages.reload} />
      </Panel>
    );
  }
  if (pages.nodes.length === 0) return null;
  return (
    <Panel title={title} aside={`${pages.isEstimate ? 'more than ' : ''}${count(pages.totalCount, 'link')}`}>
      <table className={page['plain']} aria-label={title}>
        <thead>
          <tr>
            <th scope="col">Document</th>
            <th scope="col">Link</th>
            <th scope="col">Entity</th>
            <th scope="col">Amount</th>
          </tr>
        </thead>
        <tbody>
          {pages.nodes.map((edge) => (
            <LinkRow key={`${edge.node.id} ${edge.qualifier}`} edge={edge} />
          ))}
        </tbody>
      </table>
      <MoreRows pages={pages} shown={pages.nodes.length} noun="links" />
    </Panel>
  );
}

function LinkRow({ edge: { node, qualifier, amount } }: { edge: Edge }) {
  return (
    <tr>
      <td>
        <AppLink href={objectHref(node.id)} title={node.key}>
          {plainWords(node.type)} <span className="mono">{cutMiddle(node.key, 28)}</span>
        </AppLink>
      </td>
      <td>{plainWords(qualifier)}</td>
      <td>{node.legalEntity ?? '–'}</td>
      <td>
        <MoneyText money={amount ?? node.amount} />
      </td>
    </tr>
  );
}
