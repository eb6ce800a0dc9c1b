import { maskText } from '@throughline/canonical';

const NARROW = '\u200b';
const CUT = '…';

/** Control characters, line and paragraph separators, direction overrides, invisible tags: nothing that a name in a chat needs. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]+/gu;
const HALF_PAIR = /\p{Cs}/gu;

/** Words that would call a whole channel. */
const CALLS = /@(?=channel|here|everyone|all\b)/gi;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text from data as one line that can be shown to people: account numbers masked, nothing invisible, nobody called. */
export function safeLine(text: string): string {
  const visible = text.replace(UNSEEN, ' ').replace(HALF_PAIR, '\ufffd').replace(/ {2,}/g, ' ').trim();
  return maskText(visible).value.replace(CALLS, `@${NARROW}`);
}

/** The same for Slack's mrkdwn: `& < >` escaped (so that `<!here>` and links are plain text), at most `longest` characters after it. */
export function mrkdwn(text: string, longest: number): string {
  return fit(
    [...safeLine(text)].map((character) => ESCAPES[character] ?? character),
    longest,
  );
}

/** The same for Slack's plain_text. */
export function plain(text: string, longest: number): string {
  return fit([...safeLine(text)], longest);
}

/** Joins whole pieces, so that no escape and no pair is cut in two; length in UTF-16 units, as Slack counts. */
function fit(pieces: readonly string[], longest: number): string {
  const whole = pieces.join('');
  if (whole.length <= longest) {
    return whole;
  }
  let text = '';
  for (const piece of pieces) {
    if (text.length + piece.length > longest - CUT.length) {
      break;
    }
    text += piece;
  }
  return `${text}${CUT}`;
}
