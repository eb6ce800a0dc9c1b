import { useState } from 'react';
import { count } from '../../shared/format/words.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { FormDialog, Problem } from '../../shared/page/form-dialog.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { tell } from '../../shared/tell.js';
import {
  CancelRebuildDocument,
  PauseRebuildDocument,
  ResumeRebuildDocument,
  SwitchRebuildDocument,
  type Rebuild,
} from './rebuild-documents.js';
import { allDiffering, scopeWords } from './rebuild-words.js';
import styles from './rebuilds.module.css';

type ActsProps = { rebuild: Rebuild; onDone: () => void };

/** What can be done with a rebuild now. */
export function RebuildActs({ rebuild, onDone }: ActsProps) {
  const [asked, setAsked] = useState<'switch' | 'cancel'>();
  const pause = useAct(PauseRebuildDocument);
  const resume = useAct(ResumeRebuildDocument);
  const can = (act: string) => rebuild.acts.includes(act);
  const run = async (act: typeof pause.run | typeof resume.run) => {
    if (await act({ id: rebuild.id })) onDone();
  };
  const problem = pause.problem ?? resume.problem;
  const button = {
    needs: 'lineage.rebuild',
    what: 'Rebuilding lineage',
    size: 'compact-sm',
    variant: 'default',
  } as const;
  const close = () => setAsked(undefined);
  const done = () => {
    close();
    onDone();
  };
  return (
    <>
      <div className={styles['acts']}>
        {can('pause') && (
          <PermittedButton {...button} loading={pause.isRunning} onClick={() => void run(pause.run)}>
            Pause
          </PermittedButton>
        )}
        {can('resume') && (
          <PermittedButton {...button} loading={resume.isRunning} onClick={() => void run(resume.run)}>
            Go on
          </PermittedButton>
        )}
        {can('switch') && (
          <PermittedButton {...button} variant="filled" onClick={() => setAsked('switch')}>
            Switch to it
          </PermittedButton>
        )}
        {can('cancel') && (
          <PermittedButton {...button} variant="subtle" onClick={() => setAsked('cancel')}>
            Cancel
          </PermittedButton>
        )}
      </div>
      {problem && <Problem problem={problem} />}
      {asked === 'switch' && <SwitchDialog rebuild={rebuild} onClose={close} onDone={done} />}
      {asked === 'cancel' && <CancelDialog rebuild={rebuild} onClose={close} onDone={done} />}
    </>
  );
}

type AskProps = ActsProps & { onClose: () => void };

function SwitchDialog({ rebuild, onClose, onDone }: AskProps) {
  const act = useAct(SwitchRebuildDocument);
  const submit = async () => {
    if (!(await act.run({ id: rebuild.id }))) return;
    tell('The switch is asked for: it is done, or waits for approval');
    onDone();
  };
  return (
    <FormDialog
      title="Switch to the rebuild"
      submit="Switch"
      onClose={onClose}
      onSubmit={() => void submit()}
      isRunning={act.isRunning}
      problem={act.problem}
    >
      <p>
        <strong>{count(allDiffering(rebuild), 'row')}</strong> of what everybody sees change in one moment. There is no
        way back but another rebuild.
      </p>
      <p className="muted">
        What would change is compared once more; a second person has to approve it where a rule says so. Exceptions
        follow what is shown then. Nobody is alerted, nothing is sent, and what people did stays as it is.
      </p>
    </FormDialog>
  );
}

function CancelDialog({ rebuild, onClose, onDone }: AskProps) {
  const act = useAct(CancelRebuildDocument);
  const submit = async () => {
    if (!(await act.run({ id: rebuild.id }))) return;
    tell('The rebuild is cancelled');
    onDone();
  };
  return (
    <FormDialog
      title="Cancel the rebuild"
      submit="Cancel the rebuild"
      isDangerous
      onClose={onClose}
      onSubmit={() => void submit()}
      isRunning={act.isRunning}
      problem={act.problem}
    >
      <p>
        {scopeWords(rebuild)}:{' '}
        {rebuild.isWhole
          ? 'what was made beside is thrown away, and what is shown stays as it is.'
          : 'what was mapped again stays, the rest is left as it was.'}
      </p>
    </FormDialog>
  );
}
