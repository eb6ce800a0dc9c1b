import { Button, TextInput } from '@mantine/core';
import { count } from '../../../shared/format/words.js';
import { StatusShape } from '../../../shared/status/status.js';
import { CorrectionField } from './correction-field.js';
import type { FormRow } from './list-draft.js';
import type { useCorrection } from './use-correction.js';
import { placeOf, ROWS_A_PAGE, type ShownRows } from './use-form-rows.js';
import styles from './correction.module.css';

/** From so many lines on one looks for them by name. */
const MANY_ROWS = 12;

type Correction = ReturnType<typeof useCorrection>;
type CorrectionFieldsProps = { correction: Correction; rows: ShownRows; failedField: string | null };

/** What may be changed: single values, and the elements of lists with what may be written in each. */
export function CorrectionFields({ correction, rows, failedField }: CorrectionFieldsProps) {
  const { payload } = correction;
  const first = payload.fields.find((field) => field.lock === null && !field.isMasked)?.pointer;
  return (
    <>
      {correction.rows.length > MANY_ROWS && (
        <TextInput
          aria-label="Find a field"
          placeholder={`Find one of ${count(payload.fields.length, 'field')} by name or value${payload.isTruncated ? ' (the first; there are more)' : ''}`}
          value={rows.wanted}
          onChange={(event) => rows.find(event.currentTarget.value)}
        />
      )}
      <div className={styles['fields']}>
        {rows.shown.map((row) => (
          <Row
            key={`${row.kind} ${placeOf(row)}`}
            row={row}
            correction={correction}
            isFirst={placeOf(row) === first}
            isFailing={placeOf(row) === failedField}
          />
        ))}
        {rows.shown.length === 0 && <p className="muted">No declared field is called so.</p>}
      </div>
      {rows.pages > 1 && <Pages rows={rows} />}
    </>
  );
}

type RowProps = { row: FormRow; correction: Correction; isFirst: boolean; isFailing: boolean };

function Row({ row, correction, isFirst, isFailing }: RowProps) {
  if (row.kind === 'field') {
    const { field } = row;
    return (
      <CorrectionField
        field={field}
        draft={correction.drafts[field.pointer]}
        problem={correction.problemAt(field.pointer)}
        isFirst={isFirst}
        isFailing={isFailing}
        onChange={(draft) => correction.change(field.pointer, draft)}
      />
    );
  }
  if (row.kind === 'list') {
    const { list } = row;
    return (
      <div className={styles['element']}>
        <b>{list.label}</b> <span className="muted">{count(list.length, 'element')} in the payload</span>
        {row.canAdd && (
          <Button variant="default" size="compact-xs" onClick={() => correction.addTo(list)}>
            Add to {list.label}
          </Button>
        )}
      </div>
    );
  }
  const { pointer, label, state } = row;
  const problem = correction.problemAt(pointer);
  return (
    <div className={styles['element']}>
      {state === 'removed' ? <del>{label}</del> : <b>{label}</b>}
      {state !== 'kept' && <span className="muted">{state === 'added' ? 'new' : 'taken away'}</span>}
      <Button
        variant="subtle"
        size="compact-xs"
        aria-label={state === 'removed' ? `Keep ${label}` : `Take ${label} away`}
        onClick={() => correction.toggle(pointer)}
      >
        {state === 'removed' ? 'Keep it' : 'Take away'}
      </Button>
      {problem !== undefined && (
        <span>
          <StatusShape tone="critical" /> {problem}
        </span>
      )}
    </div>
  );
}

function Pages({ rows: { page, pages, count: all, goTo } }: { rows: ShownRows }) {
  const from = page * ROWS_A_PAGE;
  return (
    <div className={styles['element']} role="group" aria-label="Pages of the form">
      <Button variant="default" size="compact-xs" disabled={page === 0} onClick={() => goTo(page - 1)}>
        Before
      </Button>
      <span className="muted" aria-live="polite">
        Lines {from + 1} to {Math.min(from + ROWS_A_PAGE, all)} of {all}
      </span>
      <Button variant="default" size="compact-xs" disabled={page === pages - 1} onClick={() => goTo(page + 1)}>
        After
      </Button>
    </div>
  );
}
