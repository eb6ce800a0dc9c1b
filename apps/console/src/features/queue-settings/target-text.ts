/** A duration as it is typed, in hours and minutes: "PT4H30M" → "4:30". */
export function toHours(duration: string): string {
  const [, hours = '0', minutes = '0'] = /^PT(?:(\d+)H)?(?:(\d+)M)?/.exec(duration) ?? [];
  const total = Number(hours) * 60 + Number(minutes);
  return `${Math.floor(total / 60)}:${String(total % 60).padStart(2, '0')}`;
}

const TYPED = /^(\d{1,4})(?::([0-5]\d))?$/;

/** "4:30" or "4" → "PT4H30M"; undefined = it is no time. */
export function fromHours(typed: string): string | undefined {
  const match = TYPED.exec(typed.trim());
  if (!match) return undefined;
  const [, hours = '0', minutes = '0'] = match;
  return `PT${Number(hours)}H${Number(minutes)}M`;
}
