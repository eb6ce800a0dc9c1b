import { SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../../shared/graphql/use-act.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { WEEKDAYS } from '../../shared/maintenance/maintenance-words.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { tell } from '../../shared/tell.js';
import { MaintainableDocument, PlanMaintenanceDocument } from './maintenance-documents.js';

type PlanProps = { onClose: () => void; onDone: (id: string) => void };

/** A field of the browser gives a local time without a zone: the one of this browser. */
function instantOf(local: string): string | null {
  const at = new Date(local);
  return local === '' || Number.isNaN(at.getTime()) ? null : at.toISOString();
}

const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** When a source system or an integration is down on purpose, once or weekly. */
export function PlanMaintenanceDialog({ onClose, onDone }: PlanProps) {
  const { data } = useLoad(MaintainableDocument, {});
  const [what, setWhat] = useState<string | null>(null);
  const [kind, setKind] = useState<'once' | 'weekly'>('once');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [weekday, setWeekday] = useState('7');
  const [times, setTimes] = useState({ fromTime: '01:00', toTime: '04:00' });
  const [timeZone, setTimeZone] = useState(HERE);
  const [reason, setReason] = useState('');
  const plan = useAct(PlanMaintenanceDocument);
  const startsAt = instantOf(from);
  const endsAt = instantOf(to);
  const isWeekly = kind === 'weekly';
  const submit = async () => {
    const [type, name] = [what?.slice(0, 2), what?.slice(2)];
    if (startsAt === null || name === undefined) return;
    const answer = await plan.run({
      input: {
        ...(type === 's:' ? { sourceSystem: name } : { integration: name }),
        reason: reason.trim(),
        startsAt,
        timeZone: timeZone.trim(),
        ...(isWeekly ? { weekly: { weekday: Number(weekday), ...times } } : { endsAt }),
      },
    });
    if (answer === undefined) return;
    tell('The maintenance is planned');
    onDone(answer.window.id);
  };
  const choices = (prefix: string, edges: readonly { node: { name: string; title: string } }[] = []) =>
    edges.map(({ node }) => ({ value: `${prefix}:${node.name}`, label: `${node.title} (${node.name})` }));
  return (
    <FormDialog
      title="Plan maintenance"
      submit="Plan"
      size={620}
      onClose={onClose}
      onSubmit={() => void submit()}
      canSubmit={what !== null && reason.trim() !== '' && startsAt !== null && (isWeekly || endsAt !== null)}
      isRunning={plan.isRunning}
      problem={plan.problem}
    >
      <Select
        data-autofocus
        label="Of"
        placeholder="Source system or integration"
        searchable
        data={[
          { group: 'Source systems', items: choices('s', data?.sourceSystems.edges) },
          { group: 'Integrations', items: choices('i', data?.integrations.edges) },
        ]}
        value={what}
        onChange={setWhat}
      />
      <SegmentedControl
        aria-label="How often"
        value={kind}
        onChange={(value) => setKind(value === 'weekly' ? 'weekly' : 'once')}
        data={[
          { value: 'once', label: 'Once' },
          { value: 'weekly', label: 'Weekly' },
        ]}
      />
      <TextInput
        label={isWeekly ? 'Beginning with' : 'From'}
        description={`In the time of this browser, ${HERE}; it may have begun already`}
        type="datetime-local"
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      {isWeekly ? (
        <>
          <Select
            label="Day"
            allowDeselect={false}
            data={WEEKDAYS.map((name, index) => ({ value: String(index + 1), label: name }))}
            value={weekday}
            onChange={(value) => setWeekday(value ?? '7')}
          />
          <TextInput
            label="From"
            type="time"
            value={times.fromTime}
            onChange={(event) => setTimes({ ...times, fromTime: event.currentTarget.value })}
          />
          <TextInput
            label="To"
            description="Of the next day where it is not later"
            type="time"
            value={times.toTime}
            onChange={(event) => setTimes({ ...times, toTime: event.currentTarget.value })}
          />
        </>
      ) : (
        <TextInput label="To" type="datetime-local" value={to} onChange={(event) => setTo(event.currentTarget.value)} />
      )}
      <TextInput
        label="Time zone"
        description={isWeekly ? 'The times of day are those of this zone, also when clocks change' : undefined}
        value={timeZone}
        onChange={(event) => setTimeZone(event.currentTarget.value)}
      />
      <Textarea label="Reason" rows={2} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </FormDialog>
  );
}
