import { countNumber } from '../../shared/format/words.js';
import { AppLink } from '../../shared/navigation.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { Facts, Panel } from '../../shared/page/panel.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { PlanSums } from '../../shared/sending/plan-sums.js';
import { canaryWords, limitsSentence } from '../../shared/sending/sending-words.js';
import { requestState } from '../../shared/status/state-words.js';
import { Status } from '../../shared/status/status.js';
import { exceptionsHref } from '../../shared/url.js';
import { requeueApprovalsHref } from '../../shared/url-approvals.js';
import { runsHref, type RequeuePlanSearch } from '../../shared/url-requeue.js';
import { AskTarget } from '../exceptions/ask-target.js';
import { CancelPlan, GoOn } from './go-on.js';
import { PlanAnew } from './plan-anew.js';
import { PlanItems } from './plan-items.js';
import type { PlannedRequest, SelectionPlan } from './plan-documents.js';
import { approvalWords, isAtWork, leftOutWords, planAnswer, wishWords } from './plan-words.js';
import { usePlan } from './use-plan.js';
import bulk from '../../shared/bulk/bulk.module.css';
import page from '../../shared/page/list-page.module.css';

type PlanPageProps = { id: string; search: RequeuePlanSearch };

/** What would be sent of a large selection, before anything of it is. */
export function RequeuePlanPage({ id, search }: PlanPageProps) {
  const { request, data, isLoading, error, reload, asOf } = usePlan(id);
  const plan = request?.plan ?? undefined;
  return (
    <div className={page['page']}>
      <PageHeader
        name="Plan to send again"
        asOf={asOf}
        answer={request && plan ? planAnswer(request, plan) : 'What would be sent again'}
        detail={plan?.selectionWords}
      />
      {isLoading && <Loading label="plan" rows={8} />}
      {error && !data && <Failed what="plan" error={error} onRetry={reload} />}
      {data && !request && (
        <Empty title="There is no such plan" action={<AppLink href={runsHref()}>All runs</AppLink>}>
          It may belong to another tenant.
        </Empty>
      )}
      {request && !plan && (
        <Empty
          title="It was small, and planned at once"
          action={<AppLink href={runsHref({ open: id })}>Its run</AppLink>}
        />
      )}
      {request && plan && (
        <div className={page['detail']}>
          <Standing request={request} plan={plan} onChanged={reload} />
          {plan.going !== null && <Whole request={request} plan={plan} show={search.show} />}
        </div>
      )}
    </div>
  );
}

/** How much of it the worker has done. */
function WorkDone({ request: { state, deciding }, plan }: Pick<StandingProps, 'request' | 'plan'>) {
  const { label, value, of } =
    state === 'PLANNING'
      ? { label: 'Items planned', value: plan.planned, of: plan.items }
      : state === 'FREEZING'
        ? { label: 'Items written', value: plan.frozen, of: plan.going ?? 1 }
        : { label: 'How far the decision is carried out', value: deciding?.done ?? 0, of: deciding?.items ?? 1 };
  return <progress aria-label={label} className={bulk['bar']} value={value} max={Math.max(1, of)} />;
}

type StandingProps = { request: PlannedRequest; plan: SelectionPlan; onChanged: () => void };

/** Where it is, and what can be done with it now. */
function Standing({ request, plan, onChanged }: StandingProps) {
  const { tone, word } = requestState(request.state);
  return (
    <div className={bulk['progress']}>
      <p role="status">
        <Status tone={tone}>{word}</Status> a plan of {request.makerName}
      </p>
      {isAtWork(request.state) && (
        <>
          <WorkDone request={request} plan={plan} />
          <div className={bulk['acts']}>
            <CancelPlan request={request} onDone={onChanged} />
            <span className="muted">You may leave this page: it goes on, and is listed among the runs.</span>
          </div>
        </>
      )}
      {request.state === 'PLANNED' && <PlanAnew id={request.id} plan={plan} />}
      {request.state === 'PLANNED' && plan.canGoOn && <AskTarget asked={{ planId: request.id }} />}
      {request.state === 'PLANNED' && <GoOn request={request} plan={plan} onDone={onChanged} />}
      <Onward request={request} />
    </div>
  );
}

function Onward({ request: { id, state } }: { request: PlannedRequest }) {
  switch (state) {
    case 'PLANNING':
    case 'PLANNED':
    case 'FREEZING':
      return null;
    case 'PENDING_APPROVAL':
    case 'APPROVING':
    case 'CLOSING':
      return <AppLink href={requeueApprovalsHref({ open: id })}>Its approval</AppLink>;
    case 'EXPIRED':
    case 'CANCELLED':
      return <AppLink href={exceptionsHref()}>Pick them anew in the inbox</AppLink>;
    default:
      return <AppLink href={runsHref({ open: id })}>Its run</AppLink>;
  }
}

type WholeProps = { request: PlannedRequest; plan: SelectionPlan; show: string | undefined };

function Whole({ request: { id, state }, plan, show }: WholeProps) {
  const wishes = wishWords(plan);
  // the sums are those of the planning: what fell out since is still among them
  const isWritten = plan.frozen > 0;
  const fallen = plan.leftOutBy.filter(({ hasFallenOut }) => hasFallenOut);
  return (
    <>
      {fallen.length > 0 && (
        <p role="note">
          <Status tone="warning">Fell out since it was planned</Status>{' '}
          {fallen.map(({ code, count }) => `${leftOutWords(code)} ${countNumber(count)}`).join(', ')}
        </p>
      )}
      <Panel title={isWritten ? 'Money of what was planned' : 'Money of what goes'} aside="each document once">
        <PlanSums sums={plan.sent} label={isWritten ? 'What was planned' : 'What goes'} />
      </Panel>
      {plan.leftOut.length > 0 && (
        <Panel title="Money of what is left out" aside="each document once">
          <PlanSums sums={plan.leftOut} label="What is left out" />
        </Panel>
      )}
      <Panel title="How it goes">
        <Facts
          facts={[
            {
              name: 'Approval',
              value: plan.approval === null ? 'Nobody else has to decide.' : approvalWords(plan.approval),
            },
            { name: 'Limits', value: `${canaryWords(plan.limits)} ${limitsSentence(plan.limits)}` },
            { name: 'Order', value: 'The most urgent first; what stands behind another goes when that is through.' },
            {
              name: 'Downstream',
              value:
                plan.waiting.length === 0
                  ? 'Nothing is known to wait for it.'
                  : plan.waiting.map(({ title, count }) => `${title} (${countNumber(count)})`).join(', '),
            },
            ...(wishes === '' ? [] : [{ name: 'In spite of', value: wishes }]),
          ]}
        />
      </Panel>
      {/* read anew with each step: items fall out while they are written */}
      <PlanItems key={state} id={id} plan={plan} show={show} />
    </>
  );
}
