/** Makes the daily partitions of signals and spans for `days` days from the UTC date of `from`. */
export async function ensurePartitions(ownerUrl: string, from: Date, days: number): Promise<void> {
  throw new Error(`${ownerUrl} ${from.toISOString()} ${days}`);
}
