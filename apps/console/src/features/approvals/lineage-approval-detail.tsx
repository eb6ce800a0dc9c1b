import { formatMoney } from '../../shared/format/money.js';
import { dateTime, exactInstant } from '../../shared/format/time.js';
import { count, countNumber } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { ChangeConsequences } from '../../shared/lineage-changes/change-consequences.js';
import { changeSentence } from '../../shared/lineage-changes/change-words.js';
import { ChangesAfterwards } from '../../shared/lineage-changes/changes-afterwards.js';
import { DifferenceTables } from '../../shared/lineage-changes/difference-tables.js';
import { LineageActs } from '../../shared/lineage-changes/lineage-acts.js';
import { approvalState, LineageApprovalPanel } from '../../shared/lineage-changes/lineage-approval.js';
import { DetailHead } from '../../shared/page/detail-head.js';
import { Facts, Panel } from '../../shared/page/panel.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { Status } from '../../shared/status/status.js';
import { useEvery } from '../../shared/use-every.js';
import { LineageApprovalDocument, type ChangeToApprove } from './lineage-approval-documents.js';
import page from '../../shared/page/list-page.module.css';
import styles from './approvals-page.module.css';

type DetailProps = { id: string; onClose: () => void; onChanged: () => void };

const ASK_EVERY_MS = 2_000;
const MOVING = ['reporting', 'waiting', 'running', 'switching'];

/** One change of lineage: what it would change, who may decide, and what it changed in the end. */
export function LineageApprovalDetail({ id, onClose, onChanged }: DetailProps) {
  const load = useLoad(LineageApprovalDocument, { id });
  const approval = load.data?.lineageApproval;
  useEvery(ASK_EVERY_MS, load.reload, approval?.change ? isMoving(approval.change) : false);
  if (load.isLoading) return <Loading label="change" rows={8} />;
  if (load.error && !load.data) return <Failed what="change" error={load.error} onRetry={load.reload} />;
  if (!approval) return <Empty title="There is no such change" />;
  const changed = () => {
    load.reload();
    onChanged();
  };
  return <WholeChange approval={approval} onClose={onClose} onChanged={changed} />;
}

type Change = NonNullable<ChangeToApprove['change']>;

function isMoving({ state, afterwards }: Change): boolean {
  // once it is done, what follows from it is looked at a moment later
  return MOVING.includes(state) || (state === 'done' && afterwards !== null && afterwards.comparedAt === null);
}

type WholeProps = { approval: ChangeToApprove; onClose: () => void; onChanged: () => void };

function WholeChange({ approval, onClose, onChanged }: WholeProps) {
  const { kind, report, change, reportingMoney } = approval;
  const { tone, word } = approvalState(approval.state);
  const effect = changeSentence(kind, report);
  return (
    <article className={page['detail']} aria-label={`Change of ${approval.makerName}`}>
      <DetailHead
        topline={
          <>
            <Status tone={tone}>{word}</Status>
            {approval.isBreakGlass && <Status tone="warning">Emergency</Status>}
          </>
        }
        title={effect}
        onClose={onClose}
      />
      <LineageActs approval={approval} effect={effect} onDone={onChanged} />
      <Facts
        facts={[
          {
            name: 'Asked for by',
            value: `${approval.makerName}, ${dateTime(approval.createdAt)}`,
            title: exactInstant(approval.createdAt),
          },
          { name: 'What', value: kind === 'rebuild' ? 'Switch to a rebuild of the whole' : 'Mapping signals again' },
          {
            name: 'Documents differ by',
            value: reportingMoney === null ? 'nobody can tell all of it' : formatMoney(reportingMoney),
          },
          {
            name: 'Report',
            value: <span className="mono">{approval.hash.slice(0, 12)}</span>,
            title: approval.hash,
          },
        ]}
      />
      <p className={styles['comment']}>{approval.reason}</p>
      {change && <Progress change={change} kind={kind} />}
      <LineageApprovalPanel approval={approval} />
      <Panel title="What would change" aside="as it was when it was asked for">
        <ChangeConsequences report={report} />
        <DifferenceTables caption="Rows of lineage" differences={report.differences} />
      </Panel>
      {change?.afterwards && (
        <Panel title="Changes afterwards">
          <ChangesAfterwards afterwards={change.afterwards} />
        </Panel>
      )}
    </article>
  );
}

function Progress({ change: { state, total, done }, kind }: { change: Change; kind: string }) {
  if (!MOVING.includes(state)) return null;
  const noun = kind === 'rebuild' ? 'activity' : 'signal';
  const nouns = kind === 'rebuild' ? 'activities' : 'signals';
  const words = state === 'reporting' ? 'compared once more' : 'done';
  return (
    <p role="status">
      {total === null ? 'It is about to begin.' : `${countNumber(done)} of ${count(total, noun, nouns)} ${words}.`}
    </p>
  );
}
