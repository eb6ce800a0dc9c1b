import { useEffect, useRef } from 'react';

/** Does something again and again while the page is looked at; not at all while `isActive` is false. */
export function useEvery(everyMs: number, act: () => void, isActive = true): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    if (!isActive) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState !== 'hidden') latest.current();
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, isActive]);
}
