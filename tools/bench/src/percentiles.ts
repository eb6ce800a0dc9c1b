/** Nearest-rank percentile of measured values; throws on an empty list, because nothing measured is no figure. */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new Error('nothing was measured');
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

/** One line: n, median, 95th and 99th percentile and maximum, in milliseconds. */
export function summary(name: string, values: readonly number[]): string {
  const at = (share: number) => `${percentile(values, share).toFixed(1)} ms`;
  return `${name}: n ${values.length}, median ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, max ${at(1)}`;
}
