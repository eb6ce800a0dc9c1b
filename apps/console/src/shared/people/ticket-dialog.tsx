import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ActProblem } from '../graphql/use-act.js';
import { FormDialog } from '../page/form-dialog.js';

type Ticket = { system: string; number: string; url: string | null };

type TicketDialogProps = {
  title: string;
  ticket: Ticket | null;
  isRunning: boolean;
  problem: ActProblem | undefined;
  onClose: () => void;
  onSave: (ticket: Ticket) => void;
};

/** Which ticket of another system is about the same. */
export function TicketDialog({ title, ticket, isRunning, problem, onClose, onSave }: TicketDialogProps) {
  const [system, setSystem] = useState(ticket?.system ?? '');
  const [number, setNumber] = useState(ticket?.number ?? '');
  const [url, setUrl] = useState(ticket?.url ?? '');
  return (
    <FormDialog
      title={title}
      submit="Save"
      onSubmit={() =>
        onSave({ system: system.trim(), number: number.trim(), url: url.trim() === '' ? null : url.trim() })
      }
      onClose={onClose}
      canSubmit={system.trim() !== '' && number.trim() !== ''}
      isRunning={isRunning}
      problem={problem}
    >
      <TextInput
        data-autofocus
        label="System"
        placeholder="Jira"
        value={system}
        onChange={(event) => setSystem(event.currentTarget.value)}
      />
      <TextInput
        label="Number"
        placeholder="FIN-1234"
        value={number}
        onChange={(event) => setNumber(event.currentTarget.value)}
      />
      <TextInput
        label="Address"
        description="Begins with https://; Throughline never opens it by itself"
        placeholder="https://"
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
