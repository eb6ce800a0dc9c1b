import { useCallback, useMemo, useState } from 'react';
import { useKeys, type KeyBinding } from '../keyboard/keyboard.js';

type ListCursorOptions = {
  ids: readonly string[];
  /** what the list holds, for the keys dialog: "exception" */
  noun: string;
  onOpen: (id: string) => void;
  /** moving the cursor while a detail is open beside the list moves the detail too */
  openId?: string | undefined;
  onClose?: (() => void) | undefined;
  isSelectable?: boolean;
  isActive?: boolean;
};

export type ListCursor = {
  cursorId: string | undefined;
  setCursor: (id: string) => void;
  selected: ReadonlySet<string>;
  toggle: (id: string) => void;
  toggleAll: () => void;
  clear: () => void;
};

const NONE: ReadonlySet<string> = new Set();

/** The next id in a direction; the first or last one when the cursor stands nowhere. */
export function step(ids: readonly string[], from: string | undefined, by: 1 | -1): string | undefined {
  const index = from === undefined ? -1 : ids.indexOf(from);
  if (index < 0) return by === 1 ? ids[0] : ids.at(-1);
  return ids[Math.min(Math.max(index + by, 0), ids.length - 1)];
}

function focusRow(id: string): void {
  const row = [...document.querySelectorAll<HTMLElement>('[data-row-id]')].find((each) => each.dataset['rowId'] === id);
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: 'nearest' });
}

/** Cursor and selection of a list, with the keys that drive them. */
export function useListCursor(options: ListCursorOptions): ListCursor {
  const { ids, noun, onOpen, openId, onClose, isSelectable = false, isActive = true } = options;
  const [cursor, setCursor] = useState<string | undefined>(openId);
  const [selected, setSelected] = useState<ReadonlySet<string>>(NONE);
  const cursorId = cursor !== undefined && ids.includes(cursor) ? cursor : undefined;

  const toggle = useCallback((id: string) => {
    setSelected((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  const toggleAll = useCallback(
    () => setSelected((before) => (ids.every((id) => before.has(id)) ? NONE : new Set(ids))),
    [ids],
  );
  const clear = useCallback(() => setSelected(NONE), []);

  const bindings = useMemo<KeyBinding[]>(() => {
    const selectTo = () => {
      const end = cursorId === undefined ? -1 : ids.indexOf(cursorId);
      if (end < 0) return;
      // from the nearest selected row above or below up to here
      const distance = (index: number) => Math.abs(index - end);
      const others = ids.flatMap((id, index) => (selected.has(id) && index !== end ? [index] : []));
      const start = others.toSorted((a, b) => distance(a) - distance(b))[0] ?? end;
      const range = ids.slice(Math.min(start, end), Math.max(start, end) + 1);
      setSelected((before) => new Set([...before, ...range]));
    };
    const move = (by: 1 | -1, isExtending = false) => {
      const next = step(ids, cursorId ?? openId, by);
      if (next === undefined) return;
      if (isExtending) setSelected((before) => new Set([...before, ...(cursorId ? [cursorId] : []), next]));
      setCursor(next);
      focusRow(next);
      if (openId !== undefined && !isExtending) onOpen(next);
    };
    const group = 'List';
    const list: KeyBinding[] = [
      { keys: 'j', label: `Next ${noun}`, group, run: () => move(1) },
      { keys: 'k', label: `Previous ${noun}`, group, run: () => move(-1) },
      { keys: 'ArrowDown', label: `Next ${noun}`, group, run: () => move(1) },
      { keys: 'ArrowUp', label: `Previous ${noun}`, group, run: () => move(-1) },
      { keys: 'Enter', label: `Open ${noun}`, group, run: () => cursorId !== undefined && onOpen(cursorId) },
    ];
    if (isSelectable) {
      list.push(
        { keys: 'x', label: `Select ${noun}`, group, run: () => cursorId !== undefined && toggle(cursorId) },
        { keys: 'Shift-x', label: 'Select up to here', group, run: selectTo },
        { keys: 'Shift-j', label: 'Extend selection down', group, run: () => move(1, true) },
        { keys: 'Shift-k', label: 'Extend selection up', group, run: () => move(-1, true) },
      );
    }
    const escape = selected.size > 0 ? clear : onClose;
    if (escape) list.push({ keys: 'Escape', label: 'Back to the list', group, run: escape });
    return list;
  }, [ids, cursorId, openId, noun, onOpen, onClose, isSelectable, selected, toggle, clear]);
  useKeys(bindings, isActive);

  return { cursorId, setCursor, selected, toggle, toggleAll, clear };
}
