import { Checkbox, NumberInput, PasswordInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../../shared/graphql/use-act.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { tell } from '../../shared/tell.js';
import { AUTHENTICATIONS } from './source-words.js';
import { CreateSourceSystemDocument, UpdateSourceSystemDocument, type SourceSystem } from './sources-documents.js';
import styles from './sources.module.css';

const DAY_HOURS = 24;
const ZONES = Intl.supportedValuesOf('timeZone');

type SystemDialogProps = {
  /** undefined: a new one */
  system: SourceSystem | undefined;
  onClose: () => void;
  onSaved: (name: string) => void;
};

/** Makes or changes a source system; its secret goes in and never comes out. */
export function SystemDialog({ system, onClose, onSaved }: SystemDialogProps) {
  const create = useAct(CreateSourceSystemDocument);
  const update = useAct(UpdateSourceSystemDocument);
  const save = system ? update : create;
  const [name, setName] = useState(system?.name ?? '');
  const [kind, setKind] = useState(system?.kind ?? '');
  const [title, setTitle] = useState(system?.title ?? '');
  const [timeZone, setTimeZone] = useState(system?.timeZone ?? 'UTC');
  const [authentication, setAuthentication] = useState(system?.webhookAuthentication ?? 'none');
  const [secret, setSecret] = useState('');
  const [hours, setHours] = useState<number>(DAY_HOURS);
  const [isActive, setActive] = useState(system?.isActive ?? true);
  const needsSecret = authentication !== 'none';
  const lacksSecret = needsSecret && secret === '' && !system?.hasSecret;

  const submit = async () => {
    const input = {
      name: name.trim(),
      kind: kind.trim(),
      title: title.trim(),
      timeZone,
      webhookAuthentication: authentication,
      secret: needsSecret && secret !== '' ? secret : null,
      isActive,
      previousSecretHours: hours,
    };
    const done = await save.run({ input });
    if (!done) return;
    tell(`${done.sourceSystem.title} is saved`);
    onSaved(done.sourceSystem.name);
  };
  return (
    <FormDialog
      title={system ? `Change ${system.title}` : 'New source system'}
      submit="Save"
      onClose={onClose}
      onSubmit={() => void submit()}
      canSubmit={[name, kind, title].every((text) => text.trim() !== '') && !lacksSecret}
      isRunning={save.isRunning}
      problem={save.problem}
    >
      <div className={styles['pair']}>
        <TextInput
          label="Name"
          description="In addresses and on every signal"
          placeholder="stripe-eu"
          disabled={system !== undefined}
          data-autofocus={system ? undefined : true}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label="Kind"
          description="The product; chooses the mapping"
          placeholder="stripe"
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value)}
        />
      </div>
      <TextInput
        label="Title"
        placeholder="Stripe, Europe"
        data-autofocus={system ? true : undefined}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <div className={styles['pair']}>
        <Select
          label="Zone of its local times"
          description="For times that carry no zone"
          searchable
          allowDeselect={false}
          data={ZONES.includes('UTC') ? ZONES : ['UTC', ...ZONES]}
          value={timeZone}
          onChange={(zone) => setTimeZone(zone ?? 'UTC')}
        />
        <Select
          label="Webhooks prove themselves by"
          description="What a request must show"
          allowDeselect={false}
          data={AUTHENTICATIONS}
          value={authentication}
          onChange={(value) => setAuthentication(value ?? 'none')}
        />
      </div>
      {needsSecret && (
        <div className={styles['pair']}>
          <PasswordInput
            size="xs"
            label={system?.hasSecret ? 'New secret' : 'Secret'}
            description={system?.hasSecret ? 'Empty keeps the one there is' : 'Never shown again'}
            autoComplete="new-password"
            value={secret}
            onChange={(event) => setSecret(event.currentTarget.value)}
          />
          {system?.hasSecret && (
            <NumberInput
              size="xs"
              label="The one before is taken for"
              description="Hours, so that nothing is lost"
              min={0}
              max={720}
              value={hours}
              onChange={(value) => setHours(Number(value) || 0)}
            />
          )}
        </div>
      )}
      <Checkbox
        label="On: what it sends is taken"
        checked={isActive}
        onChange={(event) => setActive(event.currentTarget.checked)}
      />
    </FormDialog>
  );
}
