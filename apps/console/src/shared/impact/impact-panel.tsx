import { graphql } from '../../gql/index.js';
import type { ImpactQuery } from '../../gql/graphql.js';
import { cutMiddle } from '../format/words.js';
import { useLoad } from '../graphql/use-load.js';
import { AppLink } from '../navigation.js';
import { MoneyText } from '../page/money-text.js';
import { Panel } from '../page/panel.js';
import { Failed, Loading } from '../states/states.js';
import { objectHref } from '../url.js';
import page from '../page/list-page.module.css';
import styles from '../money-graph/money-graph.module.css';
import { impactSentence, KIND_ORDER, kindWord, waitingSentence } from './impact-words.js';

const ImpactDocument = graphql(`
  query Impact($objectId: ID, $exceptionId: ID) {
    impact(objectId: $objectId, exceptionId: $exceptionId) {
      isTruncated
      waiting {
        documents
        isComplete
        isTruncated
        inflow {
          amount
          currency
        }
        outflow {
          amount
          currency
        }
      }
      affected {
        kind
        legalEntity
        documents
        isComplete
        object {
          id
          type
          key
        }
        inflow {
          amount
          currency
        }
        outflow {
          amount
          currency
        }
      }
    }
  }
`);

type Affected = NonNullable<ImpactQuery['impact']>['affected'][number];
type ImpactOf = { objectId: string } | { exceptionId: string };

/** Rows that are shown of what is affected. */
const MOST_SHOWN = 20;

/** What counts downstream on money that is stuck; nothing for what is no business object. */
export function ImpactPanel(props: ImpactOf) {
  const { data, error, isLoading, reload } = useLoad(ImpactDocument, { ...props });
  if (isLoading) return <Loading label="impact" rows={3} />;
  if (error && !data) return <Failed what="impact" error={error} onRetry={reload} />;
  const impact = data?.impact;
  if (!impact) return null;
  const rows = [...impact.affected].sort(
    (left, right) => KIND_ORDER.indexOf(left.kind) - KIND_ORDER.indexOf(right.kind),
  );
  return (
    <Panel title="What it affects">
      {impact.waiting && <p className={styles['answer']}>{waitingSentence(impact.waiting)}</p>}
      {(impact.waiting === null || rows.length > 0) && <p className={styles['answer']}>{impactSentence(rows)}</p>}
      {rows.length > 0 && (
        <div className={page['scroll']}>
          <table className={page['plain']}>
            <thead>
              <tr>
                <th scope="col">Affected</th>
                <th scope="col">Name</th>
                <th scope="col">Entity</th>
                <th scope="col" data-align="end">
                  Inflow
                </th>
                <th scope="col" data-align="end">
                  Outflow
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, MOST_SHOWN).map((row) => (
                <AffectedLine key={`${row.kind}/${row.object.id}`} row={row} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.length > 0 && (
        <p className={styles['hint']}>
          {rows.length > MOST_SHOWN && `${rows.length - MOST_SHOWN} more are not shown. `}
          {impact.isTruncated && 'There is more downstream than was looked at. '}
          Each unit of money counts once for each forecast or report, so they are not to be added up.
        </p>
      )}
    </Panel>
  );
}

function AffectedLine({ row }: { row: Affected }) {
  return (
    <tr>
      <td>{kindWord(row.kind)}</td>
      <td>
        <AppLink href={objectHref(row.object.id)}>
          <span className="mono">{cutMiddle(row.object.key, 32)}</span>
        </AppLink>
      </td>
      <td>{row.legalEntity ?? <span className="muted">–</span>}</td>
      <td data-align="end">
        <Amounts row={row} side="inflow" />
      </td>
      <td data-align="end">
        <Amounts row={row} side="outflow" />
      </td>
    </tr>
  );
}

function Amounts({ row, side }: { row: Affected; side: 'inflow' | 'outflow' }) {
  const amounts = row[side];
  if (amounts.length === 0) return <span className="muted">{row.isComplete ? '–' : 'not known'}</span>;
  return (
    <>
      {amounts.map((amount) => (
        <div key={amount.currency}>
          {!row.isComplete && <span className="muted">at least </span>}
          <MoneyText money={amount} />
        </div>
      ))}
    </>
  );
}
