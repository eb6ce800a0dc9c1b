/** Both sides of a difference; as JSON where they read alike: the number 5 is not the text "5". */
export function shownChange({ from, to }: { from: string | null; to: string | null }): { from: string; to: string } {
  const shown = { from: shownJson(from), to: shownJson(to) };
  return shown.from === shown.to && from !== to ? { from: from ?? shown.from, to: to ?? shown.to } : shown;
}

/** A JSON text as a person reads it in a difference. */
export function shownJson(text: string | null): string {
  if (text === null) return 'nothing';
  return text === '""' ? '“” (empty)' : text.startsWith('"') ? String(JSON.parse(text)) : text;
}
