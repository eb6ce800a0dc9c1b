import { Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { ActProblem } from '../graphql/use-act.js';
import { FormDialog } from '../page/form-dialog.js';
import type { DecisionEnd } from './decision-acts.js';

/** Fewest characters of the reason for an emergency. */
const LEAST_EMERGENCY = 10;

/** What a person says with a decision; `least` = fewest characters. */
export type DecisionField = { label: string; description: string; least: number };

export const COMMENT: DecisionField = { label: 'Comment', description: 'Kept as evidence; may stay empty', least: 0 };

export const FINDING: DecisionField = { label: 'What you found', description: 'Kept as evidence', least: 1 };

export const WHY_NOW: DecisionField = {
  label: 'Why it cannot wait',
  description: `At least ${LEAST_EMERGENCY} characters; whoever reviews it reads it`,
  least: LEAST_EMERGENCY,
};

export function reasonFor(reader: string): DecisionField {
  return { label: 'Reason', description: `${reader} reads it`, least: 1 };
}

type DecisionDialogProps = DecisionEnd & {
  act: { isRunning: boolean; problem: ActProblem | undefined };
  title: string;
  submit: string;
  isDangerous?: boolean;
  field?: DecisionField;
  /** Says what it did; undefined = it was not done, which the act tells. */
  decide: (text: string) => Promise<string | undefined>;
  children?: ReactNode;
};

/** Asks for one decision, with what has to be said of it. */
export function DecisionDialog(props: DecisionDialogProps) {
  const { act, title, submit, isDangerous = false, field, decide, onClose, onDone, children } = props;
  const [text, setText] = useState('');
  const send = async () => {
    const words = await decide(text.trim());
    if (words !== undefined) onDone(words);
  };
  return (
    <FormDialog
      title={title}
      submit={submit}
      isDangerous={isDangerous}
      onClose={onClose}
      onSubmit={() => void send()}
      canSubmit={text.trim().length >= (field?.least ?? 0)}
      isRunning={act.isRunning}
      problem={act.problem}
    >
      {children}
      {field && (
        <Textarea
          data-autofocus
          label={field.label}
          description={field.description}
          rows={3}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
    </FormDialog>
  );
}
