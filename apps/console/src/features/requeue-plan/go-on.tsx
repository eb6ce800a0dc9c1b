import { Button, Textarea } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import { dateTime } from '../../shared/format/time.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { useKeys, type KeyBinding } from '../../shared/keyboard/keyboard.js';
import { Problem } from '../../shared/page/form-dialog.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { useNow } from '../../shared/use-now.js';
import { useCan } from '../../shared/viewer/viewer.js';
import { CancelPlanDocument, GoOnWithPlanDocument, type PlannedRequest, type SelectionPlan } from './plan-documents.js';
import { goOnWords } from './plan-words.js';
import styles from '../../shared/bulk/bulk.module.css';

const LEAST_REASON = 3;

type GoOnProps = { request: PlannedRequest; plan: SelectionPlan; onDone: () => void };

/** The reason and the word to go on, for whoever planned it. */
export function GoOn({ request, plan, onDone }: GoOnProps) {
  const [reason, setReason] = useState('');
  const goOn = useAct(GoOnWithPlanDocument);
  const whyNot = whyNotNow(request, plan, reason, useNow());
  const send = async () => {
    if (whyNot !== undefined || goOn.isRunning) return;
    if (await goOn.run({ id: request.id, reason: reason.trim() })) onDone();
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
  };
  return (
    <div className={styles['progress']}>
      {plan.canGoOn && (
        <Textarea
          label="Reason"
          description="Kept with each attempt as evidence"
          placeholder="Mapping for selling unit DE01-BREMEN was added"
          required
          withAsterisk={false}
          rows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          onKeyDown={key}
        />
      )}
      <div className={styles['acts']}>
        <PermittedButton
          needs="requeue.request"
          what="Sending again"
          keys="Ctrl-Enter"
          whyNot={whyNot}
          loading={goOn.isRunning}
          onClick={() => void send()}
        >
          {goOnWords(plan)}
        </PermittedButton>
        <CancelPlan request={request} onDone={onDone} />
        {plan.expiresAt !== null && plan.canGoOn && (
          <span className="muted">
            Holds until {dateTime(plan.expiresAt)}: what changes meanwhile falls out, with its reason.
          </span>
        )}
      </div>
      {goOn.problem && <Problem problem={goOn.problem} />}
    </div>
  );
}

function whyNotNow(
  { makerName }: PlannedRequest,
  { going, canGoOn, expiresAt }: SelectionPlan,
  reason: string,
  now: Date,
): string | undefined {
  if (going === 0) return 'Nothing of it can be sent again.';
  if (expiresAt !== null && new Date(expiresAt) <= now) return 'Its time ran out: pick them anew in the inbox.';
  if (!canGoOn) return `${makerName} planned it: plan it yourself to ask for it.`;
  return reason.trim().length < LEAST_REASON ? 'Say why it is sent again.' : undefined;
}

/** Ends a plan, or the writing of what is sent; asks once more where something is claimed already. */
export function CancelPlan({ request, onDone }: Omit<GoOnProps, 'plan'>) {
  const [isAsking, setAsking] = useState(false);
  const can = useCan();
  const cancel = useAct(CancelPlanDocument);
  const isPossible = request.run.acts.includes('cancel');
  const bindings: KeyBinding[] = isPossible
    ? [{ keys: 'Shift-c', label: 'Cancel the plan', group: 'Plan', run: () => setAsking(true) }]
    : [];
  useKeys(bindings, can('requeue.request'));
  if (!isPossible) return null;
  const tell = async () => {
    if (await cancel.run({ id: request.id })) onDone();
    setAsking(false);
  };
  const button = { needs: 'requeue.request', what: 'Sending again' } as const;
  return (
    <>
      {isAsking ? (
        <>
          <span>Nothing of it is sent then, and all its exceptions are free.</span>
          <PermittedButton {...button} color="critical" loading={cancel.isRunning} onClick={() => void tell()}>
            Cancel the plan
          </PermittedButton>
          <Button variant="subtle" onClick={() => setAsking(false)}>
            Not now
          </Button>
        </>
      ) : (
        <PermittedButton {...button} variant="subtle" keys="Shift-c" onClick={() => setAsking(true)}>
          Cancel
        </PermittedButton>
      )}
      {cancel.problem && <Problem problem={cancel.problem} />}
    </>
  );
}
