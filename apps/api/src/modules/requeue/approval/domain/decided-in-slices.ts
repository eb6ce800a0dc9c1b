import type { RequestAction } from '@throughline/contracts';

/** Above so many items what is decided is carried out in slices: it would take longer than a statement may. */
export const AT_ONCE = 2_000;

/** Whether a decision on a request is recorded at once and carried out in slices afterwards. */
export function isDecidedInSlices(
  { items, action }: { items: number; action: RequestAction },
  atOnce: number = AT_ONCE,
): boolean {
  return items > atOnce && action === 'requeue';
}
