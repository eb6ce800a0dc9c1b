import { Radio, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { RequeueVerdict } from '../../gql/graphql.js';
import { useAct } from '../graphql/use-act.js';
import { FormDialog } from '../page/form-dialog.js';
import { SettleOutcomeDocument } from './settle-documents.js';

/** Fewest characters of what was seen. */
const LEAST_REASON = 10;

type SettleDialogProps = {
  attemptId: string;
  /** "sales order O-100" */
  what: string;
  onClose: () => void;
  onSettled: () => void;
};

/** Asks a second person, who looked at the target, what became of a send that nothing else tells of. */
export function SettleDialog({ attemptId, what, onClose, onSettled }: SettleDialogProps) {
  const settle = useAct(SettleOutcomeDocument);
  const [verdict, setVerdict] = useState<RequeueVerdict>();
  const [reason, setReason] = useState('');
  const text = reason.trim();
  const send = async () => {
    if (verdict !== undefined && (await settle.run({ attemptId, verdict, reason: text }))) onSettled();
  };
  return (
    <FormDialog
      title={`What became of ${what}`}
      submit="Settle"
      onClose={onClose}
      onSubmit={() => void send()}
      canSubmit={verdict !== undefined && text.length >= LEAST_REASON}
      isRunning={settle.isRunning}
      problem={settle.problem}
    >
      <Radio.Group
        label="What the target did"
        value={verdict ?? ''}
        onChange={(value) => setVerdict(value === 'APPLIED' ? 'APPLIED' : 'NOT_APPLIED')}
      >
        <Radio
          data-autofocus
          value="APPLIED"
          label="It was applied"
          description="The exception is closed as proved by you, not by what was seen downstream"
        />
        <Radio
          value="NOT_APPLIED"
          label="It was not applied, and will not be"
          description="The exception is open again and may be sent anew"
        />
      </Radio.Group>
      <Textarea
        label="What you saw at the target"
        description={`At least ${LEAST_REASON} characters; kept as evidence and shown on the certificate`}
        rows={3}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
