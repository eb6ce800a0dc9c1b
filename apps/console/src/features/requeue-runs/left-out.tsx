import type { RequeueRunLeftOutQuery } from '../../gql/graphql.js';
import { countNumber, cutMiddle } from '../../shared/format/words.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { AppLink } from '../../shared/navigation.js';
import { Panel } from '../../shared/page/panel.js';
import { ScrollRegion } from '../../shared/page/scroll-region.js';
import { Failed, MoreRows } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import { exceptionHref } from '../../shared/url.js';
import { RequeueRunLeftOutDocument, type LeftOutItem } from './runs-documents.js';
import page from '../../shared/page/list-page.module.css';

const PAGE = 100;

const selectItems = (data: RequeueRunLeftOutQuery) => data.requeuePlanItems;

/** What was asked for and is not sent, each with its reason; nothing where all of it goes. */
export function LeftOut({ id }: { id: string }) {
  const pages = usePages(RequeueRunLeftOutDocument, { id, first: PAGE }, selectItems);
  const { nodes, totalCount, error, reload } = pages;
  if (error && nodes.length === 0) return <Failed what="items left out" error={error} onRetry={reload} />;
  if (nodes.length === 0) return null;
  return (
    <Panel title="Left out" aside={`${countNumber(totalCount ?? nodes.length)}, still open`} isFlush>
      <ScrollRegion label="Items left out" className={page['scroll']}>
        <table className={page['plain']} aria-label="Items left out">
          <thead>
            <tr>
              <th scope="col">Document</th>
              <th scope="col">Why it is not sent</th>
            </tr>
          </thead>
          <tbody>
            {nodes.map((item) => (
              <Row key={item.position} item={item} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <MoreRows pages={pages} shown={nodes.length} noun="items" />
    </Panel>
  );
}

function Row({ item: { exceptionId, objectKey, reason, hasFallenOut } }: { item: LeftOutItem }) {
  return (
    <tr>
      <td>
        {objectKey === null ? (
          <span className="muted">not kept any more</span>
        ) : (
          <AppLink href={exceptionHref(exceptionId)}>{cutMiddle(objectKey)}</AppLink>
        )}
      </td>
      <td>
        <Status tone={hasFallenOut ? 'warning' : 'unknown'} isSentence>
          {reason ?? 'It was left out.'}
        </Status>
      </td>
    </tr>
  );
}
