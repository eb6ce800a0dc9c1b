import { Button, Checkbox, Modal, Textarea } from '@mantine/core';
import { useEffect, useState, type KeyboardEvent } from 'react';
import { useClient } from 'urql';
import type { PlanShownFragment } from '../../gql/graphql.js';
import { cutMiddle } from '../../shared/format/words.js';
import { describeFailure } from '../../shared/graphql/failure.js';
import { Icon } from '../../shared/icons/icon.js';
import { StatusShape } from '../../shared/status/status.js';
import { AskTarget } from './ask-target.js';
import type { ExceptionRow } from './exception-documents.js';
import { limitsIn, onlyLimits, wishedLimits, type LimitsDraft } from '../../shared/sending/limits-draft.js';
import { PlanSums } from '../../shared/sending/plan-sums.js';
import type { Limits } from '../../shared/sending/sending-words.js';
import { sumWords, type PlanSum } from '../../shared/sending/sum-words.js';
import { HowItIsSent, type PlanTarget } from './how-it-is-sent.js';
import { RequestRequeueDocument } from './send-documents.js';
import { SendModeChoice } from './send-mode-choice.js';
import { choiceVariables, choiceWords, type SendChoice } from './send-modes.js';
import {
  approvalSentence,
  AS_PLANNED,
  planSummary,
  waitingSentence,
  wayOf,
  wishesFor,
  type PlanApproval,
  type PlanItem,
  type PlanWaiting,
  type WhatWasSent,
} from './send-plan.js';
import { ScrollRegion } from '../../shared/page/scroll-region.js';
import styles from './dialogs.module.css';

type SendAgainDialogProps = {
  rows: readonly ExceptionRow[];
  /** a version that was just corrected, to be sent */
  version?: number | undefined;
  onClose: () => void;
  onSent: (what: WhatWasSent) => void;
};

// A dry run needs no reason of its own; what is asked for here is only the plan.
const PLAN_REASON = 'plan';
const LEAST_REASON = 3;
const PLAN_CHANGED = 'It has changed since you looked at it, and nothing was sent. Above stands what would go now.';
/** Why what would be sent of it cannot be. */
const OF_PAYLOAD: ReadonlySet<string> = new Set(['NO_SUCH_VERSION', 'STALE_VERSION', 'PAYLOAD_UNFIT']);

/** The plan first (what goes out, what stays and why), then the reason, then the send. */
export function SendAgainDialog({ rows, version, onClose, onSent }: SendAgainDialogProps) {
  const client = useClient();
  const [plan, setPlan] = useState<readonly PlanItem[]>();
  const [effect, setEffect] = useState<Effect>(NO_EFFECT);
  const [problem, setProblem] = useState<string>();
  const [reason, setReason] = useState('');
  const [isSending, setSending] = useState(false);
  const [wished, setWished] = useState(AS_PLANNED);
  const [way, setWay] = useState<{ limits: Limits; targets: readonly PlanTarget[] }>();
  const [draft, setDraft] = useState<LimitsDraft>();
  const [hash, setHash] = useState<string>();
  const [ids] = useState(() => rows.map((row) => row.id));
  const [choice, setChoice] = useState<SendChoice>(
    version === undefined ? { mode: 'AS_IS' } : { mode: 'CORRECTED', version },
  );

  const show = (seen: PlanShownFragment) => {
    setPlan(seen.items);
    setEffect(seen);
    setHash(seen.hash);
    setWay({ limits: onlyLimits(seen.limits), targets: seen.targets });
  };

  useEffect(() => {
    let isGone = false;
    void client
      .mutation(RequestRequeueDocument, {
        exceptionIds: ids,
        reason: PLAN_REASON,
        dryRun: true,
        ...wished,
        ...choiceVariables(choice, ids),
      })
      .toPromise()
      .then((result) => {
        if (isGone) return;
        setProblem(undefined);
        const answer = result.data?.requestRequeue;
        if (answer?.__typename === 'RequeuePlan') show(answer);
        else if (answer?.__typename === 'ActFailure') setProblem(answer.message);
        else if (result.error) setProblem(describeFailure(result.error).message);
      });
    return () => {
      isGone = true;
    };
  }, [client, ids, wished, choice]);

  // The reason can be written while the plan is still being worked out.
  const canAsk = plan === undefined ? problem === undefined : plan.some((item) => item.willSend);
  // another payload may go where this one cannot
  const offersChoice = canAsk || plan?.some((item) => OF_PAYLOAD.has(item.code ?? '')) === true;
  const sendable = plan?.filter((item) => item.willSend) ?? [];
  const limits = way && limitsIn(draft ?? way.limits, way.limits);
  const canSend = sendable.length > 0 && limits !== undefined && reason.trim().length >= LEAST_REASON && !isSending;
  const send = async () => {
    if (!canSend || !limits) return;
    setSending(true);
    setProblem(undefined);
    const exceptionIds = sendable.map((item) => item.exceptionId);
    const result = await client
      .mutation(RequestRequeueDocument, {
        exceptionIds,
        reason: reason.trim(),
        dryRun: false,
        ...wished,
        ...choiceVariables(choice, exceptionIds),
        ...wishedLimits(limits, way.limits),
        expectedHash: hash,
      })
      .toPromise();
    setSending(false);
    const answer = result.data?.requestRequeue;
    if (answer?.__typename === 'RequeueAccepted') {
      const isAsked = answer.request.state === 'PENDING_APPROVAL';
      onSent({ count: answer.request.items, isAsked, fallen: answer.plan.items.filter(({ willSend }) => !willSend) });
    } else if (answer?.__typename === 'RequeuePlanChanged') {
      show(answer.plan);
      setProblem(PLAN_CHANGED);
    } else if (answer?.__typename === 'ActFailure') setProblem(answer.message);
    else if (result.error) setProblem(describeFailure(result.error).message);
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
  };

  return (
    <Modal opened onClose={onClose} title="Send again" size={600}>
      <div className={styles['stack']}>
        {plan ? (
          <Plan items={plan} sent={effect.sent} leftOut={effect.leftOut} choice={choice} />
        ) : (
          !problem && <p className="muted">Working out what would be sent…</p>
        )}
        {plan &&
          wishesFor(plan, wished).map(({ name, label, description }) => (
            <Checkbox
              key={name}
              label={label}
              description={description}
              checked={wished[name]}
              onChange={(event) => setWished({ ...wished, [name]: event.currentTarget.checked })}
            />
          ))}
        {plan && canAsk && effect.waiting.length > 0 && <p className="muted">{waitingSentence(effect.waiting)}</p>}
        {plan && canAsk && effect.approval && (
          <p>
            <StatusShape tone="waiting" /> {approvalSentence(effect.approval)}
          </p>
        )}
        {offersChoice && <SendModeChoice exceptionIds={ids} choice={choice} onChange={setChoice} />}
        {sendable.length > 0 && (
          <AskTarget
            key={JSON.stringify(choice)}
            asked={{ exceptionIds: sendable.map(({ exceptionId }) => exceptionId), ...choiceVariables(choice, ids) }}
          />
        )}
        {canAsk && way && sendable.length > 0 && (
          <HowItIsSent defaults={way.limits} targets={way.targets} draft={draft ?? way.limits} onChange={setDraft} />
        )}
        {canAsk && (
          <>
            <Textarea
              label="Reason"
              description="Kept with the attempt as evidence"
              placeholder="Mapping for selling unit DE01-BREMEN was added"
              required
              withAsterisk={false}
              data-autofocus
              rows={2}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              onKeyDown={key}
            />
            <p className={styles['clocks']}>
              Three clocks follow: <b>sent</b> when the integration takes it, <b>processed</b> when its new run reports
              back, <b>verified</b> when the business outcome is seen downstream. Only then is it resolved.
            </p>
          </>
        )}
        {problem && (
          <p role="alert" className={styles['problem']}>
            <StatusShape tone="critical" /> {problem}
          </p>
        )}
        <div className={styles['buttons']}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            leftSection={<Icon name="send" size={14} />}
            disabled={!canSend && !isSending}
            loading={isSending}
            onClick={() => void send()}
          >
            {submitWords(sendable.length, effect.approval !== null)}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

type Sums = { sent: readonly PlanSum[]; leftOut: readonly PlanSum[] };
type Effect = Sums & { waiting: readonly PlanWaiting[]; approval: PlanApproval | null };

const NO_EFFECT: Effect = { sent: [], leftOut: [], waiting: [], approval: null };

function submitWords(items: number, isAsked: boolean): string {
  if (isAsked) return items > 1 ? `Ask to send ${items} again` : 'Ask to send again';
  return items > 1 ? `Send ${items} again` : 'Send again';
}

type PlanProps = Sums & { items: readonly PlanItem[]; choice: SendChoice };

function Plan({ items, sent, leftOut, choice }: PlanProps) {
  const [only] = items;
  return (
    <div className={styles['plan']}>
      <p className={styles['summary']}>{planSummary(items, sent)}</p>
      {items.length === 1 && only ? (
        <p className="muted">
          {only.willSend ? (
            <>
              <span className="mono">{only.objectKey}</span> goes to <span className="mono">{only.integration}</span>,{' '}
              {choiceWords(choice)}, under an idempotency key of its own
              {only.after.length === 0 ? '.' : ', when what comes before it is through.'}
            </>
          ) : (
            only.reason
          )}
        </p>
      ) : (
        <ScrollRegion className={styles['items']} label="What would be sent">
          <ul>
            {items.map((item) => (
              <li key={item.exceptionId}>
                <StatusShape tone={item.willSend ? 'good' : 'unknown'} />
                <span className="mono" title={item.objectKey}>
                  {cutMiddle(item.objectKey, 26)}
                </span>
                <span className={styles['why']}>{wayOf(item, items)}</span>
              </li>
            ))}
          </ul>
        </ScrollRegion>
      )}
      {items.length > 1 && sent.length > 0 && <PlanSums sums={sent} label="Money of what goes" />}
      {items.length > 1 && leftOut.length > 0 && (
        <p className="muted">
          Left out: {leftOut.map((sum) => `${sum.legalEntity ?? 'no entity'} ${sumWords(sum)}`).join('; ')}.
        </p>
      )}
    </div>
  );
}
