import { useMemo } from 'react';
import { dateTime, exactInstant } from '../../shared/format/time.js';
import { count, plainWords, titleWords } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { useKeys } from '../../shared/keyboard/keyboard.js';
import { ImpactPanel } from '../../shared/impact/impact-panel.js';
import { MoneyPanel } from '../../shared/money-graph/money-panel.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { DetailHead } from '../../shared/page/detail-head.js';
import { MoneyText } from '../../shared/page/money-text.js';
import { Facts, Panel } from '../../shared/page/panel.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { exceptionState, transactionState } from '../../shared/status/state-words.js';
import { Status } from '../../shared/status/status.js';
import {
  exceptionHref,
  exceptionsHref,
  technicalHref,
  transactionHref,
  transactionsHref,
  type ObjectSearch,
} from '../../shared/url.js';
import { useCan } from '../../shared/viewer/viewer.js';
import { ActivitiesPanel } from './activities-panel.js';
import { AttributesPanel } from './attributes-panel.js';
import { FindingsPanel } from './findings-panel.js';
import { LineagePanel } from './lineage-panel.js';
import { LinksPanel } from './links-panel.js';
import { NamesPanel } from './names-panel.js';
import { objectAnswer } from './object-answer.js';
import { ObjectPageDocument, type ObjectExceptions, type ObjectFull } from './object-documents.js';
import { PeriodPanel } from './period-panel.js';
import { StatementsPanel } from './statements-panel.js';
import page from '../../shared/page/list-page.module.css';
import { gathersOthers, MadeOfPanel } from './made-of-panel.js';
import styles from './object-page.module.css';

/** Transactions of one object that are asked for. */
const SHOWN = 20;

/** One business object: its names, what is known of it and was known then, what it hangs together with, what is wrong. */
export function ObjectPage({ id, search }: { id: string; search: ObjectSearch }) {
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
  return <Loaded object={object} exceptions={data.exceptions ?? undefined} search={search} />;
}

type LoadedProps = { object: ObjectFull; exceptions: ObjectExceptions | undefined; search: ObjectSearch };

function Loaded({ object, exceptions, search }: LoadedProps) {
  const open = exceptions?.edges.filter(({ node }) => node.resolution === null).length;
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
        title={objectAnswer(object, open)}
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
      <FindingsPanel findings={object.findings} />
      {exceptions && exceptions.totalCount > 0 && <ExceptionsPanel objectId={object.id} exceptions={exceptions} />}
      {technical === undefined && <MoneyPanel objectId={object.id} />}
      {gathersOthers(object.type) && <MadeOfPanel objectId={object.id} />}
      {technical === undefined && (open ?? 0) > 0 && <ImpactPanel objectId={object.id} />}
      {technical === undefined && <LineagePanel id={object.id} />}
      <PeriodPanel standings={object.accountTypes} />
      <div className={styles['columns']}>
        <div className={styles['column']}>
          <AttributesPanel id={object.id} search={search} />
          <NamesPanel aliases={object.aliases} />
        </div>
        <div className={styles['column']}>
          {/* what a hub is made of is told above, with its amounts */}
          {!gathersOthers(object.type) && <LinksPanel id={object.id} direction="UPSTREAM" />}
          <LinksPanel id={object.id} direction="DOWNSTREAM" />
          <TransactionsPanel transactions={object.transactions} />
        </div>
      </div>
      <StatementsPanel objectId={object.id} />
      <ActivitiesPanel id={object.id} />
    </article>
  );
}

function ExceptionsPanel({ objectId, exceptions }: { objectId: string; exceptions: ObjectExceptions }) {
  return (
    <Panel
      title="Exceptions"
      aside={<AppLink href={exceptionsHref({ object: objectId, view: 'all' })}>All {exceptions.totalCount}</AppLink>}
    >
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
    </Panel>
  );
}

function TransactionsPanel({ transactions }: { transactions: ObjectFull['transactions'] }) {
  return (
    <Panel
      title="Transactions"
      aside={transactions.length < SHOWN ? count(transactions.length, 'transaction') : `the latest ${SHOWN}`}
    >
      {transactions.length === 0 ? (
        <p className="muted">It is in no transaction: nothing links it to an order, contract or other anchor.</p>
      ) : (
        <ul className={styles['rows']}>
          {transactions.map((transaction) => {
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
  );
}
