import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import type { CompensationAction, PostingDateRule } from '../../gql/graphql.js';
import { ACT_WORDS, isUndoing } from '../../shared/status/action-words.js';
import type { EditedAction } from './declared-words.js';
import styles from './compensation-page.module.css';

type ActionFieldsProps = {
  place: number;
  edited: EditedAction;
  isReadOnly: boolean;
  onChange: (edited: EditedAction) => void;
  onRemove: () => void;
};

const ACTIONS: readonly CompensationAction[] = ['REVERSE', 'CANCEL', 'NOTIFY'];

const POSTING_DATES: readonly { value: PostingDateRule; label: string }[] = [
  { value: 'ORIGINAL_OR_NEXT_OPEN', label: 'That of the document while its period is open, else the next open one' },
  { value: 'BY_TARGET', label: 'As the system chooses' },
];

/** One thing that an integration undoes or tells. */
export function ActionFields({ place, edited, isReadOnly, onChange, onRemove }: ActionFieldsProps) {
  const isUndo = isUndoing(edited.action);
  const set = (more: Partial<EditedAction>) => onChange({ ...edited, ...more });
  return (
    <fieldset className={styles['action']} disabled={isReadOnly}>
      <legend>
        {place}. {ACT_WORDS[edited.action]}
      </legend>
      <Select
        label="What is done"
        data={ACTIONS.map((value) => ({ value, label: ACT_WORDS[value] }))}
        value={edited.action}
        allowDeselect={false}
        disabled={isReadOnly}
        onChange={(value) => set({ action: ACTIONS.find((one) => one === value) ?? edited.action })}
      />
      <TextInput
        label="Kinds of document"
        description="With commas between them"
        placeholder="invoice, credit-memo"
        value={edited.objectTypes}
        onChange={(event) => set({ objectTypes: event.currentTarget.value })}
      />
      <TextInput
        label="Only for these problems"
        description="Codes or categories; none = all"
        placeholder="data-quality.duplicate"
        value={edited.taxonomies}
        onChange={(event) => set({ taxonomies: event.currentTarget.value })}
      />
      <TextInput
        label="Path of its own"
        description="On the host of the target; none = the target itself, with the action in the body"
        placeholder="/reversals"
        value={edited.path}
        onChange={(event) => set({ path: event.currentTarget.value })}
      />
      {isUndo && (
        <TextInput
          label="Proved by"
          description="An activity at the document, or workflow/milestone"
          placeholder="invoice.reversed"
          value={edited.proof}
          onChange={(event) => set({ proof: event.currentTarget.value })}
        />
      )}
      <NumberInput
        label={isUndo ? 'Seen within' : 'Taken within'}
        description="In minutes; after that it is an exception"
        min={1}
        allowDecimal={false}
        disabled={isReadOnly}
        value={edited.withinMinutes}
        onChange={(value) => set({ withinMinutes: Number(value) || 1 })}
      />
      {isUndo && (
        <Select
          label="Posting date"
          data={[...POSTING_DATES]}
          value={edited.postingDate}
          allowDeselect={false}
          disabled={isReadOnly}
          onChange={(value) =>
            set({ postingDate: POSTING_DATES.find((one) => one.value === value)?.value ?? edited.postingDate })
          }
        />
      )}
      {!isReadOnly && (
        <Button variant="default" size="compact-xs" onClick={onRemove} aria-label={`Remove action ${place}`}>
          Remove
        </Button>
      )}
    </fieldset>
  );
}
