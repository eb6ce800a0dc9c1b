import { graphql } from '../../gql/index.js';
import type { RelatedExceptionsQuery } from '../../gql/graphql.js';
import { countAtLeast } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { AppLink } from '../../shared/navigation.js';
import { MoneyText } from '../../shared/page/money-text.js';
import { Panel } from '../../shared/page/panel.js';
import { Failed } from '../../shared/states/states.js';
import { exceptionState } from '../../shared/status/state-words.js';
import { Status } from '../../shared/status/status.js';
import { exceptionHref } from '../../shared/url.js';
import styles from './related-panel.module.css';

const RelatedDocument = graphql(`
  query RelatedExceptions($id: ID!) {
    exception(id: $id) {
      id
      related {
        total
        totalIsLowerBound
        exceptions {
          relation
          exception {
            id
            title
            state
            resolution
            direction
            moneyAtRisk {
              amount
              currency
            }
          }
        }
      }
    }
  }
`);

type Related = NonNullable<RelatedExceptionsQuery['exception']>['related']['exceptions'][number];

/** What else is, or was, wrong with the same object and in its transactions; nothing where there is nothing. */
export function RelatedPanel({ exceptionId }: { exceptionId: string }) {
  const { data, error, reload } = useLoad(RelatedDocument, { id: exceptionId });
  const related = data?.exception?.related;
  if (error && related === undefined) return <Failed what="related exceptions" error={error} onRetry={reload} />;
  if (related === undefined || related.total === 0) return null;
  const { exceptions, total, totalIsLowerBound } = related;
  return (
    <Panel
      title="Also wrong here"
      aside={
        total > exceptions.length
          ? `${exceptions.length} of ${countAtLeast(total, totalIsLowerBound, 'exception')}`
          : undefined
      }
    >
      <ul className={styles['list']}>
        {exceptions.map((one) => (
          <Row key={one.exception.id} related={one} />
        ))}
      </ul>
      <p className="muted">Money at the same object is the same money: it counts once.</p>
    </Panel>
  );
}

function Row({ related: { relation, exception } }: { related: Related }) {
  const { tone, word } = exceptionState(exception.state, exception.resolution);
  return (
    <li className={styles['row']}>
      <AppLink href={exceptionHref(exception.id)}>{exception.title}</AppLink>
      <span className={styles['facts']}>
        <Status tone={tone}>{word}</Status>
        <span className="muted">{relation === 'SAME_OBJECT' ? 'same object' : 'same transaction'}</span>
        <MoneyText money={exception.moneyAtRisk} direction={exception.direction} />
      </span>
    </li>
  );
}
