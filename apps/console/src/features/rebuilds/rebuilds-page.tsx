import { useState } from 'react';
import { dateTime, exactInstant } from '../../shared/format/time.js';
import { count } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { Icon } from '../../shared/icons/icon.js';
import { changeSentence } from '../../shared/lineage-changes/change-words.js';
import { LineageActs } from '../../shared/lineage-changes/lineage-acts.js';
import { LineageApprovalPanel } from '../../shared/lineage-changes/lineage-approval.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { Facts, Panel } from '../../shared/page/panel.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import { lineageApprovalsHref } from '../../shared/url-approvals.js';
import { AppLink } from '../../shared/navigation.js';
import { useEvery } from '../../shared/use-every.js';
import { RebuildActs } from './rebuild-acts.js';
import { RebuildsDocument, type Rebuild } from './rebuild-documents.js';
import { RebuildReport } from './rebuild-report.js';
import { isMoving, rebuildSentence, rebuildsAnswer, rebuildState, scopeWords } from './rebuild-words.js';
import { RequestRebuildDialog } from './request-rebuild-dialog.js';
import page from '../../shared/page/list-page.module.css';
import styles from './rebuilds.module.css';

const SHOWN = 50;
const ASK_EVERY_MS = 1_000;
/** One that waits for a person keeps up with what comes meanwhile. */
const OPEN_STATES = ['reporting', 'pending', 'waiting', 'running', 'paused', 'ready', 'switching'];

/** Making lineage again: what is under way, what it would change, and the switch to it. */
export function RebuildsPage() {
  const { data, error, asOf, isLoading, reload } = useLoad(RebuildsDocument, { first: SHOWN });
  const [isAsking, setAsking] = useState(false);
  const rebuilds = data?.rebuilds.edges.map(({ node }) => node) ?? [];
  useEvery(ASK_EVERY_MS, reload, rebuilds.some(isMoving));
  const open = rebuilds.filter(({ state }) => OPEN_STATES.includes(state));
  const over = rebuilds.filter(({ state }) => !OPEN_STATES.includes(state));
  const hasKeys = open.filter(({ approval }) => approval?.state === 'PENDING_APPROVAL').length === 1;
  const asked = () => {
    setAsking(false);
    reload();
  };
  return (
    <div className={page['page']}>
      <PageHeader
        name="Rebuilds"
        asOf={asOf}
        answer={data ? rebuildsAnswer(rebuilds) : 'Rebuilds of lineage'}
        actions={
          <PermittedButton
            needs="lineage.rebuild"
            what="Rebuilding lineage"
            leftSection={<Icon name="again" size={14} />}
            onClick={() => setAsking(true)}
          >
            Rebuild
          </PermittedButton>
        }
      />
      <div className={`${page['detail']} ${styles['page']}`}>
        {isLoading && <Loading label="rebuilds" rows={4} />}
        {error && !data && <Failed what="rebuilds" error={error} onRetry={reload} />}
        {data && rebuilds.length === 0 && (
          <Empty title="Nothing was rebuilt yet">
            Lineage follows from the signals that are kept. When a workflow changes, or something looks wrong, make it
            again: beside what is shown, and with the difference before you decide.
          </Empty>
        )}
        {open.map((rebuild) => (
          <OpenRebuild key={rebuild.id} rebuild={rebuild} hasKeys={hasKeys} onDone={reload} />
        ))}
        {over.length > 0 && <Earlier rebuilds={over} total={data?.rebuilds.totalCount ?? over.length} />}
      </div>
      {isAsking && <RequestRebuildDialog onClose={() => setAsking(false)} onDone={asked} />}
    </div>
  );
}

/** `hasKeys`: the keys of decisions are about this one, and about no other */
type OpenProps = { rebuild: Rebuild; hasKeys: boolean; onDone: () => void };

function OpenRebuild({ rebuild, hasKeys, onDone }: OpenProps) {
  const { tone, word } = rebuildState(rebuild.state);
  const { total } = rebuild;
  return (
    <Panel title={scopeWords(rebuild)} aside={<Status tone={tone}>{word}</Status>}>
      <div className={styles['open']}>
        <p role="status" className={styles['sentence']}>
          {rebuildSentence(rebuild)}
        </p>
        {rebuild.leftOut && <p className="muted">{rebuild.leftOut}</p>}
        {['reporting', 'waiting', 'running', 'paused'].includes(rebuild.state) && (
          <progress
            aria-label={rebuild.isWhole ? 'Activities made again' : 'Signals mapped again'}
            className={styles['bar']}
            {...(total === null ? {} : { value: rebuild.done, max: Math.max(total, 1) })}
          />
        )}
        <Asked rebuild={rebuild} />
        <RebuildReport rebuild={rebuild} />
        {rebuild.approval && (
          <Approval approval={rebuild.approval} rebuild={rebuild} hasKeys={hasKeys} onDone={onDone} />
        )}
        <RebuildActs rebuild={rebuild} onDone={onDone} />
      </div>
    </Panel>
  );
}

type ApprovalProps = OpenProps & { approval: NonNullable<Rebuild['approval']> };

/** Who has to approve it, and the decision itself for whoever may. */
function Approval({ approval, rebuild: { report }, hasKeys, onDone }: ApprovalProps) {
  const effect = report === null ? '' : changeSentence(approval.kind, report);
  return (
    <>
      <LineageApprovalPanel approval={approval} />
      <p>
        <AppLink href={lineageApprovalsHref({ open: approval.id })}>Open among approvals</AppLink>
      </p>
      <LineageActs approval={approval} effect={effect} hasKeys={hasKeys} onDone={onDone} />
    </>
  );
}

function Asked({ rebuild }: { rebuild: Rebuild }) {
  return (
    <Facts
      facts={[
        { name: 'Reason', value: rebuild.reason },
        { name: 'Asked for by', value: rebuild.requestedBy?.displayName ?? 'the system' },
        { name: 'On', value: dateTime(rebuild.requestedAt), title: exactInstant(rebuild.requestedAt) },
      ]}
    />
  );
}

function Earlier({ rebuilds, total }: { rebuilds: readonly Rebuild[]; total: number }) {
  return (
    <Panel title="Earlier" aside={count(total, 'rebuild')}>
      <ul className={styles['earlier']}>
        {rebuilds.map((rebuild) => {
          const { tone, word } = rebuildState(rebuild.state);
          return (
            <li key={rebuild.id}>
              <Status tone={tone}>{word}</Status>
              <details className={styles['samples']}>
                <summary>
                  {scopeWords(rebuild)} <span className="muted">· {rebuildSentence(rebuild)}</span>
                </summary>
                <div className={styles['open']}>
                  <Asked rebuild={rebuild} />
                  <RebuildReport rebuild={rebuild} />
                  {rebuild.approval && <LineageApprovalPanel approval={rebuild.approval} />}
                </div>
              </details>
              <time className="muted" title={exactInstant(rebuild.requestedAt)}>
                {dateTime(rebuild.finishedAt ?? rebuild.requestedAt)}
              </time>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
