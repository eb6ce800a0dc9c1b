const TIME_DURATION = /^PT(?=\d)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?$/;

/**
 * Milliseconds of an ISO 8601 duration of hours, minutes and seconds ("PT4H", "PT1H30M"). Days are refused: a business
 * day has no length of its own, a rule by days is a local cut-off.
 */
export function durationMs(duration: string): number {
  const match = TIME_DURATION.exec(duration);
  if (!match) {
    throw new RangeError(
      `${JSON.stringify(duration)} is not a duration of hours, minutes and seconds such as "PT4H" or "PT1H30M"`,
    );
  }
  const [hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return (((hours ?? 0) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1_000;
}

/** A duration in words: "4 h", "1 h 30 min". */
export function durationInWords(duration: string): string {
  const seconds = durationMs(duration) / 1_000;
  const parts = [
    [Math.floor(seconds / 3_600), 'h'],
    [Math.floor((seconds % 3_600) / 60), 'min'],
    [seconds % 60, 's'],
  ] as const;
  return (
    parts
      .filter(([count]) => count > 0)
      .map(([count, unit]) => `${count} ${unit}`)
      .join(' ') || '0 min'
  );
}
