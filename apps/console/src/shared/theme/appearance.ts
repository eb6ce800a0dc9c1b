import { useSyncExternalStore } from 'react';
import { readPreference, writePreference, type Preferences } from '../preferences.js';

type ColorScheme = Preferences['colorScheme'];
type RowHeight = Preferences['rowHeight'];

const listeners = new Set<() => void>();
let colorScheme: ColorScheme = readPreference('colorScheme');

const prefersDark = () => window.matchMedia?.('(prefers-color-scheme: dark)').matches ?? false;

function resolved(): 'light' | 'dark' {
  if (colorScheme === 'auto') return prefersDark() ? 'dark' : 'light';
  return colorScheme;
}

function apply(): void {
  document.documentElement.setAttribute('data-mantine-color-scheme', resolved());
  for (const listener of listeners) listener();
}

/** Row height of all tables; an attribute on the root, so that CSS alone follows it. */
export function setRowHeight(height: RowHeight): void {
  writePreference('rowHeight', height);
  document.documentElement.setAttribute('data-row-height', height);
}

export function setColorScheme(next: ColorScheme): void {
  colorScheme = next;
  writePreference('colorScheme', next);
  apply();
}

/** Applies what is remembered and follows the system's setting from then on. */
export function startAppearance(): void {
  window.matchMedia?.('(prefers-color-scheme: dark)').addEventListener('change', apply);
  setRowHeight(readPreference('rowHeight'));
  apply();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The scheme that is shown now, light or dark. */
export function useColorScheme(): 'light' | 'dark' {
  return useSyncExternalStore(subscribe, resolved);
}
