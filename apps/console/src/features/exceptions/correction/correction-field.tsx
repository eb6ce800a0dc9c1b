import { NativeSelect, TextInput } from '@mantine/core';
import { shownJson } from '../../../shared/payload/shown-json.js';
import type { CorrectableField } from './correction-documents.js';
import { draftOf } from './correction-values.js';

type CorrectionFieldProps = {
  field: CorrectableField;
  draft: string | undefined;
  /** what is wrong with what is typed */
  problem: string | undefined;
  isFirst: boolean;
  /** the integration named it as what failed */
  isFailing: boolean;
  onChange: (draft: string) => void;
};

/** One place of the payload: an input by what its contract says of it, or why it cannot be changed. */
export function CorrectionField({ field, draft, problem, isFirst, isFailing, onChange }: CorrectionFieldProps) {
  const isClosed = field.lock !== null || field.isMasked;
  const shared = {
    label: field.label,
    description: `${descriptionOf(field)}${isFailing ? ' · the failing field' : ''}`,
    disabled: isClosed,
    required: field.isRequired,
    withAsterisk: field.isRequired,
    error: problem,
    ...(isFirst && { 'data-autofocus': true }),
  };
  const value = field.isMasked ? '••••' : (draft ?? draftOf(field));
  const choices = field.kind === 'boolean' ? ['true', 'false'] : field.choices;
  if (choices.length > 0) {
    const isAllowed = value === '' || choices.includes(value);
    return (
      <NativeSelect
        {...shared}
        data={[
          { value: '', label: isAllowed ? 'nothing' : `${shownJson(value)}, which is not allowed` },
          ...choices.map((choice) => ({ value: choice, label: shownJson(choice) })),
        ]}
        value={choices.includes(value) ? value : ''}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  return (
    <TextInput
      {...shared}
      type={field.kind === 'date' && /^(?:\d{4}-\d{2}-\d{2})?$/.test(value) ? 'date' : 'text'}
      {...(field.kind === 'number' && { inputMode: 'decimal' as const })}
      placeholder={field.valueJson === null && !field.isMasked ? 'not in the payload' : ''}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function descriptionOf(field: CorrectableField): string {
  if (field.isMasked) return `${field.pointer} · masked for you, so it stays as it is`;
  if (field.lock) return `${field.pointer} ${field.lock.message}`;
  const about = [
    field.pointer,
    field.description ?? undefined,
    field.needsConfirmation ? 'fact of a posting' : undefined,
  ];
  return about.filter((each) => each !== undefined).join(' · ');
}
