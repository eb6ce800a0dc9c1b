import { useMemo, useState } from 'react';
import type { FormRow } from './list-draft.js';

/** More are not shown at once: each is an input, and typing has to stay quick. */
export const ROWS_A_PAGE = 50;

/** The lines of a form that are shown: those that fit what is looked for, a page of them. */
export function useFormRows(rows: readonly FormRow[]) {
  const [wanted, setWanted] = useState('');
  const [page, setPage] = useState(0);
  const fitting = useMemo(() => {
    const text = wanted.trim().toLowerCase();
    return text === '' ? rows : rows.filter((row) => wordsOf(row).toLowerCase().includes(text));
  }, [rows, wanted]);
  const pages = Math.max(1, Math.ceil(fitting.length / ROWS_A_PAGE));
  const shownPage = Math.min(page, pages - 1);
  const shown = fitting.slice(shownPage * ROWS_A_PAGE, (shownPage + 1) * ROWS_A_PAGE);
  return {
    ...{ wanted, shown, pages, page: shownPage, goTo: setPage, count: fitting.length },
    find: (text: string) => {
      setWanted(text);
      setPage(0);
    },
  };
}

export type ShownRows = ReturnType<typeof useFormRows>;

/** The place at which a line of the form tells what is wrong. */
export function placeOf(row: FormRow): string {
  if (row.kind === 'field') return row.field.pointer;
  return row.kind === 'element' ? row.pointer : row.list.pointer;
}

// by what stands there before one types: a field does not go while it is written
function wordsOf(row: FormRow): string {
  if (row.kind === 'field') return `${row.field.label} ${row.field.pointer} ${row.field.valueJson ?? ''}`;
  return `${row.kind === 'element' ? row.label : row.list.label} ${placeOf(row)}`;
}
