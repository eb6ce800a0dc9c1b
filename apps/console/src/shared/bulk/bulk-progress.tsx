import { Button } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../graphql/use-act.js';
import { Problem } from '../page/form-dialog.js';
import { PermittedButton } from '../page/permitted-button.js';
import { Status } from '../status/status.js';
import {
  CancelBulkActDocument,
  PauseBulkActDocument,
  ResumeBulkActDocument,
  type BulkActFull,
} from './bulk-documents.js';
import { bulkState, isOver, progressSentence } from './bulk-words.js';
import styles from './bulk.module.css';

/** How far a bulk act is, and what can be told to it now. */
export function BulkProgress({ bulkAct, onSteered }: { bulkAct: BulkActFull; onSteered: () => void }) {
  const { tone, word } = bulkState(bulkAct.state);
  return (
    <div className={styles['progress']}>
      <p role="status" className={styles['sentence']}>
        <Status tone={tone}>{word}</Status> {progressSentence(bulkAct)}
        {bulkAct.stateNote && ` ${bulkAct.stateNote}`}
      </p>
      {!isOver(bulkAct.state) && (
        <progress
          aria-label="Exceptions looked at"
          className={styles['bar']}
          value={bulkAct.done}
          max={Math.max(bulkAct.count, 1)}
        />
      )}
      <Steering bulkAct={bulkAct} onSteered={onSteered} />
    </div>
  );
}

function Steering({ bulkAct, onSteered }: { bulkAct: BulkActFull; onSteered: () => void }) {
  const [isAsking, setAsking] = useState(false);
  const pause = useAct(PauseBulkActDocument);
  const resume = useAct(ResumeBulkActDocument);
  const cancel = useAct(CancelBulkActDocument);
  if (bulkAct.acts.length === 0) return null;
  const run = async ({ run: act }: typeof pause | typeof resume | typeof cancel) => {
    if (await act({ id: bulkAct.id })) onSteered();
    setAsking(false);
  };
  const button = {
    // what may not be told to it is not offered
    needs: 'exception.read',
    what: 'Changing its course',
    size: 'compact-sm',
    variant: 'default',
  } as const;
  const problem = pause.problem ?? resume.problem ?? cancel.problem;
  return (
    <>
      <div className={styles['acts']}>
        {bulkAct.acts.includes('pause') && (
          <PermittedButton {...button} loading={pause.isRunning} onClick={() => void run(pause)}>
            Pause
          </PermittedButton>
        )}
        {bulkAct.acts.includes('resume') && (
          <PermittedButton {...button} loading={resume.isRunning} onClick={() => void run(resume)}>
            Go on
          </PermittedButton>
        )}
        {!isAsking && (
          <PermittedButton {...button} variant="subtle" onClick={() => setAsking(true)}>
            Cancel the rest
          </PermittedButton>
        )}
        {isAsking && (
          <>
            <span>What is done stays done. Leave the rest as it is?</span>
            <PermittedButton {...button} color="critical" loading={cancel.isRunning} onClick={() => void run(cancel)}>
              Cancel the rest
            </PermittedButton>
            <Button size="compact-sm" variant="subtle" onClick={() => setAsking(false)}>
              Not now
            </Button>
          </>
        )}
      </div>
      {problem && <Problem problem={problem} />}
    </>
  );
}
