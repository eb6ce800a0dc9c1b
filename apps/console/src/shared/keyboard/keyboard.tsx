import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { readPreference, writePreference } from '../preferences.js';
import { isTyping, keyName, matchSequence } from './key-sequence.js';

export type KeyBinding = {
  /** one key (`j`, `Shift-j`, `Enter`, `Mod-k`) or two in a row (`g e`) */
  keys: string;
  label: string;
  group: string;
  run: () => void;
};

type Layer = { bindings: readonly KeyBinding[] };

type Keyboard = {
  add: (layer: Layer) => () => void;
  /** every binding that works now, the ones of the page first */
  list: () => KeyBinding[];
  hasSingleKeys: boolean;
  setSingleKeys: (isOn: boolean) => void;
};

const SEQUENCE_MS = 1200;

const KeyboardContext = createContext<Keyboard | undefined>(undefined);

/** Hears every key once and gives it to the newest layer that knows it: a dialog before the page, the page before the frame. */
export function KeyboardProvider({ children }: { children: ReactNode }) {
  const layers = useRef<Layer[]>([]);
  const [hasSingleKeys, setSingleKeys] = useState(() => readPreference('hasSingleKeys'));

  useEffect(() => {
    let pending: { key: string; at: number } | undefined;
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const key = keyName(event);
      if (key === undefined) return;
      const isPlain = key.length === 1 || key.startsWith('Shift-');
      if (isTyping(event, key) || (isPlain && !hasSingleKeys && key !== '?')) return;
      const before = pending && event.timeStamp - pending.at < SEQUENCE_MS ? pending.key : undefined;
      const all = layers.current.toReversed().flatMap((layer) => layer.bindings);
      const match = matchSequence(all, before, key);
      pending = match === 'wait' ? { key, at: event.timeStamp } : undefined;
      if (match === undefined) return;
      event.preventDefault();
      if (match !== 'wait') match.run();
    };
    window.addEventListener('keydown', hear);
    return () => window.removeEventListener('keydown', hear);
  }, [hasSingleKeys]);

  const keyboard = useMemo<Keyboard>(
    () => ({
      add: (layer) => {
        layers.current = [...layers.current, layer];
        return () => {
          layers.current = layers.current.filter((other) => other !== layer);
        };
      },
      list: () => layers.current.toReversed().flatMap((layer) => layer.bindings),
      hasSingleKeys,
      setSingleKeys: (isOn) => {
        writePreference('hasSingleKeys', isOn);
        setSingleKeys(isOn);
      },
    }),
    [hasSingleKeys],
  );

  return <KeyboardContext.Provider value={keyboard}>{children}</KeyboardContext.Provider>;
}

export function useKeyboard(): Keyboard {
  const keyboard = useContext(KeyboardContext);
  if (!keyboard) throw new Error('useKeyboard is used outside of its provider');
  return keyboard;
}

/** Makes the bindings work for as long as the component is on the page. */
export function useKeys(bindings: readonly KeyBinding[], isActive = true): void {
  const { add } = useKeyboard();
  const layer = useRef<Layer>({ bindings });
  useEffect(() => {
    layer.current.bindings = bindings;
  });
  useEffect(() => (isActive ? add(layer.current) : undefined), [add, isActive]);
}
