/** Replaces the characters from `start` up to, not including, `end`. */
export type TextEdit = { start: number; end: number; text: string };

/** The text with all edits made; everything else stays as it is, byte for byte. An edit inside another one is left out. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  if (edits.length === 0) return text;
  // Of two that begin together the wider one counts.
  const ordered = [...edits].sort((left, right) => left.start - right.start || right.end - left.end);
  const pieces: string[] = [];
  let at = 0;
  for (const edit of ordered) {
    if (edit.start < at) continue;
    pieces.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}
