import { Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { fromLocalInput, toLocalInput } from '../../shared/format/local-input.js';
import { OWN_ZONE, zoneName } from '../../shared/format/time.js';
import { count, plainWords } from '../../shared/format/words.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { useViewer } from '../../shared/viewer/viewer.js';
import { SPLIT_NAMES, SPLITS, type SplitName } from './group-words.js';
import {
  ChangeGroupDocument,
  MergeGroupsDocument,
  SplitGroupDocument,
  type Group,
  type GroupRow,
} from './groups-documents.js';
import styles from './groups.module.css';

type DialogProps = { group: Group; onClose: () => void; onDone: (said: string) => void };

const DAY_MS = 86_400_000;

/** What people know of a group, whose it is, and whether its cause is being mended elsewhere. */
export function ChangeGroupDialog({ group, onClose, onDone }: DialogProps) {
  const viewer = useViewer();
  const [note, setNote] = useState(group.note);
  const [ownerId, setOwnerId] = useState<string | null>(group.owner?.id ?? null);
  const [isKnownError, setKnownError] = useState(group.isKnownError);
  const [reference, setReference] = useState(group.knownErrorReference ?? '');
  const act = useAct(ChangeGroupDocument);
  const submit = async () => {
    const change = { note, ownerId, isKnownError, knownErrorReference: reference };
    if (await act.run({ id: group.id, version: group.version, change })) onDone('The group is changed');
  };
  return (
    <FormDialog
      title="Note, owner and mark"
      submit="Save"
      onClose={onClose}
      onSubmit={() => void submit()}
      isRunning={act.isRunning}
      problem={act.problem}
    >
      <Textarea
        data-autofocus
        label="Note"
        description="Stays with the group when its problem comes again"
        rows={6}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Select
        label="Owner"
        placeholder="Nobody"
        clearable
        searchable
        data={viewer.people.map(({ id, displayName }) => ({ value: id, label: displayName }))}
        value={ownerId}
        onChange={setOwnerId}
      />
      <Checkbox
        label="Known error: its cause is found and being mended elsewhere"
        checked={isKnownError}
        onChange={(event) => setKnownError(event.currentTarget.checked)}
      />
      {isKnownError && (
        <TextInput
          label="Ticket or change"
          placeholder="CHG-1234"
          value={reference}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
      )}
    </FormDialog>
  );
}

/** Until when a group rests, and why. */
export function SnoozeGroupDialog({ group, onClose, onDone, now }: DialogProps & { now: Date }) {
  const [until, setUntil] = useState(toLocalInput(new Date(now.getTime() + DAY_MS).toISOString()));
  const [reason, setReason] = useState('');
  const act = useAct(ChangeGroupDocument);
  const snoozedUntil = fromLocalInput(until);
  const submit = async () => {
    const change = { snoozedUntil: snoozedUntil ?? null, snoozeReason: reason.trim() };
    if (await act.run({ id: group.id, version: group.version, change })) onDone('The group is snoozed');
  };
  return (
    <FormDialog
      title="Snooze the group"
      submit="Snooze"
      onClose={onClose}
      onSubmit={() => void submit()}
      canSubmit={snoozedUntil !== undefined && reason.trim() !== ''}
      isRunning={act.isRunning}
      problem={act.problem}
    >
      <TextInput
        type="datetime-local"
        label={`Until (${zoneName(now, OWN_ZONE)})`}
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      <Textarea
        data-autofocus
        label="Reason"
        description="Kept as evidence"
        rows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <p className="muted">
        Its open exceptions, and those to come, are kept out of the inbox until then, at most 92 days. Their clocks run
        on.
      </p>
    </FormDialog>
  );
}

/** Which group this one becomes part of, and why. */
export function MergeGroupDialog({ group, onClose, onDone, others }: DialogProps & { others: readonly GroupRow[] }) {
  const [into, setInto] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const act = useAct(MergeGroupsDocument);
  const submit = async () => {
    const answer = await act.run({
      ids: [group.id],
      versions: [group.version],
      into: into ?? '',
      reason: reason.trim(),
    });
    if (answer) onDone(`${count(answer.moved, 'exception')} moved to the other group`);
  };
  return (
    <FormDialog
      title="Make part of another group"
      submit="Merge"
      onClose={onClose}
      onSubmit={() => void submit()}
      canSubmit={into !== null && reason.trim() !== ''}
      isRunning={act.isRunning}
      problem={act.problem}
    >
      <Select
        data-autofocus
        label="Group"
        placeholder="One of the list beside"
        searchable
        data={others.map(({ id, title, hop }) => ({
          value: id,
          label: `${title} (${plainWords(hop.replace('/', ': '))})`,
        }))}
        value={into}
        onChange={setInto}
      />
      <ReasonField reason={reason} onReason={setReason} />
      <p className="muted">
        What comes later goes there too. It can be undone: the group then takes back what is its own, with its own note
        and owner.
      </p>
    </FormDialog>
  );
}

/** By what a group is split, and why; by nothing, it is one again. */
export function SplitGroupDialog({ group, onClose, onDone }: DialogProps) {
  const [by, setBy] = useState<readonly string[]>(group.splitBy);
  const [reason, setReason] = useState('');
  const act = useAct(SplitGroupDocument);
  const submit = async () => {
    const answer = await act.run({
      id: group.id,
      version: group.version,
      by: by as SplitName[],
      reason: reason.trim(),
    });
    if (answer) onDone(`${count(answer.moved, 'exception')} moved`);
  };
  return (
    <FormDialog
      title="Split the group"
      submit={by.length === 0 && group.splitBy.length > 0 ? 'Make it one again' : 'Split'}
      onClose={onClose}
      onSubmit={() => void submit()}
      canSubmit={reason.trim() !== '' && by.length < SPLITS.length && (by.length > 0 || group.splitBy.length > 0)}
      isRunning={act.isRunning}
      problem={act.problem}
    >
      <Checkbox.Group label="By what its exceptions differ in" value={[...by]} onChange={setBy}>
        <div className={styles['choices']}>
          {SPLITS.map((name) => (
            <Checkbox key={name} value={name} label={SPLIT_NAMES[name]} />
          ))}
        </div>
      </Checkbox.Group>
      <ReasonField reason={reason} onReason={setReason} />
      <p className="muted">What comes later goes to the part where it belongs.</p>
    </FormDialog>
  );
}

function ReasonField({ reason, onReason }: { reason: string; onReason: (reason: string) => void }) {
  return (
    <Textarea
      label="Reason"
      description="Kept as evidence"
      rows={2}
      value={reason}
      onChange={(event) => onReason(event.currentTarget.value)}
    />
  );
}
