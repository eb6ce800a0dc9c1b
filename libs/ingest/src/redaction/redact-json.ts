import type { PathMatcher, Position } from './path-matcher.js';
import { stricter, type RedactionAction } from './redaction-action.js';
import type { TextRedaction } from './redact-text.js';
import { applyEdits, type TextEdit } from './text-edits.js';
import { UnredactableBody } from './unredactable-body.js';

const DEEPEST = 300;
/** JSON within a text within a JSON text … */
const DEEPEST_TEXT = 3;

/**
 * Redacts JSON by editing its text: what no rule names keeps every byte, so that 1.10 stays 1.10 and long numbers stay
 * exact. A member that is written twice is redacted twice, a name written with escapes is still that name, and a text
 * that holds JSON itself is looked into. Throws UnredactableBody when the text is no JSON.
 */
export function redactJson(
  text: string,
  matcher: PathMatcher,
  texts: TextRedaction,
  start: Position = matcher.start,
): string {
  try {
    JSON.parse(text);
  } catch {
    throw new UnredactableBody('the body is no JSON');
  }
  return redactParsed(text, matcher, texts, start, DEEPEST_TEXT);
}

function redactParsed(
  text: string,
  matcher: PathMatcher,
  texts: TextRedaction,
  start: Position,
  textsDeep: number,
): string {
  const walk = new JsonWalk(text, matcher, texts, textsDeep);
  walk.value(start, undefined, 0);
  return applyEdits(text, walk.edits);
}

type Member = { start: number; end: number; isDropped: boolean };

class JsonWalk {
  readonly edits: TextEdit[] = [];
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly matcher: PathMatcher,
    private readonly texts: TextRedaction,
    private readonly textsDeep: number,
  ) {}

  /** Walks the value at the current place; `inherited` = what a rule asks for everything below a value it names. */
  value(position: Position, inherited: RedactionAction | undefined, depth: number): void {
    if (depth > DEEPEST) throw new UnredactableBody(`the body is nested deeper than ${DEEPEST} levels`);
    this.skipSpace();
    const action = inherited ?? this.matcher.actionAt(position);
    const character = this.text[this.at];
    if (character === '{') this.members(position, action, depth);
    else if (character === '[') this.elements(position, action, depth);
    else this.scalar(position, action);
  }

  private members(position: Position, inherited: RedactionAction | undefined, depth: number): void {
    const members: Member[] = [];
    this.at += 1;
    this.skipSpace();
    while (this.text[this.at] === '"') {
      const start = this.at;
      const name = this.string();
      this.skipSpace();
      this.at += 1;
      const into = this.matcher.into(position, name);
      const action = stricter(inherited, this.matcher.actionAt(into));
      if (action === 'drop') this.noteTexts();
      else if (action === undefined && into === undefined) this.skipValue();
      else this.value(into, action, depth + 1);
      members.push({ start, end: this.at, isDropped: action === 'drop' });
      this.skipSpace();
      if (this.text[this.at] === ',') this.at += 1;
      this.skipSpace();
    }
    this.at += 1;
    this.dropMembers(members);
  }

  private elements(position: Position, inherited: RedactionAction | undefined, depth: number): void {
    this.at += 1;
    this.skipSpace();
    for (let index = 0; this.at < this.text.length && this.text[this.at] !== ']'; index += 1) {
      const into = this.matcher.intoElement(position, index);
      const action = stricter(inherited, this.matcher.actionAt(into));
      const start = this.at;
      if (action === 'drop') {
        // The others keep their positions.
        this.noteTexts();
        this.edits.push({ start, end: this.at, text: 'null' });
      } else if (action === undefined && into === undefined) this.skipValue();
      else this.value(into, action, depth + 1);
      this.skipSpace();
      if (this.text[this.at] === ',') this.at += 1;
      this.skipSpace();
    }
    this.at += 1;
  }

  private scalar(position: Position, action: RedactionAction | undefined): void {
    const start = this.at;
    if (this.text[start] === '"') {
      const value = this.string();
      if (action !== undefined) this.replace(start, value, action);
      else this.lookInto(start, value, position);
      return;
    }
    this.skipValue();
    const token = this.text.slice(start, this.at);
    if (action !== undefined && token !== 'null') this.replace(start, token, action);
  }

  private replace(start: number, value: string, action: RedactionAction): void {
    if (action === 'drop') {
      this.texts.note(value);
      this.edits.push({ start, end: this.at, text: 'null' });
      return;
    }
    this.edits.push({ start, end: this.at, text: JSON.stringify(this.texts.replace(value, action)) });
  }

  /** Payloads within payloads: many systems report an inner message as JSON in a text. */
  private lookInto(start: number, value: string, position: Position): void {
    if (position === undefined || this.textsDeep === 0 || !/^\s*[[{]/.test(value)) return;
    try {
      JSON.parse(value);
    } catch {
      return;
    }
    const redacted = redactParsed(value, this.matcher, this.texts, position, this.textsDeep - 1);
    if (redacted !== value) this.edits.push({ start, end: this.at, text: JSON.stringify(redacted) });
  }

  /** Cuts members out with the comma that belongs to them. */
  private dropMembers(members: readonly Member[]): void {
    let hasKept = false;
    for (const [index, member] of members.entries()) {
      if (!member.isDropped) {
        hasKept = true;
        continue;
      }
      const before = hasKept ? members[index - 1] : undefined;
      const start = before?.end ?? member.start;
      const end = hasKept ? member.end : (members[index + 1]?.start ?? member.end);
      this.edits.push({ start, end, text: '' });
    }
  }

  /** Skips a value that goes, and remembers the texts in it. */
  private noteTexts(): void {
    this.skipSpace();
    const start = this.at;
    this.skipValue();
    const waiting: unknown[] = [JSON.parse(this.text.slice(start, this.at))];
    while (waiting.length > 0) {
      const value = waiting.pop();
      if (typeof value === 'string' || typeof value === 'number') this.texts.note(String(value));
      else if (typeof value === 'object' && value !== null) waiting.push(...Object.values(value));
    }
  }

  private string(): string {
    const start = this.at;
    this.skipString();
    return String(JSON.parse(this.text.slice(start, this.at)));
  }

  private skipSpace(): void {
    for (let code = this.text.charCodeAt(this.at); code === 0x20 || (code >= 0x09 && code <= 0x0d);) {
      this.at += 1;
      code = this.text.charCodeAt(this.at);
    }
  }

  private skipString(): void {
    this.at += 1;
    while (this.at < this.text.length && this.text[this.at] !== '"') this.at += this.text[this.at] === '\\' ? 2 : 1;
    this.at += 1;
  }

  private skipValue(): void {
    this.skipSpace();
    let depth = 0;
    do {
      const character = this.text[this.at];
      if (character === '"') this.skipString();
      else if (character === '{' || character === '[') {
        depth += 1;
        this.at += 1;
      } else if (character === '}' || character === ']') {
        depth -= 1;
        this.at += 1;
      } else if (depth > 0) this.at += 1;
      else while (this.at < this.text.length && !/[\s,\]}]/.test(this.text.charAt(this.at))) this.at += 1;
    } while (depth > 0 && this.at < this.text.length);
  }
}
