import { Button, Modal, Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { MapAgainInput } from '../../gql/graphql.js';
import { useAct } from '../graphql/use-act.js';
import { FormDialog } from '../page/form-dialog.js';
import { MapAgainDocument, type Remapping } from './remapping-documents.js';
import { RemappingProgress } from './remapping-progress.js';
import styles from './remapping.module.css';

export type MapAgainSelection = Omit<MapAgainInput, 'reason'>;

type MapAgainDialogProps = {
  selection: MapAgainSelection;
  /** what is mapped again, in one sentence */
  what: ReactNode;
  /** more to choose from before it begins */
  choices?: ReactNode;
  onClose: () => void;
  /** when it is over: what is shown may have changed */
  onOver: () => void;
};

const LEAST_REASON = 3;

/** Asks for the reason, begins, and shows how far it is. */
export function MapAgainDialog({ selection, what, choices, onClose, onOver }: MapAgainDialogProps) {
  const [reason, setReason] = useState('');
  const [started, setStarted] = useState<Remapping>();
  const mapAgain = useAct(MapAgainDocument);
  const begin = async () => {
    const done = await mapAgain.run({ input: { ...selection, reason: reason.trim() } });
    if (done) setStarted(done.remapping);
  };
  if (started) {
    return (
      <Modal opened onClose={onClose} title="Map again" size={520}>
        <div className={styles['stack']}>
          <RemappingProgress started={started} onOver={onOver} />
          <p className="muted">
            It goes on when this is closed. Nothing is sent to anybody, and nobody is alerted by it.
          </p>
          <div className={styles['buttons']}>
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
          </div>
        </div>
      </Modal>
    );
  }
  return (
    <FormDialog
      title="Map again"
      submit="Map again"
      onSubmit={() => void begin()}
      onClose={onClose}
      canSubmit={reason.trim().length >= LEAST_REASON}
      isRunning={mapAgain.isRunning}
      problem={mapAgain.problem}
    >
      <p>{what}</p>
      {choices}
      <Textarea
        label="Reason"
        description="Kept as evidence"
        placeholder="The mapping was mended"
        data-autofocus
        rows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
