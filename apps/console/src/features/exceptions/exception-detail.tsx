import { Button, Tooltip } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { useSubscription } from 'urql';
import { formatMoney } from '../../shared/format/money.js';
import { age, dateTime, exactInstant } from '../../shared/format/time.js';
import { countAtLeast, cutMiddle, plainWords, systemName, titleWords } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { Icon } from '../../shared/icons/icon.js';
import { MilestoneTrack } from '../../shared/milestones/milestone-track.js';
import { milestoneSummary, prepareMilestones, reachedWords } from '../../shared/milestones/prepare-milestones.js';
import { ImpactPanel } from '../../shared/impact/impact-panel.js';
import { ExceptionMaintenance } from '../../shared/maintenance/maintenance-banner.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { WholeWords } from '../../shared/page/whole-words.js';
import { MoneyText } from '../../shared/page/money-text.js';
import { Facts, Panel } from '../../shared/page/panel.js';
import { PersonName } from '../../shared/people/person-name.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { exceptionState } from '../../shared/status/state-words.js';
import { Status } from '../../shared/status/status.js';
import { exceptionHref, exceptionsHref, technicalHref } from '../../shared/url.js';
import { groupsHref } from '../../shared/url-groups.js';
import { useBurst } from '../../shared/use-burst.js';
import { useNow } from '../../shared/use-now.js';
import { entityInWords, useEntityZone, useLegalEntities } from '../../shared/viewer/legal-entities.js';
import { useCan } from '../../shared/viewer/viewer.js';
import { TracePanel } from '../../shared/waterfall/trace-panel.js';
import { RunbookPanel } from '../runbooks/runbook-panel.js';
import { ActButtons } from './act-buttons.js';
import { isClosed } from './exception-columns.js';
import { ClockPanel } from './clock-panel.js';
import { AttemptPanel } from './attempt-panel.js';
import { ExceptionPageDocument, ExceptionsChangedDocument, type ExceptionFull } from './exception-documents.js';
import { exceptionSentence } from './exception-sentence.js';
import { ExceptionFixesPanel } from './fixes/fixes-panel.js';
import { stepsOfLife } from './group-steps.js';
import { LifeNotices } from './life-notices.js';
import { PeoplePanel } from './people/people-panel.js';
import { LineageStrip } from './lineage-strip.js';
import { HeadersPanel, PayloadPanel } from './payload-panel.js';
import { PriorityLine } from './priority-line.js';
import { RelatedPanel } from './related-panel.js';
import { Timeline } from './timeline.js';
import { useExceptionActs } from './use-exception-acts.js';
import styles from './exception-detail.module.css';

// Several changes of one act (attempt, event, state) come within a blink and are read together.
const RELOAD_PAUSE_MS = 120;

type ExceptionDetailProps = {
  id: string;
  /** beside the list: closes; undefined on the page of its own */
  onClose?: () => void;
  /** false while the keys belong to a selection in the list */
  hasKeys?: boolean;
};

/** One exception, whole and live: beside the inbox and on a page of its own. */
export function ExceptionDetail({ id, onClose, hasKeys = true }: ExceptionDetailProps) {
  const { data, error, isLoading, reload } = useLoad(ExceptionPageDocument, { id });
  const reloadSoon = useBurst(RELOAD_PAUSE_MS, reload);
  useSubscription(
    { query: ExceptionsChangedDocument, variables: { ids: [id] } },
    useCallback(
      (_: unknown, event: unknown) => {
        reloadSoon();
        return event;
      },
      [reloadSoon],
    ),
  );

  const exception = data?.exception;
  if (isLoading) return <Loading label="exception" rows={10} />;
  if (error && !exception) return <Failed what="exception" error={error} onRetry={reload} />;
  if (!exception) {
    return (
      <Empty
        title="There is no such exception"
        action={<AppLink href={exceptionsHref()}>Go to the exceptions</AppLink>}
      >
        It may belong to another organisation, or the address is incomplete.
      </Empty>
    );
  }
  return <Loaded exception={exception} onClose={onClose} onChanged={reload} hasKeys={hasKeys} />;
}

type LoadedProps = {
  exception: ExceptionFull;
  onClose: (() => void) | undefined;
  onChanged: () => void;
  hasKeys: boolean;
};

function Loaded({ exception, onClose, onChanged, hasKeys }: LoadedProps) {
  // one list for as long as the exception is the same: the acts hang on it
  const targets = useMemo(() => [exception], [exception]);
  const acts = useExceptionActs(targets, onChanged, hasKeys);
  const can = useCan();
  const zone = useEntityZone()(exception.transaction?.legalEntity ?? exception.legalEntity);
  const { failure, transaction } = exception;
  const steps = prepareMilestones(transaction?.milestones ?? []);
  return (
    <article className={styles['detail']} aria-label={exception.title}>
      <Head exception={exception} onClose={onClose} />
      <ExceptionMaintenance id={exception.id} />
      <div className={styles['acts']}>
        <ActButtons acts={acts} onlyPossible={isClosed(exception)} />
        {!exception.actions.includes('requeue') && exception.integration && <WhyNot state={exception.state} />}
      </div>
      {!isClosed(exception) && <PriorityLine priority={exception.priority} />}
      <LifeNotices exception={exception} zone={zone} canWork={can('exception.work')} onChanged={onChanged} />
      <ExceptionFacts exception={exception} />
      <div className={styles['panels']}>
        <div className={styles['main']}>
          <Panel title={isClosed(exception) ? 'What was wrong' : 'What is wrong'} aside={exception.problem.title}>
            <p className={styles['message']}>
              <WholeWords text={exception.message} words={[exception.businessObject.key]} />
            </p>
            <p className="muted">
              {exception.integration ? (
                <>
                  In {exception.integration.title}, from {systemName(exception.integration.fromSystem)} to{' '}
                  {systemName(exception.integration.toSystem)}, looked after by {exception.integration.owner}.
                </>
              ) : (
                <>At the step {plainWords(exception.hop.replace('/', ': '))}.</>
              )}{' '}
              Last seen {dateTime(exception.lastOccurredAt)}.
            </p>
          </Panel>
          <RunbookPanel exceptionId={exception.id} taxonomy={exception.problem.code} onDone={onChanged} />
          <ExceptionFixesPanel exceptionId={exception.id} groupId={exception.group.id} />
          <AttemptPanel
            attempts={exception.attempts}
            what={`${plainWords(exception.businessObject.type)} ${exception.businessObject.key}`}
            onChanged={onChanged}
          />
          <RelatedPanel key={exception.state} exceptionId={exception.id} />
          {technicalHref(exception.businessObject) === undefined && (
            <LineageStrip key={exception.state} exception={exception} />
          )}
          {technicalHref(exception.businessObject) === undefined && !isClosed(exception) && (
            <ImpactPanel exceptionId={exception.id} />
          )}
          {transaction && steps.length > 0 && (
            <Panel title="Milestones" isFlush aside={reachedWords(steps)}>
              <MilestoneTrack milestones={transaction.milestones} zone={zone} label={milestoneSummary(steps)} />
            </Panel>
          )}
          {failure?.traceId && (
            <TracePanel
              key={failure.traceId}
              traceId={failure.traceId}
              title={isClosed(exception) ? 'The last failed run' : 'The failed run'}
            />
          )}
          {failure && <PayloadPanel failure={failure} />}
          {failure && <HeadersPanel headers={failure.headers} />}
        </div>
        <div className={styles['side']}>
          <ClockPanel clock={exception.clock} zone={zone} />
          <PeoplePanel
            id={exception.id}
            stamp={`${exception.version} ${exception.events.length}`}
            hasKeys={hasKeys}
            onChanged={onChanged}
          />
          <Timeline
            id={exception.id}
            events={exception.events}
            total={exception.eventCount}
            ofGroup={stepsOfLife(exception.group.steps, exception)}
          />
        </div>
      </div>
      {acts.dialogs}
    </article>
  );
}

function WhyNot({ state }: { state: ExceptionFull['state'] }) {
  if (state === 'REQUEUED') return <span className="muted">An attempt is on its way.</span>;
  return null;
}

function Head({ exception, onClose }: { exception: ExceptionFull; onClose: (() => void) | undefined }) {
  const { go } = useNavigation();
  const { tone, word } = exceptionState(exception.state, exception.resolution);
  return (
    <header className={styles['head']}>
      <div className={styles['topline']}>
        {!onClose && (
          <>
            <AppLink href={exceptionsHref()}>Exceptions</AppLink>
            <span className="muted">/</span>
          </>
        )}
        <Subject subject={exception.businessObject} />
        <span className={styles['state']} aria-live="polite">
          <Status tone={tone}>{word}</Status>
        </span>
        {onClose && (
          <span className={styles['window']}>
            <Tooltip label="Open on a page of its own">
              <Button
                variant="subtle"
                color="gray"
                size="compact-xs"
                aria-label="Open on a page of its own"
                onClick={() => go(exceptionHref(exception.id))}
              >
                <Icon name="expand" size={14} />
              </Button>
            </Tooltip>
            <Tooltip label="Close (Esc)">
              <Button variant="subtle" color="gray" size="compact-xs" aria-label="Close the detail" onClick={onClose}>
                <Icon name="close" size={14} />
              </Button>
            </Tooltip>
          </span>
        )}
      </div>
      <h1 className={styles['sentence']}>
        <WholeWords
          text={exceptionSentence(exception)}
          words={[exception.moneyAtRisk && formatMoney(exception.moneyAtRisk), exception.businessObject.key]}
        />
      </h1>
    </header>
  );
}

/** What the exception is about: a document by its number; a signal, file or run with its kind, which leads to it. */
function Subject({ subject }: { subject: ExceptionFull['businessObject'] }) {
  const href = technicalHref(subject);
  if (href === undefined) return <span className="mono">{subject.key}</span>;
  return (
    <AppLink href={href} title={subject.key}>
      {titleWords(subject.type)} <span className="mono">{cutMiddle(subject.key, 30)}</span>
    </AppLink>
  );
}

function ExceptionFacts({ exception }: { exception: ExceptionFull }) {
  const now = useNow();
  const entities = useLegalEntities();
  const isOver = exception.resolvedAt !== null;
  return (
    <div className={styles['facts']}>
      <Facts
        facts={[
          {
            name: isOver ? 'Money' : 'Money at risk',
            value: <MoneyText money={exception.moneyAtRisk} direction={exception.direction} />,
          },
          {
            name: isOver ? 'Resolved' : 'Open for',
            value: isOver ? dateTime(exception.resolvedAt ?? '') : age(exception.openedAt, now),
            title: `First failed ${exactInstant(exception.openedAt)}`,
          },
          {
            name: 'Queue',
            value: exception.queue ? (
              <AppLink href={exceptionsHref({ queue: [exception.queue.name] })}>{exception.queue.title}</AppLink>
            ) : (
              '–'
            ),
          },
          { name: 'Owner', value: <PersonName person={exception.owner} /> },
          { name: 'Customer', value: exception.counterparty ?? '–' },
          { name: 'Legal entity', value: exception.legalEntity ? entityInWords(exception.legalEntity, entities) : '–' },
          { name: 'Region', value: exception.region ?? '–' },
          { name: 'Failed', value: exception.occurrences === 1 ? 'once' : `${exception.occurrences} times` },
          {
            name: 'Same problem',
            value:
              exception.group.memberCount > 1 ? (
                <AppLink href={exceptionsHref({ group: exception.group.id, view: 'all' })}>
                  {countAtLeast(exception.group.memberCount, exception.group.memberCountIsLowerBound, 'exception')}
                </AppLink>
              ) : (
                'this one only'
              ),
          },
          { name: 'Group', value: <AppLink href={groupsHref({ open: exception.group.id })}>what is known</AppLink> },
        ]}
      />
    </div>
  );
}
