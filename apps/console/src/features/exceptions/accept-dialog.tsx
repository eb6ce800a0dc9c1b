import { NativeSelect, Textarea } from '@mantine/core';
import { useState } from 'react';
import { formatMoney } from '../../shared/format/money.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { limitOf } from './acceptance-limit.js';
import { AcceptDocument, ExceptionReasonsDocument } from './life-documents.js';
import { reasonsUnread, type StateDialogProps } from './state-dialog.js';

/** Closing without correction: what that means, why, and who else decides. */
export function AcceptDialog({ rows, subject, onClose, onDone }: StateDialogProps) {
  const act = useAct(AcceptDocument);
  const loaded = useLoad(ExceptionReasonsDocument, {}, { policy: 'cache-first' });
  const reasons = loaded.data?.exceptionReasons;
  const [reason, setReason] = useState('');
  const [comment, setComment] = useState('');
  const [row] = rows;
  const submit = async () => {
    if (row === undefined) return;
    const done = await act.run({ id: row.id, version: row.version, reason, comment: comment.trim() });
    const isAsked = done?.exceptions[0]?.state === 'PENDING_APPROVAL';
    if (done) onDone(isAsked ? `${subject} waits for a second person` : `${subject} closed without correction`);
  };
  return (
    <FormDialog
      title={`${subject}: close without correction`}
      submit="Close without correction"
      onSubmit={() => void submit()}
      onClose={onClose}
      canSubmit={reason !== '' && comment.trim() !== ''}
      isRunning={act.isRunning}
      problem={act.problem ?? reasonsUnread(loaded.error)}
    >
      <p>
        Posts nothing and writes nothing off: {row?.moneyAtRisk ? `${formatMoney(row.moneyAtRisk)} stays` : 'all stays'}{' '}
        as it is in the systems.
        {reasons &&
          ` Above ${formatMoney(limitOf(reasons, row?.legalEntity))} a second person decides; what you close of one counterparty in a day adds up.`}
      </p>
      <NativeSelect
        data-autofocus
        label="Reason"
        data={[
          { value: '', label: 'Choose a reason' },
          ...(reasons?.accept ?? []).map(({ code, title }) => ({ value: code, label: title })),
        ]}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Textarea
        label="Comment"
        description="Kept as evidence; the second person reads it"
        rows={3}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
