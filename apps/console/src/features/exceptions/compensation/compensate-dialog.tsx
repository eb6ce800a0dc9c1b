import { Radio, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { CompensationAction } from '../../../gql/graphql.js';
import { useAct } from '../../../shared/graphql/use-act.js';
import { useLoad } from '../../../shared/graphql/use-load.js';
import { FormDialog } from '../../../shared/page/form-dialog.js';
import { Failed, Loading } from '../../../shared/states/states.js';
import { ACT_WORDS, isUndoing } from '../../../shared/status/action-words.js';
import { StatusShape } from '../../../shared/status/status.js';
import type { ExceptionRow } from '../exception-documents.js';
import { approvalSentence, waitingSentence } from '../send-plan.js';
import {
  CompensationPlanDocument,
  OfferedCompensationsDocument,
  RequestCompensationDocument,
  type CompensationPlan,
} from './compensation-documents.js';
import {
  askedWords,
  documentWords,
  effectWords,
  followingWords,
  planSentence,
  proofWords,
} from './compensation-words.js';
import styles from '../dialogs.module.css';

type CompensateDialogProps = { row: ExceptionRow; onClose: () => void; onAsked: (words: string) => void };

const LEAST_REASON = 3;

/** Reverses or cancels the document of an exception, or tells somebody of it: the plan first, then the reason. */
export function CompensateDialog({ row, onClose, onAsked }: CompensateDialogProps) {
  const offered = useLoad(OfferedCompensationsDocument, { id: row.id }, { policy: 'network-only' });
  const [chosen, setChosen] = useState<CompensationAction>();
  const [documentId, setDocumentId] = useState<string>();
  const [reason, setReason] = useState('');
  const request = useAct(RequestCompensationDocument);
  const actions = offered.data?.exception?.compensations ?? [];
  const action = chosen ?? actions[0]?.action;
  const documents = documentId === undefined ? null : [{ exceptionId: row.id, objectId: documentId }];
  const load = useLoad(
    CompensationPlanDocument,
    { ids: [row.id], action: action ?? 'REVERSE', documents },
    { pause: action === undefined, policy: 'network-only', keepPrevious: true },
  );
  const plan = load.isPrevious ? undefined : load.data?.compensationPlan;
  const item = plan?.items[0];
  const choose = (value: string) => {
    setChosen(actions.find((one) => one.action === value)?.action);
    // another action may be of another document
    setDocumentId(undefined);
  };
  const submit = async () => {
    if (action === undefined) return;
    const done = await request.run({ ids: [row.id], action, reason: reason.trim(), documents });
    if (done) onAsked(askedWords(action, done.request.state === 'PENDING_APPROVAL'));
  };
  const word = action === undefined ? 'Ask' : actOnDocument(action);
  return (
    <FormDialog
      title={`Undo ${row.businessObject.key}`}
      submit={plan?.approval ? `Ask to ${word.toLowerCase()}` : word}
      leave="Leave as it is"
      size={600}
      onClose={onClose}
      onSubmit={() => void submit()}
      canSubmit={item?.willSend === true && reason.trim().length >= LEAST_REASON}
      isRunning={request.isRunning}
      problem={request.problem}
    >
      {offered.isLoading && <Loading label="what is declared" rows={3} />}
      {offered.error && !offered.data && (
        <Failed what="list of what is declared" error={offered.error} onRetry={offered.reload} />
      )}
      {offered.data && actions.length === 0 && <p>Nothing is declared that could undo this.</p>}
      {actions.length > 0 && (
        <Radio.Group label="What is done" value={action ?? ''} onChange={choose}>
          <div className={styles['choices']}>
            {actions.map((one) => (
              <Radio
                key={one.action}
                value={one.action}
                label={ACT_WORDS[one.action]}
                description={`by ${one.integration}`}
              />
            ))}
          </div>
        </Radio.Group>
      )}
      {load.error && !load.data && <Failed what="plan" error={load.error} onRetry={load.reload} />}
      {item && item.choices.length > 1 && (
        <Select
          label="Which of them is wrong"
          description="One send made them all; the others stay"
          data={item.choices.map((one) => ({ value: one.objectId, label: documentWords(one) }))}
          value={item.document?.objectId ?? null}
          allowDeselect={false}
          onChange={(value) => setDocumentId(value ?? undefined)}
        />
      )}
      {plan && <Plan plan={plan} />}
      {!plan && !load.error && action !== undefined && <p className="muted">Working out what would happen…</p>}
      <Textarea
        label="Reason"
        description="Kept as evidence, and told to whoever approves it and to the integration"
        placeholder="Posted twice by the run of 30 September"
        required
        withAsterisk={false}
        data-autofocus
        rows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

/** "Cancel the document": the button that leaves the dialog cancels nothing. */
function actOnDocument(action: CompensationAction): string {
  return isUndoing(action) ? `${ACT_WORDS[action]} the document` : ACT_WORDS[action];
}

function Plan({ plan }: { plan: CompensationPlan }) {
  const [item] = plan.items;
  const following = item === undefined ? '' : followingWords(item);
  const first = item?.following.filter(({ mustGoFirst }) => mustGoFirst) ?? [];
  return (
    <div className={styles['plan']} aria-live="polite">
      <p className={styles['summary']}>
        {item?.willSend === false && <StatusShape tone="warning" />} {planSentence(plan)}
      </p>
      {item?.willSend && <p>{effectWords(plan)}</p>}
      {first.length > 1 && <p className="muted">In all to undo first: {first.map(documentWords).join(', ')}.</p>}
      {item?.willSend && following !== '' && <p className="muted">{following}</p>}
      {item?.willSend && plan.waiting.length > 0 && <p className="muted">{waitingSentence(plan.waiting)}</p>}
      {plan.approval && (
        <p>
          <StatusShape tone="waiting" /> {approvalSentence(plan.approval)}
        </p>
      )}
      {item?.willSend && <p className={styles['clocks']}>{proofWords(plan.action)}</p>}
    </div>
  );
}
