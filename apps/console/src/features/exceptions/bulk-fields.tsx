import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { OWN_ZONE, zoneName } from '../../shared/format/time.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { useLegalEntities } from '../../shared/viewer/legal-entities.js';
import { useQueueNames } from '../../shared/viewer/queues.js';
import { useViewer } from '../../shared/viewer/viewer.js';
import { limitsSentence } from './acceptance-limit.js';
import type { BulkWords } from './bulk-input.js';
import { ExceptionReasonsDocument } from './life-documents.js';

type FieldsProps = { words: BulkWords; onChange: (words: BulkWords) => void };

/** What a bulk act must be told beside with what it is done. */
export function BulkFields({ words, onChange }: FieldsProps) {
  const set = (name: keyof BulkWords) => (event: { currentTarget: { value: string } }) =>
    onChange({ ...words, [name]: event.currentTarget.value });
  return (
    <>
      <OwnFields words={words} onChange={onChange} />
      {words.kind !== 'REROUTE' && (
        <Textarea
          {...REASON[words.kind]}
          label={words.kind === 'NOTE' ? 'Note' : 'Reason'}
          rows={2}
          maxLength={words.kind === 'MOVE' || words.kind === 'PRIORITISE' ? 500 : 4_000}
          value={words.reason}
          onChange={set('reason')}
        />
      )}
    </>
  );
}

const REASON: Readonly<Partial<Record<BulkWords['kind'], { description?: string; 'data-autofocus'?: true }>>> = {
  NOTE: { description: 'Stands on each of them', 'data-autofocus': true },
  RESOLVE: { description: 'Corrected at their source; may stay empty', 'data-autofocus': true },
  START: { description: 'May stay empty', 'data-autofocus': true },
  PUT_BACK: { description: 'May stay empty', 'data-autofocus': true },
  HAND_BACK: { description: 'May stay empty', 'data-autofocus': true },
  ASSIGN: { description: 'May stay empty' },
  MOVE: { description: 'Nobody has them there until somebody takes them, and rules do not move them again' },
  PRIORITISE: { description: 'Stands beside the priority for everybody' },
  SNOOZE: { description: 'Stands beside them among the snoozed ones' },
  WAIT: { description: 'May stay empty' },
  ACCEPT: { description: 'Kept as evidence; the second person reads it' },
};

function OwnFields({ words, onChange }: FieldsProps) {
  const viewer = useViewer();
  const queues = useQueueNames();
  const set = (name: keyof BulkWords) => (event: { currentTarget: { value: string } }) =>
    onChange({ ...words, [name]: event.currentTarget.value });
  switch (words.kind) {
    case 'ASSIGN':
      return (
        <NativeSelect
          data-autofocus
          label="To"
          data={[
            { value: '', label: 'Choose a person' },
            ...viewer.people.map(({ id, displayName }) => ({ value: id, label: displayName })),
          ]}
          value={words.ownerId}
          onChange={(event) => onChange({ ...words, ownerId: event.currentTarget.value, isForwarded: false })}
        />
      );
    case 'MOVE':
      return (
        <NativeSelect
          data-autofocus
          label="Queue"
          description={queues.find(({ name }) => name === words.queue)?.purpose}
          data={[
            { value: '', label: 'Choose a queue' },
            ...queues.map(({ name, title }) => ({ value: name, label: title })),
          ]}
          value={words.queue}
          onChange={set('queue')}
        />
      );
    case 'PRIORITISE':
      return (
        <NativeSelect
          data-autofocus
          label="Priority"
          data={[
            { value: '', label: 'Choose a priority' },
            ...['P1', 'P2', 'P3', 'P4'],
            { value: 'rated', label: 'As rated' },
          ]}
          value={words.band}
          onChange={set('band')}
        />
      );
    case 'SNOOZE':
      return (
        <>
          <EndField words={words} onChange={onChange} description="Empty: only until they fail again" />
          <Checkbox
            label="Bring each back when it fails again"
            checked={words.isUntilAgain}
            onChange={(event) => onChange({ ...words, isUntilAgain: event.currentTarget.checked })}
          />
        </>
      );
    case 'WAIT':
    case 'ACCEPT':
      return <ReasonFields words={words} onChange={onChange} />;
    default:
      return null;
  }
}

function EndField({ words, onChange, description }: FieldsProps & { description?: string }) {
  return (
    <TextInput
      type="datetime-local"
      label={`Until (${zoneName(new Date(), OWN_ZONE)})`}
      description={description}
      value={words.end}
      onChange={(event) => onChange({ ...words, end: event.currentTarget.value })}
    />
  );
}

/** Declared reasons of waiting and of closing without correction. */
function ReasonFields({ words, onChange }: FieldsProps) {
  const reasons = useLoad(ExceptionReasonsDocument, {}, { policy: 'cache-first' }).data?.exceptionReasons;
  const isWait = words.kind === 'WAIT';
  const choices = (isWait ? reasons?.wait : reasons?.accept) ?? [];
  const name = isWait ? 'waitReason' : 'acceptReason';
  return (
    <>
      {!isWait && (
        <p>
          Posts nothing and writes nothing off.
          {reasons && ` ${limitsSentence(reasons)}`}
        </p>
      )}
      <NativeSelect
        data-autofocus
        label="Why"
        data={[
          { value: '', label: 'Choose a reason' },
          ...choices.map(({ code, title }) => ({ value: code, label: title })),
        ]}
        value={words[name]}
        onChange={(event) => onChange({ ...words, [name]: event.currentTarget.value })}
      />
      {isWait && <WaitFields words={words} onChange={onChange} />}
    </>
  );
}

/** For what many can wait together; what differs from one to the next is said on each. */
function WaitFields({ words, onChange }: FieldsProps) {
  const entities = useLegalEntities();
  return (
    <>
      <NativeSelect
        label="Wait for"
        data={[
          { value: 'TIME', label: 'a time' },
          { value: 'POSTING_PERIOD_OPEN', label: 'a posting period to open' },
        ]}
        value={words.waitFor}
        onChange={(event) => onChange({ ...words, waitFor: event.currentTarget.value as BulkWords['waitFor'] })}
      />
      {words.waitFor === 'POSTING_PERIOD_OPEN' && (
        <>
          <NativeSelect
            label="Legal entity"
            data={['', ...entities.map(({ code }) => code)]}
            value={words.legalEntity}
            onChange={(event) => onChange({ ...words, legalEntity: event.currentTarget.value })}
          />
          <TextInput
            label="Period"
            placeholder="2026-10"
            value={words.period}
            onChange={(event) => onChange({ ...words, period: event.currentTarget.value })}
          />
        </>
      )}
      <EndField
        words={words}
        onChange={onChange}
        {...(words.waitFor !== 'TIME' && { description: 'At the latest: they come back then' })}
      />
    </>
  );
}
