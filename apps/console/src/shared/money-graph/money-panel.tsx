import { graphql } from '../../gql/index.js';
import type { ObjectMoneyQuery } from '../../gql/graphql.js';
import { cutMiddle, plainWords } from '../format/words.js';
import { useLoad } from '../graphql/use-load.js';
import { AppLink } from '../navigation.js';
import { MoneyText } from '../page/money-text.js';
import { Panel } from '../page/panel.js';
import { Failed, Loading } from '../states/states.js';
import { objectHref } from '../url.js';
import page from '../page/list-page.module.css';
import { BalanceHead, BalanceRows } from './balance-rows.js';
import { balanceSentence, explainedWords } from './balance-words.js';
import styles from './money-graph.module.css';

const ObjectMoneyDocument = graphql(`
  query ObjectMoney($id: ID!) {
    businessObject(id: $id) {
      id
      money {
        isTruncated
        balances {
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
        inflows {
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
          explained {
            kind
            amount {
              amount
              currency
            }
          }
        }
        outflows {
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
`);

type ObjectMoney = NonNullable<ObjectMoneyQuery['businessObject']>['money'];

/** What flows in and out of an object, and whether it adds up; nothing where no money touches it. */
export function MoneyPanel({ objectId }: { objectId: string }) {
  const { data, error, isLoading, reload } = useLoad(ObjectMoneyDocument, { id: objectId });
  if (isLoading) return <Loading label="money" rows={3} />;
  if (error && !data) return <Failed what="money" error={error} onRetry={reload} />;
  const money = data?.businessObject?.money;
  if (!money) return null;
  const { balances, inflows, outflows, isTruncated } = money;
  if (!isTruncated && balances.length === 0 && inflows.length === 0 && outflows.length === 0) return null;
  return (
    <Panel title="Money">
      <p className={styles['answer']}>
        {isTruncated ? 'Too many links hang on it to add its money up here.' : balanceSentence(balances)}
      </p>
      {balances.length > 0 && (
        <div className={page['scroll']}>
          <table className={page['plain']}>
            <BalanceHead />
            <tbody>
              {balances.map((balance) => (
                <BalanceRows key={balance.currency} balance={balance} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className={styles['flows']}>
        <FlowList title="From" flows={inflows} />
        <FlowList title="To" flows={outflows} />
      </div>
    </Panel>
  );
}

function FlowList({ title, flows }: { title: string; flows: ObjectMoney['inflows'] }) {
  if (flows.length === 0) return null;
  return (
    <div>
      <h3>{title}</h3>
      <ul>
        {flows.map((flow) => (
          <li key={`${flow.object.id}/${flow.qualifier}`}>
            <span>
              <AppLink href={objectHref(flow.object.id)}>
                {plainWords(flow.object.type)} <span className="mono">{cutMiddle(flow.object.key, 32)}</span>
              </AppLink>{' '}
              <span className="muted">
                {plainWords(flow.qualifier)}
                {flow.explained.length > 0 && `, ${explainedWords(flow.explained)}`}
              </span>
            </span>
            <MoneyText money={flow.amount} />
          </li>
        ))}
      </ul>
    </div>
  );
}
