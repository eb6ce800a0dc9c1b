import { useCallback, useEffect, useRef, useState } from 'react';
import { tell } from '../tell.js';
import { byteWords, downloadExport, ExportFailed } from './download-export.js';

/** What takes longer than this shows how far it is. */
const PROGRESS_AFTER_MS = 1000;

export type ExportState =
  | { phase: 'idle' }
  | { phase: 'running'; bytes: number; isSlow: boolean }
  | { phase: 'failed'; message: string; href: string };

/** One export at a time; it ends when the page is left. */
export function useExport() {
  const [state, setState] = useState<ExportState>({ phase: 'idle' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const cancel = useCallback(() => running.current?.abort(), []);
  const dismiss = useCallback(() => setState({ phase: 'idle' }), []);
  const start = useCallback((href: string) => {
    running.current?.abort();
    const own = new AbortController();
    running.current = own;
    const change = (next: (before: ExportState) => ExportState) => {
      if (running.current === own) setState(next);
    };
    change(() => ({ phase: 'running', bytes: 0, isSlow: false }));
    const timer = setTimeout(
      () => change((before) => (before.phase === 'running' ? { ...before, isSlow: true } : before)),
      PROGRESS_AFTER_MS,
    );
    downloadExport(href, own.signal, (bytes) =>
      change((before) => (before.phase === 'running' ? { ...before, bytes } : before)),
    )
      .then(({ name, bytes }) => {
        change(() => ({ phase: 'idle' }));
        tell(`${name} was saved (${byteWords(bytes)}).`);
      })
      .catch((error: unknown) => {
        if (own.signal.aborted) return change(() => ({ phase: 'idle' }));
        const message = error instanceof ExportFailed ? error.message : 'The export could not be saved.';
        change(() => ({ phase: 'failed', message, href }));
      })
      .finally(() => clearTimeout(timer));
  }, []);
  return { state, start, cancel, dismiss };
}
