import { escapePointer, type PayloadLine } from './prepare-payload.js';

/**
 * XML as lines, each element under the pointer that mappings know it by: local names, repeated ones counted from 0,
 * attributes as `@name`. Undefined for what is no XML. Documents are only read, nothing they name is loaded.
 */
export function prepareXmlText(text: string): PayloadLine[] | undefined {
  const parsed = new DOMParser().parseFromString(text, 'application/xml');
  const root = parsed.documentElement;
  if (!root || parsed.getElementsByTagName('parsererror').length > 0) return undefined;
  const lines: PayloadLine[] = [];
  walk(root, `/${escapePointer(root.localName)}`, 0, lines);
  return lines;
}

function walk(element: Element, pointer: string, depth: number, lines: PayloadLine[]): void {
  const opening = `<${element.tagName}${attributesOf(element)}`;
  const closing = `</${element.tagName}>`;
  const children = [...element.children];
  const own = element.textContent?.trim() ?? '';
  const add = (line: Pick<PayloadLine, 'pointer' | 'before' | 'value' | 'after'>) =>
    lines.push({ ...line, depth, kind: 'text', isFailing: false });
  if (children.length === 0) {
    if (own === '') add({ pointer, before: `${opening}/>`, value: '', after: '' });
    else add({ pointer, before: `${opening}>`, value: own, after: closing });
    return;
  }
  add({ pointer, before: `${opening}>`, value: '', after: '' });
  const counts = new Map<string, number>();
  for (const { localName } of children) counts.set(localName, (counts.get(localName) ?? 0) + 1);
  const seen = new Map<string, number>();
  for (const child of children) {
    const position = seen.get(child.localName) ?? 0;
    seen.set(child.localName, position + 1);
    const isRepeated = (counts.get(child.localName) ?? 0) > 1;
    walk(child, `${pointer}/${escapePointer(child.localName)}${isRepeated ? `/${position}` : ''}`, depth + 1, lines);
  }
  add({ pointer: '', before: closing, value: '', after: '' });
}

function attributesOf(element: Element): string {
  return [...element.attributes].map(({ name, value }) => ` ${name}="${value}"`).join('');
}
