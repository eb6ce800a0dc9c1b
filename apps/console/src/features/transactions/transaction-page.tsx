import { useCallback, useMemo } from 'react';
import { useSubscription } from 'urql';
import { formatMoney } from '../../shared/format/money.js';
import { dateTime } from '../../shared/format/time.js';
import { count } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { useKeys } from '../../shared/keyboard/keyboard.js';
import { MilestoneTrack } from '../../shared/milestones/milestone-track.js';
import { milestoneSummary, prepareMilestones, reachedWords } from '../../shared/milestones/prepare-milestones.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { WholeWords } from '../../shared/page/whole-words.js';
import { Panel } from '../../shared/page/panel.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { exceptionState, transactionState } from '../../shared/status/state-words.js';
import { Status } from '../../shared/status/status.js';
import { exceptionHref, transactionHref, transactionsHref, type TransactionSearch } from '../../shared/url.js';
import { workflowHref } from '../../shared/url-lineage.js';
import { useBurst } from '../../shared/use-burst.js';
import { useNow } from '../../shared/use-now.js';
import { useEntityZone } from '../../shared/viewer/legal-entities.js';
import { MessagePanel } from '../../shared/signals/message-panel.js';
import { TracePanel } from '../../shared/waterfall/trace-panel.js';
import { ActivityList } from './activity-list.js';
import { DelayPanel } from './delay-panel.js';
import { ExportMenu } from './export-menu.js';
import { HeldUpPanel } from './held-up-panel.js';
import { LineagePanel } from './lineage-panel.js';
import { ReportingPanel } from './reporting-panel.js';
import { RunsPanel } from './runs-panel.js';
import { TransactionMoney } from './transaction-money.js';
import { transactionAnswer } from './transaction-answer.js';
import { TransactionChangedDocument, TransactionPageDocument, type TransactionFull } from './transaction-documents.js';
import styles from './transaction-page.module.css';

const RELOAD_PAUSE_MS = 200;

/** One transaction: where it stands, how its documents hang together, what happened. */
export function TransactionPage({ id, search }: { id: string; search: TransactionSearch }) {
  const { back } = useNavigation();
  const { data, error, isLoading, asOf, reload } = useLoad(TransactionPageDocument, { id });
  const reloadSoon = useBurst(RELOAD_PAUSE_MS, reload);
  useSubscription(
    { query: TransactionChangedDocument, variables: { ids: [id] } },
    useCallback(
      (_: unknown, event: unknown) => {
        reloadSoon();
        return event;
      },
      [reloadSoon],
    ),
  );
  useKeys(useMemo(() => [{ keys: 'Escape', label: 'Back', group: 'Transaction', run: back }], [back]));

  const transaction = data?.transaction;
  if (isLoading) return <Loading label="transaction" rows={10} />;
  if (error && !transaction) return <Failed what="transaction" error={error} onRetry={reload} />;
  if (!transaction) {
    return (
      <Empty
        title="There is no such transaction"
        action={<AppLink href={transactionsHref()}>Go to the transactions</AppLink>}
      >
        It may belong to another organisation, or its documents were found to be part of another one.
      </Empty>
    );
  }
  return <Loaded transaction={transaction} search={search} asOf={asOf} />;
}

function Loaded(props: { transaction: TransactionFull; search: TransactionSearch; asOf: Date | undefined }) {
  const { transaction, search, asOf } = props;
  const now = useNow();
  const zone = useEntityZone()(transaction.legalEntity);
  const { tone, word } = transactionState(transaction.state);
  const steps = prepareMilestones(transaction.milestones);
  return (
    <div className={styles['page']}>
      <PageHeader
        name={transaction.workflowTitle}
        asOf={asOf}
        answer={
          <WholeWords
            text={transactionAnswer(transaction, now)}
            words={[transaction.amount && formatMoney(transaction.amount), transaction.anchor.key]}
          />
        }
        actions={<ExportMenu chosen={{ id: transaction.id }} total={1} />}
        detail={
          <span className={styles['facts']}>
            <Status tone={tone}>{word}</Status>
            <span>{transaction.legalEntity ?? 'no legal entity'}</span>
            <AppLink href={workflowHref(transaction.workflow)}>steps and rules of the workflow</AppLink>
            <span>started {dateTime(transaction.startedAt)}</span>
            <span>last activity {dateTime(transaction.lastActivityAt)}</span>
            <span>{count(transaction.objects.length, 'document')}</span>
          </span>
        }
      />
      <div className={styles['panels']}>
        <Exceptions exceptions={transaction.exceptions} />
        {transaction.state === 'BLOCKED' && <HeldUpPanel id={transaction.id} />}
        <Panel title="Milestones" isFlush aside={reachedWords(steps)}>
          <MilestoneTrack milestones={transaction.milestones} zone={zone} label={milestoneSummary(steps)} />
        </Panel>
        <DelayPanel id={transaction.id} zone={zone} />
        <TransactionMoney id={transaction.id} />
        <ReportingPanel id={transaction.id} />
        <LineagePanel transaction={transaction} search={search} />
        {search.run && <TracePanel key={search.run} traceId={search.run} title="Run" />}
        <RunsPanel id={transaction.id} />
        {search.message && (
          <MessagePanel
            key={search.message}
            signalId={search.message}
            closeHref={transactionHref(transaction.id, { ...search, message: undefined })}
          />
        )}
        <ActivityList transaction={transaction} search={search} />
      </div>
    </div>
  );
}

function Exceptions({ exceptions }: { exceptions: TransactionFull['exceptions'] }) {
  if (exceptions.length === 0) return null;
  return (
    <Panel title="Exceptions" isFlush>
      <ul className={styles['exceptions']}>
        {exceptions.map((exception) => {
          const { tone, word } = exceptionState(exception.state, exception.resolution);
          return (
            <li key={exception.id}>
              <Status tone={tone}>{word}</Status>
              <AppLink href={exceptionHref(exception.id)}>{exception.title}</AppLink>
              <span className="muted">since {dateTime(exception.openedAt)}</span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
