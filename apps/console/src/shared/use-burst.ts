import { useCallback, useEffect, useRef } from 'react';

/** Answers a burst by one act: the first call starts the clock, and later ones do not push it out, however long the burst. */
export function useBurst(pauseMs: number, act: () => void): () => void {
  const latest = useRef(act);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  return useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      latest.current();
    }, pauseMs);
  }, [pauseMs]);
}

/** Does something once for each burst in which a count of changes grows. */
export function useAfterChanges(changes: number, pauseMs: number, act: () => void): void {
  const hear = useBurst(pauseMs, act);
  useEffect(() => {
    if (changes > 0) hear();
  }, [changes, hear]);
}
