import { SaxesParser } from 'saxes';
import type { PathMatcher, Position } from './path-matcher.js';
import { stricter, type RedactionAction } from './redaction-action.js';
import type { TextRedaction } from './redact-text.js';
import { applyEdits, type TextEdit } from './text-edits.js';
import { UnredactableBody } from './unredactable-body.js';

const DEEPEST = 100;

type Frame = {
  position: Position;
  /** For all that is in the element. */
  action: RedactionAction | undefined;
  /** For its own text: that, or a path that ends with `#`. */
  textAction: RedactionAction | undefined;
  start: number;
  /** Own text since the last child. */
  gapStart: number;
  gapText: string;
  /** How many children of each name came so far. */
  counts: Map<string, number>;
};

/**
 * Redacts XML by editing its text, by the names that the mappings see: local names, `@name` for an attribute, `#` for text
 * beside attributes. Throws UnredactableBody when it is no XML, or declares a document type.
 */
export function redactXml(text: string, matcher: PathMatcher, texts: TextRedaction): string {
  const edits: TextEdit[] = [];
  const open: Frame[] = [frame(matcher.start, undefined, undefined, 0)];
  const parser = new SaxesParser();
  const fail = (reason: string): never => {
    throw new UnredactableBody(reason);
  };
  let tagStart = 0;
  const closeGap = (current: Frame, end: number): void => {
    const raw = text.slice(current.gapStart, end);
    if (current.textAction !== undefined && raw.trim() !== '') {
      const shown = current.textAction === 'drop' ? '' : texts.replace(current.gapText, current.textAction);
      if (current.textAction === 'drop') texts.note(current.gapText);
      edits.push({ start: current.gapStart, end, text: escaped(shown) });
    } else if (current.action === 'drop') {
      texts.note(current.gapText);
    }
    current.gapText = '';
  };
  parser.on('error', () => fail('the body is no XML'));
  parser.on('doctype', () => fail('the body declares a document type, which is not taken'));
  parser.on('opentagstart', () => {
    tagStart = text.lastIndexOf('<', parser.position - 1);
  });
  parser.on('opentag', (tag) => {
    if (open.length > DEEPEST) fail(`the body is nested deeper than ${DEEPEST} levels`);
    const parent = open.at(-1)!;
    closeGap(parent, tagStart);
    const name = localName(tag.name);
    const index = parent.counts.get(name) ?? 0;
    parent.counts.set(name, index + 1);
    const position = matcher.intoElement(matcher.into(parent.position, name), index);
    const action = stricter(parent.action, matcher.actionAt(position));
    const textAction = stricter(action, matcher.actionAt(matcher.into(position, '#')));
    if (action !== 'drop') edits.push(...attributeEdits(text, tagStart, parser.position, position, action));
    open.push({ ...frame(position, action, textAction, tagStart), gapStart: parser.position });
  });
  const addText = (piece: string): void => {
    open.at(-1)!.gapText += piece;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', (tag) => {
    const closed = open.pop()!;
    const end = parser.position;
    if (!tag.isSelfClosing) closeGap(closed, text.lastIndexOf('</', end - 1));
    const parent = open.at(-1)!;
    if (closed.action === 'drop' && parent.action !== 'drop') edits.push({ start: closed.start, end, text: '' });
    parent.gapStart = end;
  });
  parser.write(text).close();
  return applyEdits(text, edits);

  function attributeEdits(
    whole: string,
    from: number,
    to: number,
    position: Position,
    inherited: RedactionAction | undefined,
  ): TextEdit[] {
    const found: TextEdit[] = [];
    for (const attribute of attributesOf(whole, from, to)) {
      if (attribute.name.startsWith('xmlns')) continue;
      const into = matcher.into(position, `@${localName(attribute.name)}`);
      const action = stricter(inherited, matcher.actionAt(into));
      if (action === undefined) continue;
      const value = unescaped(attribute.value);
      if (action === 'drop') {
        texts.note(value);
        found.push({ start: attribute.start, end: attribute.end, text: '' });
      } else {
        const shown = escaped(texts.replace(value, action)).replaceAll('"', '&quot;');
        found.push({ start: attribute.start, end: attribute.end, text: `${attribute.name}="${shown}"` });
      }
    }
    return found;
  }
}

function frame(
  position: Position,
  action: RedactionAction | undefined,
  textAction: RedactionAction | undefined,
  start: number,
): Frame {
  return { position, action, textAction, start, gapStart: start, gapText: '', counts: new Map() };
}

/** The attributes of the tag that stands there; the parser has found it well-formed. */
function attributesOf(
  text: string,
  from: number,
  to: number,
): { name: string; value: string; start: number; end: number }[] {
  const tag = text.slice(from, to);
  const found = [];
  const pattern = /([^\s=<>"'/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
  // Behind the element's own name.
  pattern.lastIndex = /^<[^\s/>]+/.exec(tag)?.[0].length ?? 0;
  for (let match = pattern.exec(tag); match; match = pattern.exec(tag)) {
    const start = from + match.index;
    found.push({ name: match[1]!, value: match[2] ?? match[3] ?? '', start, end: start + match[0].length });
  }
  return found;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    return String.fromCodePoint(Number.parseInt(hex ?? decimal ?? '', hex === undefined ? 10 : 16));
  });
}
