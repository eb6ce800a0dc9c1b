import { Autocomplete, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { dateTime } from '../../shared/format/time.js';
import { useAct } from '../../shared/graphql/use-act.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { tell } from '../../shared/tell.js';
import {
  ChangeableHistoryDocument,
  SaveCorrectionSettingDocument,
  type ChangeableRow,
} from './changeable-documents.js';
import { fieldsIn, lineProblem } from './changeable-words.js';
import styles from './changeable.module.css';

type ChangeableDialogProps = { row: ChangeableRow; onClose: () => void; onSaved: () => void };

/** Declares which places of an integration's payloads people may change; every version is kept. */
export function ChangeableDialog({ row, onClose, onSaved }: ChangeableDialogProps) {
  const save = useAct(SaveCorrectionSettingDocument);
  const { data } = useLoad(ChangeableHistoryDocument, {}, { policy: 'network-only' });
  const [places, setPlaces] = useState(row.corrections?.fields.join('\n') ?? '');
  const [contract, setContract] = useState(row.corrections?.contractType ?? '');
  const [note, setNote] = useState('');
  const history = data?.integrations.edges.find(({ node }) => node.name === row.name)?.node.correctionHistory ?? [];
  const types = (data?.eventContracts.edges ?? [])
    .filter(({ node }) => node.retiredAt === null)
    .map(({ node }) => node.eventType);
  const problem = lineProblem(places);

  const submit = async () => {
    const done = await save.run({
      integration: row.name,
      basedOn: row.corrections?.version ?? 0,
      fields: fieldsIn(places),
      contractType: contract.trim() === '' ? null : contract.trim(),
      note: note.trim(),
    });
    if (!done) return;
    tell(`What may be corrected in ${done.integration.title} is saved`);
    onSaved();
  };
  return (
    <FormDialog
      title={`What may be corrected: ${row.title}`}
      submit="Save"
      size={680}
      onClose={onClose}
      onSubmit={() => void submit()}
      canSubmit={problem === undefined && note.trim() !== ''}
      isRunning={save.isRunning}
      problem={save.problem}
    >
      <Textarea
        label="Changeable places"
        description="A JSON pointer a line; * stands for every position of a list, - behind one means that elements may be added and taken away. None = nothing may be changed."
        placeholder={'/sellingUnit\n/lines/*/costCentre\n/lines/-'}
        rows={7}
        data-autofocus
        classNames={{ input: 'mono' }}
        styles={{ input: { lineHeight: 1.5 } }}
        {...(problem !== undefined && { error: problem })}
        value={places}
        onChange={(event) => setPlaces(event.currentTarget.value)}
      />
      <p className="muted">
        Of a payment instruction the beneficiary, account, amount, currency, debtor, method and identifiers are never
        changed here, declared or not. Amount, account, tax and entity of a posting are put right at their source;
        declared, they can be changed by whoever stands for it.
      </p>
      <Autocomplete
        label="Contract"
        description="Event type whose JSON Schema a corrected payload must keep; empty = none"
        data={[...new Set(types)]}
        value={contract}
        onChange={setContract}
      />
      <TextInput
        label="Why"
        description="Kept with the version"
        required
        withAsterisk={false}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {history.length > 0 && (
        <section aria-label="Earlier versions">
          <h3 className={styles['heading']}>Versions</h3>
          <ol className={styles['history']}>
            {history.map((version) => (
              <li key={version.version}>
                <b>{version.version}</b> {version.changedByName}, {dateTime(version.changedAt)}: {version.note}{' '}
                <span className="mono muted">{version.fields.join(' ') || 'nothing'}</span>
              </li>
            ))}
          </ol>
        </section>
      )}
    </FormDialog>
  );
}
