// Addresses by which exceptions are taken away as files.
import { href } from './url-search.js';

export type ExceptionFile = 'exceptions.csv' | 'exceptions.xlsx';

/** A saved view by its id, or a filter of the list, as JSON, with its order. */
export type ExportedExceptions = { view: string } | { filter: string; orderBy: string };

/** Where the API gives exceptions as a file. A CSV gets the mark by which spreadsheets tell UTF-8. */
export function exceptionExportHref(file: ExceptionFile, chosen: ExportedExceptions): string {
  return href(`/exports/${file}`, { ...chosen, bom: file === 'exceptions.csv' ? '1' : undefined });
}
