import { useId, useMemo, useRef, type KeyboardEvent } from 'react';
import { indentLines, newLine } from './edit-text.js';
import styles from './bench.module.css';

type DefinitionEditorProps = {
  value: string;
  onChange: (value: string) => void;
  /** lines that a problem names, counted from 1 */
  troubled: ReadonlySet<number>;
};

/** A plain text field with line numbers. Tab moves on, as everywhere; Ctrl-] and Ctrl-[ indent. */
export function DefinitionEditor({ value, onChange, troubled }: DefinitionEditorProps) {
  const gutter = useRef<HTMLDivElement>(null);
  const hint = useId();
  const lineCount = useMemo(() => value.split('\n').length, [value]);

  const key = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const field = event.currentTarget;
    const isMod = event.ctrlKey || event.metaKey;
    const edit =
      isMod && (event.key === ']' || event.key === '[')
        ? indentLines(field.value, field.selectionStart, field.selectionEnd, event.key === ']' ? 1 : -1)
        : event.key === 'Enter' && !isMod
          ? newLine(field.value, field.selectionStart, field.selectionEnd)
          : undefined;
    if (!edit) return;
    event.preventDefault();
    onChange(edit.text);
    requestAnimationFrame(() => field.setSelectionRange(edit.from, edit.to));
  };

  return (
    <div className={styles['editor']}>
      <div className={styles['code']}>
        <div className={styles['gutter']} aria-hidden="true">
          <div ref={gutter}>
            {Array.from({ length: lineCount }, (_, index) => (
              <div key={index} data-troubled={troubled.has(index + 1) || undefined}>
                {index + 1}
              </div>
            ))}
          </div>
        </div>
        <textarea
          aria-label="Definition in YAML"
          aria-describedby={hint}
          className={styles['text']}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          wrap="off"
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          onKeyDown={key}
          onScroll={(event) => {
            if (gutter.current) gutter.current.style.transform = `translateY(${-event.currentTarget.scrollTop}px)`;
          }}
        />
      </div>
      <p id={hint} className={styles['hint']}>
        Ctrl Enter runs · Ctrl ] and Ctrl [ indent · Tab moves on
      </p>
    </div>
  );
}
