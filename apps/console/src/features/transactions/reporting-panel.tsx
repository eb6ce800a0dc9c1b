import { graphql } from '../../gql/index.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { AppLink } from '../../shared/navigation.js';
import { MoneyText } from '../../shared/page/money-text.js';
import { Panel } from '../../shared/page/panel.js';
import { ConvertedText } from '../../shared/reporting/converted-text.js';
import { NOT_CONVERTED, useReporting } from '../../shared/reporting/reporting.js';
import { ReportingChoice } from '../../shared/reporting/reporting-choice.js';
import { Failed, Loading } from '../../shared/states/states.js';
import { exceptionHref } from '../../shared/url.js';
import { useCan } from '../../shared/viewer/viewer.js';
import page from '../../shared/page/list-page.module.css';

const TransactionReportingDocument = graphql(`
  query TransactionReporting($id: ID!, $currency: String!, $rateType: String!, $withExceptions: Boolean!) {
    transaction(id: $id) {
      id
      amount {
        amount
        currency
      }
      amountIn(currency: $currency, rateType: $rateType) {
        ...ConvertedParts
      }
      exceptions @include(if: $withExceptions) {
        id
        state
        title
        moneyAtRisk {
          amount
          currency
        }
        moneyAtRiskIn(currency: $currency, rateType: $rateType) {
          ...ConvertedParts
        }
      }
    }
  }
`);

const DONE = ['RESOLVED', 'ACCEPTED', 'DUPLICATE'];

/** The amount of a transaction, and what its open exceptions hold up, in the reporting currency. */
export function ReportingPanel({ id }: { id: string }) {
  const can = useCan();
  const { reporting, choices, like } = useReporting();
  const { currency, rateType } = reporting;
  const isOff = currency === NOT_CONVERTED;
  const { data, error, isLoading, reload } = useLoad(
    TransactionReportingDocument,
    { id, currency, rateType, withExceptions: can('exception.read') },
    { pause: isOff },
  );
  const transaction = data?.transaction;
  const exceptions = transaction?.exceptions?.filter(
    ({ state, moneyAtRisk }) => moneyAtRisk !== null && !DONE.includes(state),
  );
  return (
    <Panel
      title="In the reporting currency"
      aside={<ReportingChoice reporting={reporting} choices={choices} onChoose={like} />}
    >
      {isOff && <p className="muted">Amounts are shown as they are.</p>}
      {isLoading && <Loading label="converted amounts" rows={1} />}
      {error && !data && <Failed what="converted amounts" error={error} onRetry={reload} />}
      {!isOff && transaction && transaction.amount === null && (
        <p className="muted">No amount of the transaction itself is known.</p>
      )}
      {!isOff && transaction && transaction.amount !== null && (
        <div className={page['scroll']}>
          <table className={page['plain']} aria-label={`Amounts in ${currency}`}>
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col" data-align="end">
                  Amount
                </th>
                <th scope="col" data-align="end">
                  In {currency}, by which rate
                </th>
              </tr>
            </thead>
            <tbody>
              <tr>
                <td>The transaction</td>
                <td data-align="end">
                  <MoneyText money={transaction.amount} />
                </td>
                <td data-align="end">
                  <ConvertedText converted={transaction.amountIn} />
                </td>
              </tr>
              {exceptions?.map((exception) => (
                <tr key={exception.id}>
                  <td>
                    <AppLink href={exceptionHref(exception.id)}>Held up: {exception.title}</AppLink>
                  </td>
                  <td data-align="end">
                    <MoneyText money={exception.moneyAtRisk} />
                  </td>
                  <td data-align="end">
                    <ConvertedText converted={exception.moneyAtRiskIn} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
