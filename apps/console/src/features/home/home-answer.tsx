import { graphql } from '../../gql/index.js';
import { moneyPhrases, type MoneyTotal } from '../../shared/format/money-words.js';
import { countNumber } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { AppLink } from '../../shared/navigation.js';
import { exceptionsHref, transactionsHref } from '../../shared/url.js';
import { useCan } from '../../shared/viewer/viewer.js';

const OverdueDocument = graphql(`
  query Overdue {
    transactions(first: 1, filter: { states: [LATE] }) {
      totalCount
      totalCountIsEstimate
    }
  }
`);

type HomeAnswerProps = { all: { totalCount: number; totalCountIsEstimate: boolean; totals: readonly MoneyTotal[] } };

/** The sentence of the house: money, exceptions, what is overdue; every number leads to its rows. */
export function HomeAnswer({ all }: HomeAnswerProps) {
  const can = useCan();
  const overdue = useLoad(OverdueDocument, {}, { pause: !can('transaction.read') }).data?.transactions;
  const money = moneyPhrases(all.totals);
  const number = `${all.totalCountIsEstimate ? 'about ' : ''}${countNumber(all.totalCount)}`;
  return (
    <>
      {all.totalCount === 0 ? (
        'Nothing is stuck: no exception is unresolved'
      ) : (
        <>
          {money.length > 0 && (
            <>
              <AppLink href={exceptionsHref()}>{money.join(' and ')}</AppLink>{' '}
              {all.totals.length === 1 ? 'hangs' : 'hang'} on{' '}
            </>
          )}
          <AppLink href={exceptionsHref()}>
            {number} unresolved {all.totalCount === 1 ? 'exception' : 'exceptions'}
          </AppLink>
        </>
      )}
      {overdue &&
        (overdue.totalCount === 0 ? (
          '; nothing is overdue.'
        ) : (
          <>
            ;{' '}
            <AppLink href={transactionsHref({ state: ['LATE'] })}>
              {countNumber(overdue.totalCount)} {overdue.totalCount === 1 ? 'transaction is' : 'transactions are'}{' '}
              overdue
            </AppLink>
            .
          </>
        ))}
      {!overdue && '.'}
    </>
  );
}
