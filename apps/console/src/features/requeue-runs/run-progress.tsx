import { Button } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../../shared/graphql/use-act.js';
import { countNumber } from '../../shared/format/words.js';
import { useKeys, type KeyBinding } from '../../shared/keyboard/keyboard.js';
import { Problem } from '../../shared/page/form-dialog.js';
import { Facts } from '../../shared/page/panel.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { waitsWords } from '../../shared/sending/sending-words.js';
import { Status } from '../../shared/status/status.js';
import { useNow } from '../../shared/use-now.js';
import { useCan } from '../../shared/viewer/viewer.js';
import { canarySentence, goneOut, isUnderWay, progressSentence, runState, targetSentence } from './run-words.js';
import {
  CancelRequeueDocument,
  PauseRequeueDocument,
  ResumeRequeueDocument,
  type RequestFull,
} from './runs-documents.js';
import styles from '../../shared/bulk/bulk.module.css';

/** How far the sending of a request is, and what can be told to it now. */
export function RunProgress({ request, onSteered }: { request: RequestFull; onSteered: () => void }) {
  const { run, items } = request;
  const now = useNow();
  const { tone, word } = runState(run);
  const paused = run.targets.map((target) => targetSentence(target, now)).filter((one) => one !== undefined);
  const closed =
    run.waiting > 0 && isUnderWay(run.state) ? run.targets.flatMap((one) => waitsWords(one, now) ?? []) : [];
  return (
    <div className={styles['progress']}>
      <p role="status" className={styles['sentence']}>
        <Status tone={tone}>{word}</Status> {progressSentence(items, run)}
        {run.note && ` ${run.note}`}
      </p>
      {isUnderWay(run.state) && (
        <>
          <progress
            aria-label="Items sent"
            className={styles['bar']}
            value={goneOut(run.outcomes)}
            max={Math.max(items, 1)}
          />
          <Facts
            facts={[
              { name: 'Canary', value: canarySentence(run) },
              { name: 'Held by the run', value: countNumber(run.waiting) },
              { name: 'In flight', value: countNumber(run.inFlight) },
              { name: 'Rate', value: `${run.ratePerSecond} a second` },
            ]}
          />
        </>
      )}
      {paused.map((sentence) => (
        <p key={sentence} role="note">
          <Status tone="warning">Target not reached</Status> {sentence}
        </p>
      ))}
      {closed.map((words) => (
        <p key={words} role="note">
          <Status tone="waiting">Outside sending hours</Status> What is held back {words}.
        </p>
      ))}
      <Steering request={request} onSteered={onSteered} />
    </div>
  );
}

function Steering({ request, onSteered }: { request: RequestFull; onSteered: () => void }) {
  const { id, run } = request;
  const [isAsking, setAsking] = useState(false);
  const can = useCan();
  const pause = useAct(PauseRequeueDocument);
  const resume = useAct(ResumeRequeueDocument);
  const cancel = useAct(CancelRequeueDocument);
  const tell = async ({ run: act }: typeof pause | typeof resume | typeof cancel) => {
    if (await act({ id })) onSteered();
    setAsking(false);
  };
  const { acts } = run;
  const key = (of: string, letter: string, label: string, act: () => void): KeyBinding[] =>
    acts.includes(of) ? [{ keys: letter, label, group: 'Run', run: act }] : [];
  const keys = [
    ...key('pause', 'p', 'Pause the run', () => void tell(pause)),
    ...key('resume', 'p', 'Let the run go on', () => void tell(resume)),
    // only asks: the second word is a button
    ...key('cancel', 'Shift-c', 'Cancel the rest of the run', () => setAsking(true)),
  ];
  useKeys(keys, can('requeue.request'));
  if (acts.length === 0) return null;
  const button = { needs: 'requeue.request', what: 'Sending again', size: 'compact-sm', variant: 'default' } as const;
  const problem = pause.problem ?? resume.problem ?? cancel.problem;
  return (
    <>
      <div className={styles['acts']}>
        {acts.includes('pause') && (
          <PermittedButton {...button} keys="p" loading={pause.isRunning} onClick={() => void tell(pause)}>
            Pause
          </PermittedButton>
        )}
        {acts.includes('resume') && (
          <PermittedButton {...button} keys="p" loading={resume.isRunning} onClick={() => void tell(resume)}>
            Go on
          </PermittedButton>
        )}
        {!isAsking && (
          <PermittedButton {...button} keys="Shift-c" variant="subtle" onClick={() => setAsking(true)}>
            Cancel the rest
          </PermittedButton>
        )}
        {isAsking && (
          <>
            <span>
              What the target has not been asked to take never goes out then, {countNumber(run.waiting)} held by the run
              among it, and its exceptions are open again; what is on its way comes to its end.
            </span>
            <PermittedButton {...button} color="critical" loading={cancel.isRunning} onClick={() => void tell(cancel)}>
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
