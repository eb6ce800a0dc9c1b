import { MultiSelect, Select, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useAct } from '../../shared/graphql/use-act.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { tell } from '../../shared/tell.js';
import { useViewer } from '../../shared/viewer/viewer.js';
import {
  SetQueueHoursDocument,
  SetQueueLeadDocument,
  SetQueueMembersDocument,
  SetQueueTargetsDocument,
  type QueueSettings,
} from './settings-documents.js';
import { statedTargets, TargetFields, typedTargets } from './target-fields.js';

type QueueDialogProps = { queue: QueueSettings; onClose: () => void; onDone: () => void };

const idsOf = (people: readonly { id: string }[]) => people.map(({ id }) => id);

/** Whose a queue is, who leads it, when it is worked and how long things may wait there; only what differs is sent, and what is refused is said. */
export function QueueDialog({ queue, onClose, onDone }: QueueDialogProps) {
  const { people } = useViewer();
  const [members, setMembers] = useState(idsOf(queue.members));
  const [lead, setLead] = useState(queue.lead?.id ?? null);
  const [calendar, setCalendar] = useState(queue.workingHours.calendar);
  const setQueueMembers = useAct(SetQueueMembersDocument);
  const setQueueLead = useAct(SetQueueLeadDocument);
  const setQueueHours = useAct(SetQueueHoursDocument);
  const setQueueTargets = useAct(SetQueueTargetsDocument);
  const acts = [setQueueMembers, setQueueLead, setQueueHours, setQueueTargets];
  const [typed, setTyped] = useState(() => typedTargets(queue.targets));
  const targets = statedTargets(typed, queue.targets);
  // each part is saved on what the one before made of the queue
  const seen = useRef({ queue: queue.name, seen: queue.revision });
  const went = (saved: { queue: { revision: string } } | undefined) => {
    if (saved) seen.current = { queue: queue.name, seen: saved.queue.revision };
    return saved !== undefined;
  };
  const submit = async () => {
    const isSame = members.toSorted().join() === idsOf(queue.members).toSorted().join();
    if (!isSame && !went(await setQueueMembers.run({ ...seen.current, personIds: members }))) return;
    if (lead !== (queue.lead?.id ?? null) && !went(await setQueueLead.run({ ...seen.current, personId: lead }))) return;
    const isOtherTime = calendar !== queue.workingHours.calendar;
    if (isOtherTime && !went(await setQueueHours.run({ ...seen.current, calendar }))) return;
    const isAsBefore = JSON.stringify(typed) === JSON.stringify(typedTargets(queue.targets));
    if (!isAsBefore && targets && !went(await setQueueTargets.run({ ...seen.current, targets }))) return;
    tell(`${queue.title} is changed`);
    onDone();
  };
  const choices = people.map(({ id, displayName }) => ({ value: id, label: displayName }));
  return (
    <FormDialog
      title={queue.title}
      submit="Save"
      onClose={onClose}
      onSubmit={() => void submit()}
      canSubmit={calendar.trim() !== '' && targets !== undefined}
      isRunning={acts.some(({ isRunning }) => isRunning)}
      problem={acts.find(({ problem }) => problem)?.problem}
    >
      <p className="muted">{queue.purpose}</p>
      <MultiSelect
        data-autofocus
        label="Members"
        description="Who may work on exceptions"
        searchable
        data={choices}
        value={members}
        onChange={setMembers}
      />
      <Select
        label="Lead"
        description="To whom overdue clocks of the queue are brought"
        searchable
        clearable
        data={choices}
        value={lead}
        onChange={setLead}
      />
      <TextInput
        label="Working hours"
        description="A calendar such as TARGET, US-FED, SG, BR, or 24x7"
        value={calendar}
        onChange={(event) => setCalendar(event.currentTarget.value)}
      />
      <TargetFields typed={typed} onType={setTyped} />
    </FormDialog>
  );
}
