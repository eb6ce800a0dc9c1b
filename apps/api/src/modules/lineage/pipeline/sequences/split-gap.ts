/** Numbers of a sequence, both ends included. */
export type NumberRange = { from: bigint; to: bigint };

/** What is still missing of a gap once these numbers are there. */
export function splitGap({ from, to }: NumberRange, present: readonly bigint[]): NumberRange[] {
  const left: NumberRange[] = [];
  let next = from;
  for (const number of [...present].sort((one, other) => (one < other ? -1 : one > other ? 1 : 0))) {
    if (number < next || number > to) continue;
    if (number > next) left.push({ from: next, to: number - 1n });
    next = number + 1n;
  }
  if (next <= to) left.push({ from: next, to });
  return left;
}
