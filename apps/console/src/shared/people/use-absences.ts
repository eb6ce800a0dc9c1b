import { useMemo } from 'react';
import { useLoad } from '../graphql/use-load.js';
import { AbsencesDocument, type Absence } from './absence-documents.js';
import { awayNow } from './absence-words.js';

const NONE: readonly Absence[] = [];

/** Who is away now, by id. */
export function useAwayNow(): ReadonlyMap<string, Absence> {
  const absences = useLoad(AbsencesDocument, {}, { policy: 'cache-first' }).data?.absences ?? NONE;
  return useMemo(() => awayNow(absences), [absences]);
}
