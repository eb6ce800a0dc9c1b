import { Radio, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { PriorityBand } from '../../gql/graphql.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import type { ExceptionRow } from './exception-documents.js';
import { OverridePriorityDocument } from './standing-documents.js';
import styles from './dialogs.module.css';

const BANDS: readonly PriorityBand[] = ['P1', 'P2', 'P3', 'P4'];

const MEANINGS: Record<PriorityBand, string> = {
  P1: 'Before anything else',
  P2: 'Today',
  P3: 'In its turn',
  P4: 'When nothing else waits',
};

type PriorityDialogProps = {
  row: ExceptionRow;
  title: string;
  onClose: () => void;
  onSaved: (done: string) => void;
};

/** Another band than the rated one, and why; or the rated one again. */
export function PriorityDialog({ row, title, onClose, onSaved }: PriorityDialogProps) {
  const { band, ratedBand, overrideReason, reasons } = row.priority;
  const isStated = overrideReason !== null;
  const [chosen, setChosen] = useState<string>(isStated ? band : '');
  const [reason, setReason] = useState('');
  const override = useAct(OverridePriorityDocument);
  const wanted = BANDS.find((one) => one === chosen) ?? null;
  const isChange = wanted === null ? chosen === 'rated' && isStated : !isStated || wanted !== band;
  const submit = async () => {
    const asked = { id: row.id, band: wanted, reason: reason.trim(), version: row.version };
    if (!(await override.run(asked))) return;
    onSaved(wanted === null ? `Priority is ${ratedBand} again, as rated` : `Priority set to ${wanted}`);
  };
  return (
    <FormDialog
      title={title}
      submit={wanted === null ? 'Set' : `Set to ${wanted}`}
      onClose={onClose}
      onSubmit={() => void submit()}
      canSubmit={isChange && reason.trim() !== ''}
      isRunning={override.isRunning}
      problem={override.problem}
    >
      <p className="muted">
        Rated {ratedBand}: {reasons.join(', ')}.
      </p>
      <Radio.Group label="Priority" value={chosen} onChange={setChosen}>
        <div className={styles['choices']}>
          {BANDS.map((one) => (
            <Radio key={one} value={one} label={one} description={MEANINGS[one]} />
          ))}
          {isStated && (
            <Radio value="rated" label="As rated" description={`${ratedBand}, and with the facts from now on`} />
          )}
        </div>
      </Radio.Group>
      <Textarea
        label="Reason"
        description="It stands beside the priority for everybody"
        rows={2}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
