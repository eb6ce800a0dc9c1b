export type SlackPart = { kind: 'plain' | 'bold'; text: string } | { kind: 'link'; text: string; href: string };

const PART = /<(https?:\/\/[^|>\s]+)(?:\|([^>]*))?>|\*([^*\n]+)\*/g;

function unescape(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** The few marks of Slack's mrkdwn that alerts use: bold, links and the three escaped signs. Only http links become links. */
export function parseSlackText(text: string): SlackPart[] {
  const parts: SlackPart[] = [];
  let end = 0;
  for (const match of text.matchAll(PART)) {
    if (match.index > end) parts.push({ kind: 'plain', text: unescape(text.slice(end, match.index)) });
    const [whole, href, label, bold] = match;
    if (href !== undefined) parts.push({ kind: 'link', text: unescape(label ?? href), href: unescape(href) });
    else parts.push({ kind: 'bold', text: unescape(bold ?? '') });
    end = match.index + whole.length;
  }
  if (end < text.length) parts.push({ kind: 'plain', text: unescape(text.slice(end)) });
  return parts;
}
