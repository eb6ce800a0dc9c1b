import { Checkbox, MultiSelect, Select, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useAct } from '../../shared/graphql/use-act.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { tell } from '../../shared/tell.js';
import { useViewer } from '../../shared/viewer/viewer.js';
import { OwnHoursFields } from './own-hours-fields.js';
import { statedHours, typedHours } from './own-hours-text.js';
import {
  SetQueueHoursDocument,
  SetQueueLeadDocument,
  SetQueueMembersDocument,
  SetQueueOwnHoursDocument,
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
  const [calendar, setCalendar] = useState(queue.ownHours ? '' : queue.workingHours.calendar);
  const [isOwn, setOwn] = useState(queue.ownHours !== null);
  const [hours, setHours] = useState(() => typedHours(queue.ownHours, queue.workingHours.timeZone));
  const stated = statedHours(hours);
  const setQueueMembers = useAct(SetQueueMembersDocument);
  const setQueueLead = useAct(SetQueueLeadDocument);
  const setQueueHours = useAct(SetQueueHoursDocument);
  const setQueueTargets = useAct(SetQueueTargetsDocument);
  const setQueueOwnHours = useAct(SetQueueOwnHoursDocument);
  const acts = [setQueueMembers, setQueueLead, setQueueHours, setQueueOwnHours, setQueueTargets];
  const [typed, setTyped] = useState(() => typedTargets(queue.targets));
  const targets = statedTargets(typed, queue.targets);
  // each part is saved on what the one before made of the queue
  const seen = useRef({ queue: queue.name, seen: queue.revision });
  const went = (saved: { queue: { revision: string } } | undefined) => {
    if (saved) seen.current = { queue: queue.name, seen: saved.queue.revision };
    return saved !== undefined;
  };
  const saveHours = async () => {
    if (!isOwn) {
      const isOtherTime = queue.ownHours !== null || calendar !== queue.workingHours.calendar;
      return !isOtherTime || went(await setQueueHours.run({ ...seen.current, calendar }));
    }
    const isAsBefore = queue.ownHours && JSON.stringify(hours) === JSON.stringify(typedHours(queue.ownHours, ''));
    return Boolean(isAsBefore) || !stated || went(await setQueueOwnHours.run({ ...seen.current, hours: stated }));
  };
  const submit = async () => {
    const isSame = members.toSorted().join() === idsOf(queue.members).toSorted().join();
    if (!isSame && !went(await setQueueMembers.run({ ...seen.current, personIds: members }))) return;
    if (lead !== (queue.lead?.id ?? null) && !went(await setQueueLead.run({ ...seen.current, personId: lead }))) return;
    if (!(await saveHours())) return;
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
      canSubmit={(isOwn ? stated !== undefined : calendar.trim() !== '') && targets !== undefined}
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
      <Checkbox
        label="Worked at hours of its own"
        checked={isOwn}
        onChange={(event) => setOwn(event.currentTarget.checked)}
      />
      {isOwn ? (
        <OwnHoursFields typed={hours} onType={setHours} />
      ) : (
        <TextInput
          label="Working hours"
          description="A calendar such as TARGET, US-FED, SG, BR, or 24x7"
          value={calendar}
          onChange={(event) => setCalendar(event.currentTarget.value)}
        />
      )}
      <TargetFields typed={typed} onType={setTyped} />
    </FormDialog>
  );
}
