import { NativeSelect, TextInput } from '@mantine/core';
import { useState, type ChangeEvent } from 'react';
import { useAct } from '../../shared/graphql/use-act.js';
import { FormDialog } from '../../shared/page/form-dialog.js';
import { SaveLegalEntityDocument, type CalendarChoice, type EntitySetting } from './legal-entity-documents.js';

type EntityDialogProps = {
  /** undefined: a new one */
  entity: EntitySetting | undefined;
  calendars: readonly CalendarChoice[];
  onClose: () => void;
  onDone: (words: string) => void;
};

const NEW = { code: '', name: '', country: '', currency: '', timeZone: '' };

/** Adds a legal entity or changes one; its code stays, since documents name it. */
export function EntityDialog({ entity, calendars, onClose, onDone }: EntityDialogProps) {
  const [stated, setStated] = useState<EntitySetting>(entity ?? { ...NEW, calendar: calendars[0]?.name ?? '' });
  const save = useAct(SaveLegalEntityDocument);
  const set = (name: keyof EntitySetting) => (event: ChangeEvent<HTMLInputElement | HTMLSelectElement>) => {
    const { value } = event.currentTarget;
    setStated((known) => ({ ...known, [name]: value }));
  };
  const code = stated.code.trim();
  const submit = async () => {
    const { name, country, currency, calendar, timeZone } = stated;
    const done = await save.run({
      code,
      name: name.trim(),
      country: country.trim().toUpperCase(),
      currency: currency.trim().toUpperCase(),
      calendar,
      timeZone: timeZone.trim(),
      isNew: entity === undefined,
    });
    if (done) onDone(`${code} is saved`);
  };
  return (
    <FormDialog
      title={entity ? `Change ${entity.code}` : 'Add a legal entity'}
      submit="Save"
      onSubmit={() => void submit()}
      onClose={onClose}
      canSubmit={code !== '' && stated.name.trim() !== ''}
      isRunning={save.isRunning}
      problem={save.problem}
    >
      {!entity && (
        <TextInput
          data-autofocus
          label="Code"
          description="As your systems write it, such as DE01"
          value={stated.code}
          onChange={set('code')}
        />
      )}
      <TextInput label="Name" value={stated.name} onChange={set('name')} />
      <TextInput
        label="Country"
        description="Two letters, such as DE: the region it counts to"
        maxLength={2}
        value={stated.country}
        onChange={set('country')}
      />
      <TextInput
        label="Currency"
        description="Of its books, such as EUR"
        maxLength={3}
        value={stated.currency}
        onChange={set('currency')}
      />
      <NativeSelect
        label="Calendar"
        description="Business hours and holidays. Due times that are set already stay until something happens to their documents"
        value={stated.calendar}
        onChange={set('calendar')}
        data={calendars.map(({ name, title }) => ({ value: name, label: `${name}: ${title}` }))}
      />
      <TextInput
        label="Time zone"
        description="Such as Europe/Berlin"
        value={stated.timeZone}
        onChange={set('timeZone')}
      />
    </FormDialog>
  );
}
