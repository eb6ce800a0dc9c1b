import { acceptanceState, whyAsked } from '../../shared/acceptance/acceptance-words.js';
import { BulkProgress } from '../../shared/bulk/bulk-progress.js';
import { isOver } from '../../shared/bulk/bulk-words.js';
import { useBulkAct } from '../../shared/bulk/use-bulk-act.js';
import { formatMoney } from '../../shared/format/money.js';
import { dateTime, exactInstant } from '../../shared/format/time.js';
import { count, plainWords } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { AppLink } from '../../shared/navigation.js';
import { DetailHead } from '../../shared/page/detail-head.js';
import { Facts, Panel } from '../../shared/page/panel.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import { bulkActsHref } from '../../shared/url-bulk.js';
import { groupsHref } from '../../shared/url-groups.js';
import { exceptionHref } from '../../shared/url.js';
import { useEvery } from '../../shared/use-every.js';
import { AcceptanceEntryDocument, type AskedAlone, type AskedByAct } from './approval-documents.js';
import { AskedActs } from './asked-acts.js';
import { AskedAloneActs } from './asked-alone-acts.js';
import { AskedItems } from './asked-items.js';
import { AskedSums } from './asked-sums.js';
import { askedSentence } from './asked-words.js';
import page from '../../shared/page/list-page.module.css';
import styles from './approvals-page.module.css';

type DetailProps = { id: string; onClose: () => void; onChanged: () => void };

const ASK_EVERY_MS = 3_000;

/** What is decided as one: a request by itself, all that one act asked for, or what was decided on that. */
export function ApprovalDetail({ id, onClose, onChanged }: DetailProps) {
  const load = useLoad(AcceptanceEntryDocument, { id });
  const entry = load.data?.acceptanceEntry;
  useEvery(ASK_EVERY_MS, load.reload, entry?.asked?.isAsking === true);
  if (load.isLoading) return <Loading label="request" rows={8} />;
  if (load.error && !load.data) return <Failed what="request" error={load.error} onRetry={load.reload} />;
  const changed = () => {
    load.reload();
    onChanged();
  };
  if (entry?.acceptance) return <Alone asked={entry.acceptance} onClose={onClose} onChanged={changed} />;
  if (entry?.asked) return <Many asked={entry.asked} onClose={onClose} onChanged={changed} />;
  if (entry?.decision) return <Decided id={entry.decision.id} onClose={onClose} />;
  return (
    <div className={page['detail']}>
      <DetailHead topline={null} title="This request does not exist" onClose={onClose} />
    </div>
  );
}

type AloneProps = { asked: AskedAlone; onClose: () => void; onChanged: () => void };

function Alone({ asked, onClose, onChanged }: AloneProps) {
  const { tone, word } = acceptanceState(asked.state);
  const { exception, expiresAt } = asked;
  return (
    <article className={page['detail']} aria-label={asked.title}>
      <DetailHead topline={<Status tone={tone}>{word}</Status>} title={asked.title} onClose={onClose} />
      <AskedAloneActs asked={asked} onDone={onChanged} />
      <p>Closed without correction, it posts nothing and writes nothing off. {whyAsked(asked)}</p>
      <Facts
        facts={[
          {
            name: 'Document',
            value: exception ? (
              <AppLink href={exceptionHref(exception.id)}>
                {plainWords(exception.businessObject.type)} {exception.businessObject.key}
              </AppLink>
            ) : (
              '–'
            ),
          },
          { name: 'Customer', value: exception?.counterparty ?? '–' },
          { name: 'Legal entity', value: exception?.legalEntity ?? '–' },
          { name: 'Money at risk', value: asked.moneyAtRisk ? formatMoney(asked.moneyAtRisk) : 'none' },
          { name: 'Reason', value: asked.reason.title },
          askedBy(asked),
          ...(asked.state === 'pending' && expiresAt !== null ? [expires(expiresAt)] : []),
        ]}
      />
      <p className={styles['comment']}>{asked.comment}</p>
      {asked.deciderName !== null && asked.decidedAt !== null && (
        <p className="muted">
          {word} by {asked.deciderName}, {dateTime(asked.decidedAt)}
          {asked.decisionReason ? `: ${asked.decisionReason}` : ''}
        </p>
      )}
    </article>
  );
}

type ManyProps = { asked: AskedByAct; onClose: () => void; onChanged: () => void };

function Many({ asked, onClose, onChanged }: ManyProps) {
  const { waiting, decision, isAsking } = asked;
  const expiresAt = waiting?.expiresAt ?? null;
  return (
    <article className={page['detail']} aria-label={`Request of ${asked.makerName}`}>
      <DetailHead
        topline={<Status tone="waiting">{isAsking ? 'Still being asked for' : 'Awaits approval'}</Status>}
        title={waiting ? askedSentence(waiting) : 'Nothing of it waits any more'}
        onClose={onClose}
      />
      {waiting && <AskedActs asked={asked} waiting={waiting} onDone={onChanged} />}
      {decision && <LatestDecision key={decision.id} id={decision.id} onChanged={onChanged} />}
      <p>Closed without correction, they post nothing and write nothing off.</p>
      <Facts
        facts={[
          { name: 'Reason', value: asked.reason.title },
          askedBy(asked),
          {
            name: 'Asked with',
            value: <AppLink href={bulkActsHref({ open: asked.id })}>{asked.selectionWords}</AppLink>,
          },
          ...(expiresAt === null ? [] : [expires(expiresAt)]),
          ...(waiting
            ? [
                {
                  name: 'SHA-256 of the ids',
                  value: <span className="mono">{waiting.hash.slice(0, 12)}</span>,
                  title: waiting.hash,
                },
              ]
            : []),
        ]}
      />
      <p className={styles['comment']}>{asked.comment}</p>
      {waiting && (
        <>
          {waiting.sums.length > 0 && (
            <Panel title="Money at risk" aside="as frozen, each unit once" isFlush>
              <AskedSums sums={waiting.sums} />
            </Panel>
          )}
          {waiting.groups.length > 0 && (
            <Panel title="Groups" aside={count(waiting.groupCount, 'group')}>
              <ul className={styles['list']}>
                {waiting.groups.map((group) => (
                  <li key={group.id}>
                    <AppLink href={groupsHref({ open: group.id })}>{group.title}</AppLink>,{' '}
                    {count(group.count, 'exception')}
                  </li>
                ))}
              </ul>
            </Panel>
          )}
          <Panel title="What waits" isFlush>
            <AskedItems key={waiting.hash} id={asked.id} />
          </Panel>
        </>
      )}
    </article>
  );
}

function askedBy({ makerName, requestedAt }: { makerName: string; requestedAt: string }) {
  return { name: 'Asked for by', value: `${makerName}, ${dateTime(requestedAt)}`, title: exactInstant(requestedAt) };
}

function expires(at: string) {
  return { name: 'Goes back', value: dateTime(at), title: exactInstant(at) };
}

/** How far the latest decision is, and what it left waiting. */
function LatestDecision({ id, onChanged }: { id: string; onChanged: () => void }) {
  const { bulkAct } = useBulkAct(id);
  const wasOver = bulkAct !== undefined && isOver(bulkAct.state);
  return (
    bulkAct && (
      <Panel title={`${bulkAct.submittedByName}: ${bulkAct.words}`} aside={dateTime(bulkAct.submittedAt)}>
        <BulkProgress bulkAct={bulkAct} onSteered={onChanged} />
        {bulkAct.reason !== '' && <p className={styles['comment']}>{bulkAct.reason}</p>}
        <p>
          <AppLink href={bulkActsHref({ open: id })}>What became of each</AppLink>
          {!wasOver && ' so far'}
        </p>
      </Panel>
    )
  );
}

/** What was decided on all that an act asked for. */
function Decided({ id, onClose }: { id: string; onClose: () => void }) {
  const { bulkAct, isLoading, error, reload } = useBulkAct(id);
  if (isLoading) return <Loading label="decision" rows={6} />;
  if (error && !bulkAct) return <Failed what="decision" error={error} onRetry={reload} />;
  if (!bulkAct) return <Empty title="There is no such decision" />;
  return (
    <article className={page['detail']} aria-label={bulkAct.words}>
      <DetailHead topline={<span className="muted">Decision on many</span>} title={bulkAct.words} onClose={onClose} />
      <Facts
        facts={[
          {
            name: 'By',
            value: `${bulkAct.submittedByName}, ${dateTime(bulkAct.submittedAt)}`,
            title: exactInstant(bulkAct.submittedAt),
          },
          { name: 'On', value: bulkAct.selectionWords },
          { name: 'Reason', value: bulkAct.reason === '' ? '–' : bulkAct.reason },
          {
            name: 'SHA-256 of the ids',
            value: <span className="mono">{bulkAct.hash.slice(0, 12)}</span>,
            title: bulkAct.hash,
          },
        ]}
      />
      <BulkProgress bulkAct={bulkAct} onSteered={reload} />
      <p>
        <AppLink href={bulkActsHref({ open: id })}>What became of each</AppLink>
      </p>
    </article>
  );
}
