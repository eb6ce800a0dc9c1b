import { useMemo } from 'react';
import type { ObjectLinksQuery } from '../../gql/graphql.js';
import { countNumber, cutMiddle, plainWords } from '../../shared/format/words.js';
import { usePages, type Connection } from '../../shared/graphql/use-pages.js';
import { ATTEMPTED } from '../../shared/lineage/link-words.js';
import { AppLink } from '../../shared/navigation.js';
import { MoneyText } from '../../shared/page/money-text.js';
import { Panel } from '../../shared/page/panel.js';
import { ScrollRegion } from '../../shared/page/scroll-region.js';
import { Failed, Loading, MoreRows } from '../../shared/states/states.js';
import { objectHref } from '../../shared/url.js';
import { NO_ROWS } from './no-rows.js';
import { ObjectLinksDocument, type ObjectLink } from './object-documents.js';
import { OriginText } from './origin-text.js';
import page from '../../shared/page/list-page.module.css';
import styles from './object-page.module.css';

const PAGE = 25;
const selectLinks = (data: ObjectLinksQuery): Connection<ObjectLink> => data.businessObject?.links ?? NO_ROWS;

const SIDES = {
  UPSTREAM: { title: 'Comes from', none: 'Nothing upstream is known: no message says what it follows from.' },
  DOWNSTREAM: { title: 'Leads to', none: 'Nothing downstream is known yet.' },
} as const;

/** What it is linked to on one side: amount, days on which the link holds, and who asserted it. */
export function LinksPanel({ id, direction }: { id: string; direction: keyof typeof SIDES }) {
  const { title, none } = SIDES[direction];
  const variables = useMemo(() => ({ id, direction, first: PAGE }), [direction, id]);
  const pages = usePages(ObjectLinksDocument, variables, selectLinks);
  const total = `${pages.isEstimate ? 'about ' : ''}${countNumber(pages.totalCount)} ${pages.totalCount === 1 ? 'link' : 'links'}`;
  return (
    <Panel title={title} aside={pages.isLoading ? undefined : total}>
      {pages.isLoading ? (
        <Loading label={title} rows={3} />
      ) : pages.error && pages.nodes.length === 0 ? (
        <Failed what="list of links" error={pages.error} onRetry={pages.reload} />
      ) : pages.nodes.length === 0 ? (
        <p className="muted">{none}</p>
      ) : (
        <ScrollRegion label={title} className={styles['tall']}>
          <table className={page['plain']} aria-label={title}>
            <thead>
              <tr>
                <th scope="col">Object</th>
                <th scope="col">Link</th>
                <th scope="col" data-align="end">
                  Amount
                </th>
                <th scope="col">Asserted by</th>
              </tr>
            </thead>
            <tbody>
              {pages.nodes.map((link) => (
                <LinkRow key={`${link.object.id}/${link.qualifier}`} link={link} />
              ))}
            </tbody>
          </table>
          <MoreRows pages={pages} shown={pages.nodes.length} noun="links" />
        </ScrollRegion>
      )}
    </Panel>
  );
}

function LinkRow({ link }: { link: ObjectLink }) {
  const { object, qualifier, isContext, isEstablished, amount, assertedBy } = link;
  return (
    <tr>
      <td>
        <AppLink href={objectHref(object.id)} title={object.key}>
          {plainWords(object.type)} <span className="mono">{cutMiddle(object.key, 32)}</span>
        </AppLink>
      </td>
      <td>
        {plainWords(qualifier)}
        {isContext && <span className="muted"> · context</span>}
        {!isEstablished && <span className="muted"> · {ATTEMPTED}</span>}
        <Validity link={link} />
      </td>
      <td data-align="end">
        <MoneyText money={amount} />
      </td>
      <td>
        <OriginText origin={assertedBy} />
      </td>
    </tr>
  );
}

function Validity({ link: { validFrom, validTo } }: { link: ObjectLink }) {
  if (!validFrom && !validTo) return null;
  const words = [validFrom && `from ${validFrom}`, validTo && `to ${validTo}`].filter(Boolean).join(' ');
  return <div className="muted">valid {words}</div>;
}
