import { Button, Modal, NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { fromLocalInput } from '../../shared/format/local-input.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { CopyButton } from '../../shared/page/copy-button.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { StatusShape } from '../../shared/status/status.js';
import { tell } from '../../shared/tell.js';
import { useSourceSystemNames } from '../../shared/viewer/source-systems.js';
import {
  CreateIngestKeyDocument,
  RevokeIngestKeyDocument,
  RotateIngestKeyDocument,
  type IngestKey,
} from './sources-documents.js';
import styles from './sources.module.css';

type Issued = (name: string, key: string) => void;

/** Issues a key; its text is shown once, by KeyShownDialog. */
export function CreateKeyDialog({ onClose, onIssued }: { onClose: () => void; onIssued: Issued }) {
  const systems = useSourceSystemNames();
  const create = useAct(CreateIngestKeyDocument);
  const [name, setName] = useState('');
  const [sourceSystem, setSourceSystem] = useState<string | null>(null);
  const [limit, setLimit] = useState<string | number>('');
  const [expires, setExpires] = useState('');
  const submit = async () => {
    const done = await create.run({
      name: name.trim(),
      sourceSystem,
      itemsPerSecond: limit === '' ? null : Number(limit),
      expiresAt: fromLocalInput(expires) ?? null,
    });
    if (done) onIssued(done.ingestKey.name, done.key);
  };
  return (
    <FormDialog
      title="New ingest key"
      submit="Issue"
      onClose={onClose}
      onSubmit={() => void submit()}
      canSubmit={name.trim() !== ''}
      isRunning={create.isRunning}
      problem={create.problem}
    >
      <TextInput
        data-autofocus
        label="Name"
        description="Who sends with it"
        placeholder="Order integration, production"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label="Source system"
        description="What comes with the key is taken as coming from it"
        placeholder="Any"
        clearable
        searchable
        data={systems.map((system) => ({ value: system.name, label: system.title }))}
        value={sourceSystem}
        onChange={setSourceSystem}
      />
      <div className={styles['pair']}>
        <NumberInput
          size="xs"
          label="Items a second"
          description="Empty = the limit of the collector"
          min={1}
          allowDecimal={false}
          value={limit}
          onChange={setLimit}
        />
        <TextInput
          type="datetime-local"
          label="Expires"
          description="Empty = never"
          value={expires}
          onChange={(event) => setExpires(event.currentTarget.value)}
        />
      </div>
    </FormDialog>
  );
}

/** The new key; the old one is taken for a while longer, so that nothing is lost. */
export function RotateKeyDialog(props: { ingestKey: IngestKey; onClose: () => void; onIssued: Issued }) {
  const rotate = useAct(RotateIngestKeyDocument);
  const [hours, setHours] = useState<number>(24);
  const submit = async () => {
    const done = await rotate.run({ id: props.ingestKey.id, overlapHours: hours });
    if (done) props.onIssued(done.ingestKey.name, done.key);
  };
  return (
    <FormDialog
      title={`Rotate ${props.ingestKey.name}`}
      submit="Issue the new key"
      onClose={props.onClose}
      onSubmit={() => void submit()}
      isRunning={rotate.isRunning}
      problem={rotate.problem}
    >
      <p>A new key with the same rights is issued. Both are taken until the overlap is over, then only the new one.</p>
      <NumberInput
        size="xs"
        data-autofocus
        label="Overlap in hours"
        description="0 ends the old key at once"
        min={0}
        max={720}
        allowDecimal={false}
        value={hours}
        onChange={(value) => setHours(Number(value) || 0)}
      />
    </FormDialog>
  );
}

/** Asks once more: what is sent with a revoked key is refused as soon as every collector has forgotten it. */
export function RevokeKeyDialog(props: { ingestKey: IngestKey; onClose: () => void; onRevoked: () => void }) {
  const revoke = useAct(RevokeIngestKeyDocument);
  const submit = async () => {
    if (!(await revoke.run({ id: props.ingestKey.id }))) return;
    tell(`${props.ingestKey.name} is revoked`);
    props.onRevoked();
  };
  return (
    <FormDialog
      title={`Revoke ${props.ingestKey.name}`}
      submit="Revoke"
      isDangerous
      onClose={props.onClose}
      onSubmit={() => void submit()}
      isRunning={revoke.isRunning}
      problem={revoke.problem}
    >
      <p>
        Within 30 seconds everything that is sent with it is refused, and it cannot be taken back. To change a key
        without losing anything, rotate it.
      </p>
    </FormDialog>
  );
}

/** The one time that the text of a key is seen. */
export function KeyShownDialog({ name, text, onClose }: { name: string; text: string; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={`The key ${name}`} size={560} closeOnClickOutside={false}>
      <div className={styles['stack']}>
        <p className={styles['warning']}>
          <StatusShape tone="warning" /> It is shown this once. Copy it now to where the sender keeps its secrets.
        </p>
        <code className={styles['key']} aria-label="The key">
          {text}
        </code>
        <div className={styles['buttons']}>
          <CopyButton text={text} name="Copy the key" />
          <Button onClick={onClose}>I have kept it</Button>
        </div>
      </div>
    </Modal>
  );
}
