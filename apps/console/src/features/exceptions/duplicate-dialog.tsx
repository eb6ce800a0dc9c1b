import { Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { useDeferredValue, useState } from 'react';
import { useAct } from '../../shared/graphql/use-act.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { ExceptionsDocument } from './exception-documents.js';
import { VIEW_STATES } from './exception-filter.js';
import { ChangeStateDocument } from './life-documents.js';
import { seen, type StateDialogProps } from './state-dialog.js';

const SHOWN = 8;
const LEAST_TEXT = 2;
/** nothing goes on at one that is closed */
const OPEN_STATES = [...VIEW_STATES.unresolved];

/** Which exception goes on in place of these. */
export function DuplicateDialog({ rows, subject, onClose, onDone }: StateDialogProps) {
  const act = useAct(ChangeStateDocument);
  const [text, setText] = useState(rows[0]?.counterparty ?? '');
  const [of, setOf] = useState('');
  const [note, setNote] = useState('');
  const wanted = useDeferredValue(text.trim());
  const found = useLoad(
    ExceptionsDocument,
    { first: SHOWN + rows.length, filter: { text: wanted, states: OPEN_STATES }, orderBy: 'OPENED_DESC' },
    { pause: wanted.length < LEAST_TEXT, keepPrevious: true },
  );
  const own = new Set(rows.map(({ id }) => id));
  const others = (found.data?.exceptions.edges ?? [])
    .map(({ node }) => node)
    .filter(({ id }) => !own.has(id))
    .slice(0, SHOWN);
  const submit = async () => {
    const input = { exceptions: seen(rows), act: 'MARK_DUPLICATE' as const, comment: note.trim(), duplicateOf: of };
    if (await act.run({ input })) onDone(`${subject} closed as a duplicate`);
  };
  return (
    <FormDialog
      title={`${subject}: duplicate of another`}
      submit="Close as a duplicate"
      onSubmit={() => void submit()}
      onClose={onClose}
      canSubmit={others.some(({ id }) => id === of)}
      isRunning={act.isRunning}
      problem={act.problem}
    >
      <TextInput
        data-autofocus
        label="The other one"
        description="Its number in any system, or the customer"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Radio.Group aria-label="Exceptions found" value={of} onChange={setOf}>
        <Stack gap={6}>
          {others.map(({ id, title }) => (
            <Radio key={id} value={id} label={title} />
          ))}
        </Stack>
      </Radio.Group>
      {wanted.length >= LEAST_TEXT && !found.isLoading && others.length === 0 && (
        <p className="muted">No other exception that is open is found by “{wanted}”.</p>
      )}
      <Textarea label="Note" rows={2} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
    </FormDialog>
  );
}
