import type { ChatMessage } from '../estate/estate-state.js';
import { html, type Html } from './html.js';
import { page, time } from './layout.js';

/** What arrived at the chat's webhook, newest first. */
export function chatPage(messages: readonly ChatMessage[]): string {
  const list =
    messages.length === 0
      ? html`<p class="muted">
          Nothing arrived yet. An alert policy of Throughline posts here when an exception group opens.
        </p>`
      : html`${[...messages].reverse().map(messageArticle)}`;
  return page('/chat', 'Channel #finance-operations', html`<section aria-label="Messages">${list}</section>`);
}

function messageArticle({ receivedAt, body }: ChatMessage): Html {
  const lines = linesOf(body).map((line) => html`<p>${formatted(line)}</p>`);
  return html`<article class="message">
    <div><strong>Throughline</strong> <span class="muted">${time(receivedAt)}</span></div>
    ${lines}
  </article>`;
}

/** The texts of a Slack payload in reading order: its blocks, or the plain text when it has none. */
export function linesOf(body: unknown): string[] {
  if (!isRecord(body)) return [JSON.stringify(body)];
  const blocks = Array.isArray(body['blocks']) ? body['blocks'] : [];
  const lines = blocks.flatMap((block: unknown) => (isRecord(block) ? linesOfBlock(block) : []));
  if (lines.length > 0) return lines;
  return typeof body['text'] === 'string' ? [body['text']] : [JSON.stringify(body)];
}

function linesOfBlock(block: Record<string, unknown>): string[] {
  const parts = [block['text'], ...listOf(block['fields']), ...listOf(block['elements'])];
  return parts.flatMap((part) => {
    if (!isRecord(part)) return [];
    const text = isRecord(part['text']) ? part['text']['text'] : part['text'];
    if (typeof text !== 'string') return [];
    return [typeof part['url'] === 'string' ? `<${part['url']}|${text}>` : text];
  });
}

/** Slack mrkdwn of one line: links, bold and code; its escapes are undone and made again for HTML. */
function formatted(line: string): Html {
  const pieces = line.split(/(<https?:[^>|\s]+(?:\|[^>]*)?>|\*[^*\n]+\*|`[^`\n]+`)/);
  return html`${pieces.map((piece): Html => {
    const link = /^<(https?:[^>|\s]+)(?:\|([^>]*))?>$/.exec(piece);
    if (link !== null) return html`<a href="${plain(link[1] ?? '')}">${plain(link[2] ?? link[1] ?? '')}</a>`;
    if (/^\*[^*]+\*$/.test(piece)) return html`<strong>${plain(piece.slice(1, -1))}</strong>`;
    if (/^`[^`]+`$/.test(piece)) return html`<code>${plain(piece.slice(1, -1))}</code>`;
    return html`${plain(piece)}`;
  })}`;
}

function plain(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
