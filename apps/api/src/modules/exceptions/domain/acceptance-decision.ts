export const ACCEPTANCE_STATES = [
  'pending',
  'direct',
  'approved',
  'rejected',
  'withdrawn',
  // nobody decided in time
  'expired',
  'overtaken',
] as const;

export type AcceptanceState = (typeof ACCEPTANCE_STATES)[number];

/** How long a request to close without correction waits; then it goes back to its maker, as a request to send again does. */
export const ACCEPTANCE_EXPIRES_AFTER_MS = 72 * 3_600_000;

/** Up to so many are decided at once; more are carried out by the worker, batch by batch. */
export const DECIDED_AT_ONCE = 200;

/** What happened to requests of one act since somebody looked at them. */
export type SinceSeen = {
  /** Decided one by one or by another act, by whom. */
  decided: readonly { state: AcceptanceState; deciderName: string | null; count: number }[];
  /** Asked for since. */
  added: number;
};

/** What is no longer as it was shown, in words; `seen` and `current` are how many waited. */
export function wordsOfChange(seen: number, current: number, { decided, added }: SinceSeen): string[] {
  const words = decided.map(({ state, deciderName, count }) => {
    const by = deciderName === null ? '' : ` by ${deciderName}`;
    return `${count} ${wasOr(count)} ${state}${by}`;
  });
  if (added > 0) words.push(`${added} more ${wasOr(added)} asked for`);
  const told = decided.reduce((sum, { count }) => sum + count, 0);
  const otherwise = seen + added - told - current;
  if (otherwise > 0) words.push(`${otherwise} went another way`);
  return words.length === 0 ? ['others wait now than those that you were shown'] : words;
}

/** "You were shown 3, and 2 wait now: 1 was approved by Bruno. Nothing was done: look again." */
export function changedSinceSeen(seen: number, current: number, since: SinceSeen): string {
  const words = wordsOfChange(seen, current, since).join(', ');
  return `You were shown ${seen}, and ${current} wait${current === 1 ? 's' : ''} now: ${words}. Nothing was done: look again.`;
}

function wasOr(count: number): string {
  return count === 1 ? 'was' : 'were';
}
