import { useCallback, useMemo, useState } from 'react';
import type { ExceptionFilter } from '../../gql/graphql.js';
import { useKeys, type KeyBinding } from '../../shared/keyboard/keyboard.js';

type WholeSelectionOptions = { filter: ExceptionFilter; selected: number; total: number };

type WholeSelection = {
  /** set while all that match are picked */
  all: { filter: ExceptionFilter; count: number } | undefined;
  pick: () => void;
};

/** Picking all that match, loaded or not: from a selection on, until that is cleared or another filter is looked at. */
export function useWholeSelection({ filter, selected, total }: WholeSelectionOptions): WholeSelection {
  const key = JSON.stringify(filter);
  const [pickedKey, setPickedKey] = useState<string>();
  if (pickedKey !== undefined && (selected === 0 || pickedKey !== key)) setPickedKey(undefined);
  const isAll = selected > 0 && pickedKey === key;
  const pick = useCallback(() => setPickedKey(key), [key]);
  const bindings = useMemo<KeyBinding[]>(
    () => [{ keys: 'Shift-a', label: 'Select all that match', group: 'List', run: pick }],
    [pick],
  );
  useKeys(bindings, selected > 0);
  const all = useMemo(
    () => (isAll ? { filter: JSON.parse(key) as ExceptionFilter, count: total } : undefined),
    [isAll, key, total],
  );
  return { all, pick };
}
