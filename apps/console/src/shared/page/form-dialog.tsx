import { Button, Modal } from '@mantine/core';
import type { KeyboardEvent, ReactNode } from 'react';
import type { ActProblem } from '../graphql/use-act.js';
import { StatusShape } from '../status/status.js';
import styles from './form-dialog.module.css';

type FormDialogProps = {
  title: string;
  submit: string;
  onSubmit: () => void;
  onClose: () => void;
  canSubmit?: boolean;
  isRunning?: boolean;
  isDangerous?: boolean;
  problem?: ActProblem | undefined;
  size?: number;
  /** how it is left, where "Cancel" would be taken for the act itself */
  leave?: string;
  /** another way to end it, under the same conditions */
  also?: { label: string; run: () => void };
  children: ReactNode;
};

/** A dialog that asks for what an act needs; Ctrl-Enter submits from any field, a refusal is said where the act is. */
export function FormDialog({ canSubmit = true, isRunning = false, isDangerous = false, ...props }: FormDialogProps) {
  const submit = () => {
    if (canSubmit && !isRunning) props.onSubmit();
  };
  // A form hears the keys of its fields: Ctrl-Enter is its second way to submit, not a control of its own.
  const quickly = {
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      submit();
    },
  };
  return (
    <Modal opened onClose={props.onClose} title={props.title} size={props.size ?? 520}>
      <form
        className={styles['stack']}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        {...quickly}
      >
        {props.children}
        {props.problem && <Problem problem={props.problem} />}
        <div className={styles['buttons']}>
          <Button variant="default" onClick={props.onClose}>
            {props.leave ?? 'Cancel'}
          </Button>
          {props.also && (
            <Button variant="default" disabled={!canSubmit || isRunning} onClick={props.also.run}>
              {props.also.label}
            </Button>
          )}
          <Button
            type="submit"
            {...(isDangerous && { color: 'critical' })}
            disabled={!canSubmit && !isRunning}
            loading={isRunning}
          >
            {props.submit}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** Why it was refused, each reason on a line of its own. */
export function Problem({ problem }: { problem: ActProblem }) {
  return (
    <div role="alert" className={styles['problem']}>
      <p>
        <StatusShape tone="critical" /> {problem.message}
      </p>
      {problem.problems.length > 0 && (
        <ul>
          {problem.problems.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
