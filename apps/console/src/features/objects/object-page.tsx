import { useMemo } from 'react';
import { graphql } from '../../gql/index.js';
import type { ObjectPageQuery } from '../../gql/graphql.js';
import { dateTime, exactInstant } from '../../shared/format/time.js';
import { count, cutMiddle, plainWords, systemName, titleWords } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { useKeys } from '../../shared/keyboard/keyboard.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { DetailHead } from '../../shared/page/detail-head.js';
import { MoneyText } from '../../shared/page/money-text.js';
import { Facts, Panel } from '../../shared/page/panel.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { exceptionState, transactionState } from '../../shared/status/state-words.js';
import { Status } from '../../shared/status/status.js';
import { exceptionHref, exceptionsHref, technicalHref, transactionHref, transactionsHref } from '../../shared/url.js';
import { useCan } from '../../shared/viewer/viewer.js';
import { StatementsPanel } from './statements-panel.js';
import page from '../../shared/page/list-page.module.css';
import styles from './object-page.module.css';

const ObjectPageDocument = graphql(`
  query ObjectPage($id: ID!, $seesExceptions: Boolean!) {
    businessObject(id: $id) {
      id
      type
      key
      legalEntity
      counterparty
      direction
      isPlaceholder
      firstSeenAt
      lastSeenAt
      amount {
        amount
        currency
      }
      aliases {
        system
        kind
        scope
        value
      }
      transactions(first: 20) {
        id
        workflowTitle
        state
        anchor {
          type
          key
        }
        startedAt
        activities {
          id
          type
          occurredAt
          outcome
          system
          integration
          message
          objects {
            id
          }
        }
      }
    }
    exceptions(first: 20, filter: { objectId: $id }, orderBy: OPENED_DESC) @include(if: $seesExceptions) {
      totalCount
      edges {
        node {
          id
          title
          state
          resolution
          openedAt
        }
      }
    }
  }
`);

type ObjectFull = NonNullable<ObjectPageQuery['businessObject']>;
type Exceptions = ObjectPageQuery['exceptions'];

/** One business object or run: every name it has, what it is part of, what is wrong with it. */
export function ObjectPage({ id }: { id: string }) {
  const can = useCan();
  const { back } = useNavigation();
  useKeys(useMemo(() => [{ keys: 'Escape', label: 'Back', group: 'Object', run: back }], [back]));
  const { data, error, isLoading, reload } = useLoad(ObjectPageDocument, { id, seesExceptions: can('exception.read') });
  const object = data?.businessObject;
  if (isLoading) return <Loading label="object" rows={8} />;
  if (error && !object) return <Failed what="object" error={error} onRetry={reload} />;
  if (!object) {
    return (
      <Empty
        title="There is no such object"
        action={<AppLink href={transactionsHref()}>Go to the transactions</AppLink>}
      >
        It may belong to another organisation, or the address is incomplete.
      </Empty>
    );
  }
  return <Loaded object={object} exceptions={data.exceptions} />;
}

function Loaded({ object, exceptions }: { object: ObjectFull; exceptions: Exceptions }) {
  const open = exceptions?.edges.filter(({ node }) => node.resolution === null).length ?? 0;
  const technical = technicalHref(object);
  return (
    <article className={`${page['detail']} ${styles['page']}`} aria-label={`${plainWords(object.type)} ${object.key}`}>
      <DetailHead
        topline={
          <>
            <span className="muted">{titleWords(object.type)}</span>
            <span className="mono">{object.key}</span>
            {object.isPlaceholder && <Status tone="unknown">Known by reference only</Status>}
          </>
        }
        title={objectSentence(object, open)}
      />
      <Facts
        facts={[
          { name: 'Amount', value: <MoneyText money={object.amount} direction={object.direction} /> },
          { name: 'Counterparty', value: object.counterparty ?? '–' },
          { name: 'Legal entity', value: object.legalEntity ?? '–' },
          { name: 'First seen', value: dateTime(object.firstSeenAt), title: exactInstant(object.firstSeenAt) },
          { name: 'Last seen', value: dateTime(object.lastSeenAt), title: exactInstant(object.lastSeenAt) },
          ...(technical && object.type !== 'run'
            ? [{ name: titleWords(object.type), value: <AppLink href={technical}>Open it</AppLink> }]
            : []),
        ]}
      />
      <Panel title="Names" aside={count(object.aliases.length, 'name')}>
        <table className={page['plain']}>
          <thead>
            <tr>
              <th scope="col">In</th>
              <th scope="col">As</th>
              <th scope="col">Name</th>
            </tr>
          </thead>
          <tbody>
            {object.aliases.map((alias) => (
              <tr key={`${alias.system}/${alias.kind}/${alias.scope}/${alias.value}`}>
                <td>{systemName(alias.system) || <span className="muted">no system</span>}</td>
                <td>
                  {plainWords(alias.kind)}
                  {alias.scope && <span className="muted"> within {alias.scope}</span>}
                </td>
                <td className="mono">{alias.value}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {object.aliases.length === 0 && <p className="muted">It has no name in any system.</p>}
      </Panel>
      <StatementsPanel objectId={object.id} />
      {exceptions && <ExceptionsPanel objectId={object.id} exceptions={exceptions} />}
      <Panel title="Transactions" aside={count(object.transactions.length, 'transaction')}>
        {object.transactions.length === 0 ? (
          <p className="muted">It is in no transaction: nothing links it to an order, contract or other anchor.</p>
        ) : (
          <ul className={styles['rows']}>
            {object.transactions.map((transaction) => {
              const { tone, word } = transactionState(transaction.state);
              return (
                <li key={transaction.id}>
                  <Status tone={tone}>{word}</Status>
                  <AppLink href={transactionHref(transaction.id)}>
                    {transaction.workflowTitle} of {plainWords(transaction.anchor.type)}{' '}
                    <span className="mono">{transaction.anchor.key}</span>
                  </AppLink>
                  <span className="muted">since {dateTime(transaction.startedAt)}</span>
                </li>
              );
            })}
          </ul>
        )}
      </Panel>
      <OwnActivities object={object} />
    </article>
  );
}

function objectSentence(object: ObjectFull, open: number): string {
  // the whole key stands above, to be read and copied
  const name = `${titleWords(object.type)} ${cutMiddle(object.key, 40)}`;
  const of = object.counterparty ? ` of ${object.counterparty}` : '';
  if (open > 0) return `${name}${of} has ${count(open, 'unresolved exception')}.`;
  return `${name}${of} has no unresolved exception.`;
}

function ExceptionsPanel({ objectId, exceptions }: { objectId: string; exceptions: NonNullable<Exceptions> }) {
  return (
    <Panel
      title="Exceptions"
      aside={
        exceptions.totalCount > 0 && (
          <AppLink href={exceptionsHref({ object: objectId, view: 'all' })}>All {exceptions.totalCount}</AppLink>
        )
      }
    >
      {exceptions.edges.length === 0 ? (
        <p className="muted">Nothing was ever wrong with it.</p>
      ) : (
        <ul className={styles['rows']}>
          {exceptions.edges.map(({ node }) => {
            const { tone, word } = exceptionState(node.state, node.resolution);
            return (
              <li key={node.id}>
                <Status tone={tone}>{word}</Status>
                <AppLink href={exceptionHref(node.id)}>{node.title}</AppLink>
                <span className="muted">since {dateTime(node.openedAt)}</span>
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}

function OwnActivities({ object }: { object: ObjectFull }) {
  const own = object.transactions
    .flatMap((transaction) => transaction.activities)
    .filter((activity) => activity.objects.some(({ id }) => id === object.id));
  if (own.length === 0) return null;
  return (
    <Panel title="What happened to it" aside={count(own.length, 'activity', 'activities')}>
      <ul className={styles['rows']}>
        {own.map((activity) => (
          <li key={activity.id}>
            {activity.outcome.toLowerCase() === 'failure' ? (
              <Status tone="critical">Failed</Status>
            ) : (
              <Status tone="good">Done</Status>
            )}
            <span>
              {plainWords(activity.type)}
              {activity.message && <span className="muted"> · {activity.message}</span>}
            </span>
            <span className="muted">
              {systemName(activity.system)}, {dateTime(activity.occurredAt, undefined, true)}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
