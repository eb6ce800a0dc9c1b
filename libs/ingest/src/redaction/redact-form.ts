import { redactJson } from './redact-json.js';
import type { PathMatcher } from './path-matcher.js';
import type { TextRedaction } from './redact-text.js';
import { UnredactableBody } from './unredactable-body.js';

/** Redacts a form body pair by pair; a value that holds JSON is looked into. Throws UnredactableBody. */
export function redactForm(text: string, matcher: PathMatcher, texts: TextRedaction): string {
  const kept: string[] = [];
  for (const pair of text.split('&')) {
    const equals = pair.indexOf('=');
    const rawName = equals < 0 ? pair : pair.slice(0, equals);
    const value = equals < 0 ? '' : decoded(pair.slice(equals + 1));
    const position = matcher.into(matcher.start, decoded(rawName));
    const action = matcher.actionAt(position);
    if (action === 'drop') texts.note(value);
    else if (action !== undefined) kept.push(`${rawName}=${encodeURIComponent(texts.replace(value, action))}`);
    else if (position !== undefined && isJson(value)) {
      const redacted = redactJson(value, matcher, texts, position);
      kept.push(redacted === value ? pair : `${rawName}=${encodeURIComponent(redacted)}`);
    } else kept.push(pair);
  }
  return kept.join('&');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new UnredactableBody('the form is not percent-encoded UTF-8');
  }
}

function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
