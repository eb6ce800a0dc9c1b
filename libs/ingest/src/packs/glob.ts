/** True when the whole text fits the pattern: `*` = any characters, `?` = one. Linear in the text, whatever the pattern. */
export function matchesGlob(text: string, pattern: string): boolean {
  const subject = text.toLowerCase();
  const wanted = pattern.toLowerCase();
  let at = 0;
  let position = 0;
  let star = -1;
  let starredFrom = 0;
  while (at < subject.length) {
    if (
      position < wanted.length &&
      (wanted[position] === '?' || wanted[position] === subject[at]) &&
      wanted[position] !== '*'
    ) {
      at += 1;
      position += 1;
    } else if (wanted[position] === '*') {
      star = position;
      starredFrom = at;
      position += 1;
    } else if (star >= 0) {
      position = star + 1;
      starredFrom += 1;
      at = starredFrom;
    } else {
      return false;
    }
  }
  while (wanted[position] === '*') position += 1;
  return position === wanted.length;
}
