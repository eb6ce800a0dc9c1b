import { Textarea } from '@mantine/core';
import styles from './correction.module.css';

const ROWS = 20;

type RawEditorProps = { text: string; fault: string | undefined; isMasked: boolean; onChange: (text: string) => void };

/** The payload as JSON text. What may be changed is the same as in the form: whatever else differs is refused with its place. */
export function RawEditor({ text, fault, isMasked, onChange }: RawEditorProps) {
  return (
    <Textarea
      label="Payload as JSON"
      description={
        isMasked
          ? 'What is masked stays as it is. New elements stand at the end of a list; only what is declared may differ.'
          : 'New elements stand at the end of a list; only what is declared may differ.'
      }
      error={fault}
      rows={ROWS}
      spellCheck={false}
      classNames={{ input: styles['rawText'] }}
      value={text}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
