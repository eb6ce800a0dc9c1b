import { Button, Checkbox, PasswordInput, Select, TextInput } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import { useAct } from '../../shared/graphql/use-act.js';
import { Problem } from '../../shared/page/form-dialog.js';
import { Panel } from '../../shared/page/panel.js';
import { PermittedButton } from '../../shared/page/permitted-button.js';
import { tell } from '../../shared/tell.js';
import {
  RemoveRequeueTargetDocument,
  SetRequeueTargetDocument,
  type TargetAdapter,
  type TargetIntegration,
} from './target-documents.js';
import { inputOf, isComplete, valuesOf, withAdapter, type TargetValues } from './target-values.js';
import styles from './target.module.css';

type TargetFormProps = {
  integration: TargetIntegration;
  adapters: readonly TargetAdapter[];
  /** `newSecret`: a signing secret that was made, to be shown this once */
  onSaved: (newSecret: string | undefined) => void;
};

type Field = TargetAdapter['fields'][number];

/** Sets the target of an integration: the fields are those that its adapter says it needs. */
export function TargetForm({ integration, adapters, onSaved }: TargetFormProps) {
  const destination = integration.requeueDestination;
  const save = useAct(SetRequeueTargetDocument);
  const remove = useAct(RemoveRequeueTargetDocument);
  const [values, setValues] = useState<TargetValues>(() => valuesOf(destination));
  const [isSure, setSure] = useState(false);
  const adapter = adapters.find((one) => one.adapter === values.adapter);
  const edit = (next: (before: TargetValues) => TargetValues) => {
    setSure(false);
    setValues(next);
  };
  const change = (changed: Partial<TargetValues>) => edit((before) => ({ ...before, ...changed }));
  if (!adapter) return null;
  const canSave = isComplete(adapter, values, destination);

  const submit = async () => {
    if (!canSave || save.isRunning) return;
    setSure(false);
    const done = await save.run({ input: inputOf(integration.name, adapter, values) });
    if (!done) return;
    tell(`The target of ${done.integration.title} is saved`);
    // what was typed as a secret does not stay on the screen
    setValues((before) => ({ ...before, fields: withoutSecrets(adapter, before.fields), makesSecret: false }));
    onSaved(done.newSecret ?? undefined);
  };
  const takeAway = async () => {
    if (!isSure) {
      setSure(true);
      return;
    }
    const done = await remove.run({ integration: integration.name });
    if (!done) return;
    tell(`Nothing is sent again through ${done.integration.title} any more`);
    setSure(false);
    setValues(valuesOf(null));
    onSaved(undefined);
  };
  // Ctrl-Enter saves from any field: a second way to submit, not a control of its own
  const quickly = {
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      void submit();
    },
  };
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      {...quickly}
    >
      <Panel title="How it is sent again">
        <div className={styles['stack']}>
          <Select
            data-autofocus
            label="Kind of target"
            description={adapter.summary}
            allowDeselect={false}
            data={adapters.map((one) => ({ value: one.adapter, label: one.title }))}
            value={values.adapter}
            onChange={(chosen) => chosen !== null && edit(() => withAdapter(chosen, destination))}
          />
          <AddressInput about={adapter.address} isRequired value={values.url} onChange={(url) => change({ url })} />
          {adapter.fields.map((field) => (
            <FieldInput
              key={`${adapter.adapter} ${field.name}`}
              field={field}
              isSet={destination?.adapter === adapter.adapter && destination.secretsSet.includes(field.name)}
              isMade={field.isSecret && adapter.adapter === 'webhook' && values.makesSecret}
              value={values.fields[field.name] ?? ''}
              onChange={(value) => change({ fields: { ...values.fields, [field.name]: value } })}
            />
          ))}
          {adapter.adapter === 'webhook' && (
            <Checkbox
              label="Make a new signing secret"
              description="It is shown once, after saving; the one before it is not valid any more"
              checked={values.makesSecret}
              onChange={(event) => change({ makesSecret: event.currentTarget.checked })}
            />
          )}
        </div>
      </Panel>
      <Panel title="What is known of it">
        <div className={styles['stack']}>
          {adapter.statusAddress && (
            <AddressInput
              about={adapter.statusAddress}
              value={values.statusUrl}
              onChange={(statusUrl) => change({ statusUrl })}
            />
          )}
          {adapter.validateAddress && (
            <AddressInput
              about={adapter.validateAddress}
              value={values.validateUrl}
              onChange={(validateUrl) => change({ validateUrl })}
            />
          )}
          <Checkbox
            label="It keeps the idempotency key"
            description={
              adapter.mayKeepKeys
                ? 'What got no answer may go out again under the same key. Say so only where a repeated key surely does nothing twice.'
                : 'It does not: the same call twice does it twice, so what got no answer is never sent again by itself.'
            }
            disabled={!adapter.mayKeepKeys}
            checked={values.isIdempotent && adapter.mayKeepKeys}
            onChange={(event) => change({ isIdempotent: event.currentTarget.checked })}
          />
        </div>
      </Panel>
      {(save.problem ?? remove.problem) && <Problem problem={save.problem ?? remove.problem!} />}
      <div className={styles['buttons']}>
        {destination && (
          <Button variant="default" loading={remove.isRunning} onClick={() => void takeAway()}>
            {isSure ? 'Take the target away: nothing is sent again then' : 'Take the target away'}
          </Button>
        )}
        {isSure && (
          <Button variant="subtle" onClick={() => setSure(false)}>
            Not now
          </Button>
        )}
        <PermittedButton
          needs="catalog.write"
          what="Setting targets"
          keys="Ctrl Enter"
          loading={save.isRunning}
          whyNot={canSave ? undefined : 'What the target needs is not all there yet.'}
          onClick={() => void submit()}
        >
          Save
        </PermittedButton>
      </div>
    </form>
  );
}

function withoutSecrets(adapter: TargetAdapter, fields: TargetValues['fields']): TargetValues['fields'] {
  const isSecret = (name: string) => adapter.fields.some((field) => field.name === name && field.isSecret);
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !isSecret(name)));
}

type AddressInputProps = {
  about: TargetAdapter['address'];
  isRequired?: boolean;
  value: string;
  onChange: (value: string) => void;
};

function AddressInput({ about, isRequired = false, value, onChange }: AddressInputProps) {
  return (
    <TextInput
      label={about.label}
      description={isRequired ? about.help : `${about.help}; empty = it has none`}
      required={isRequired}
      withAsterisk={false}
      placeholder={about.example ?? ''}
      classNames={{ input: 'mono' }}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

type FieldInputProps = {
  field: Field;
  isSet: boolean;
  isMade: boolean;
  value: string;
  onChange: (value: string) => void;
};

function FieldInput({ field, isSet, isMade, value, onChange }: FieldInputProps) {
  const { label, help, isSecret, isRequired, example } = field;
  if (!isSecret) {
    return (
      <TextInput
        label={label}
        description={isRequired ? help : `${help} (optional)`}
        placeholder={example ?? ''}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <PasswordInput
      label={label}
      description={`${help}. ${isSet ? 'Set; empty = it stays as it is.' : 'Not set.'}`}
      autoComplete="new-password"
      disabled={isMade}
      placeholder={isMade ? 'is made when you save' : ''}
      value={isMade ? '' : value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
