import { graphql } from '../../gql/index.js';
import { cutMiddle, plainWords } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { BalanceHead, BalanceRows } from '../../shared/money-graph/balance-rows.js';
import { transactionSentence } from '../../shared/money-graph/balance-words.js';
import { AppLink } from '../../shared/navigation.js';
import { Panel } from '../../shared/page/panel.js';
import { Failed, Loading } from '../../shared/states/states.js';
import { objectHref } from '../../shared/url.js';
import page from '../../shared/page/list-page.module.css';
import styles from '../../shared/money-graph/money-graph.module.css';

const TransactionMoneyDocument = graphql(`
  query TransactionMoney($id: ID!) {
    transaction(id: $id) {
      id
      money {
        breaks
        isTruncated
        objects {
          object {
            id
            type
            key
          }
          balance {
            currency
            amount {
              amount
              currency
            }
            undone {
              amount
              currency
            }
            unexplained {
              amount
              currency
            }
            isBreak
            sides {
              side
              standing
              isBreak
              flows {
                amount
                currency
              }
              residual {
                amount
                currency
              }
              explained {
                kind
                amount {
                  amount
                  currency
                }
              }
            }
          }
        }
      }
    }
  }
`);

/** Documents that are shown; breaks stand first. */
const MOST_SHOWN = 50;

/** Where the money of a transaction is, and where it does not add up. */
export function TransactionMoney({ id }: { id: string }) {
  const { data, error, isLoading, reload } = useLoad(TransactionMoneyDocument, { id });
  if (isLoading) return <Loading label="money" rows={4} />;
  if (error && !data) return <Failed what="money" error={error} onRetry={reload} />;
  const money = data?.transaction?.money;
  if (!money || (money.objects.length === 0 && !money.isTruncated)) return null;
  const shown = money.objects.slice(0, MOST_SHOWN);
  const rest = money.objects.length - shown.length;
  return (
    <Panel title="Money">
      <p className={styles['answer']}>
        {money.isTruncated ? 'Too many links hang on it to add its money up here.' : transactionSentence(money.objects)}
      </p>
      {shown.length > 0 && (
        <div className={page['scroll']}>
          <table className={page['plain']}>
            <BalanceHead lead="Document" />
            <tbody>
              {shown.map(({ object, balance }) => (
                <BalanceRows
                  key={`${object.id}/${balance.currency}`}
                  balance={balance}
                  lead={
                    <AppLink href={objectHref(object.id)}>
                      {plainWords(object.type)} <span className="mono">{cutMiddle(object.key, 32)}</span>
                    </AppLink>
                  }
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rest > 0 && <p className={styles['hint']}>{rest} more documents are not shown; none of them is a break.</p>}
    </Panel>
  );
}
