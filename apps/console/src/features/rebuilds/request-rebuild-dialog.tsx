import { Radio, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../../shared/graphql/use-act.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { tell } from '../../shared/tell.js';
import { useSourceSystemNames } from '../../shared/viewer/source-systems.js';
import { RequestRebuildDocument } from './rebuild-documents.js';
import styles from './rebuilds.module.css';

const LEAST_REASON = 3;

type Extent = 'whole' | 'range';

/** Asks what is to be made again, and why. */
export function RequestRebuildDialog({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const [extent, setExtent] = useState<Extent>('whole');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [sourceSystem, setSourceSystem] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const systems = useSourceSystemNames();
  const request = useAct(RequestRebuildDocument);
  const range = {
    ...(from !== '' && { receivedFrom: new Date(from).toISOString() }),
    ...(to !== '' && { receivedTo: new Date(to).toISOString() }),
    ...(sourceSystem !== null && { sourceSystem }),
  };
  const isComplete = reason.trim().length >= LEAST_REASON && (extent === 'whole' || Object.keys(range).length > 0);
  const submit = async () => {
    const input = { reason: reason.trim(), ...(extent === 'range' && range) };
    if (!(await request.run({ input }))) return;
    tell('The rebuild is asked for');
    onDone();
  };
  return (
    <FormDialog
      title="Rebuild lineage"
      submit="Rebuild"
      onClose={onClose}
      onSubmit={() => void submit()}
      canSubmit={isComplete}
      isRunning={request.isRunning}
      problem={request.problem}
    >
      <Radio.Group label="What" value={extent} onChange={(value) => setExtent(value as Extent)}>
        <div className={styles['choices']}>
          <Radio
            value="whole"
            label={
              <Choice name="The whole, from the facts">
                Beside what is shown, which does not change until you have seen the difference and switch
              </Choice>
            }
          />
          <Radio
            value="range"
            label={
              <Choice name="The signals of a time or a source">
                Mapped again where they are, and their lineage made anew; what is shown follows as it goes
              </Choice>
            }
          />
        </div>
      </Radio.Group>
      {extent === 'range' && (
        <>
          <div className={styles['pair']}>
            <TextInput
              type="datetime-local"
              label="Received from"
              value={from}
              onChange={(event) => setFrom(event.currentTarget.value)}
            />
            <TextInput
              type="datetime-local"
              label="Received before"
              value={to}
              onChange={(event) => setTo(event.currentTarget.value)}
            />
          </div>
          <Select
            label="Source system"
            placeholder="Every source"
            clearable
            data={systems.map(({ name, title }) => ({ value: name, label: title }))}
            value={sourceSystem}
            onChange={setSourceSystem}
          />
        </>
      )}
      <Textarea
        label="Reason"
        description="Kept as evidence"
        placeholder="A workflow has a new milestone"
        data-autofocus
        rows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <p className="muted">Nothing is sent to anybody, and nobody is alerted by it.</p>
    </FormDialog>
  );
}

function Choice({ name, children }: { name: string; children: string }) {
  return (
    <>
      {name}
      <span className={styles['what']}>{children}</span>
    </>
  );
}
