import { SaxesParser } from 'saxes';
import { atOnce } from '../otlp/decode-in-steps.js';

/**
 * An XML element as plain JSON: children by local name (prefixes dropped), repeated ones as a list, attributes as `@name`,
 * an element with text alone as that text, text beside attributes as `#`. Nothing is turned into numbers.
 */
export type XmlTree = { [name: string]: XmlNode };
export type XmlNode = string | XmlTree | XmlNode[];

/** The text is no XML that is taken: malformed, a document type (entity bombs and external entities), too deep or too large. */
export class InvalidXml extends Error {
  override readonly name = 'InvalidXml';
}

/** A few milliseconds. */
const CHARACTERS_A_STEP = 64 * 1024;
const DEEPEST = 100;
const MOST_NODES = 500_000;
/** Of one element: they are gathered at a stretch. */
export const MOST_ATTRIBUTES = 10_000;

type Frame = { name: string; tree: XmlTree; text: string };

/** Reads a whole document to `{ root: … }`. Throws InvalidXml with line and column. */
export function parseXml(text: string): XmlTree {
  return atOnce(parseXmlSteps(text));
}

/** The same in steps. */
export function* parseXmlSteps(text: string): Generator<void, XmlTree> {
  const root: XmlTree = {};
  const open: Frame[] = [{ name: '', tree: root, text: '' }];
  const parser = new SaxesParser({ position: true });
  const fail = (reason: string): never => {
    throw new InvalidXml(`${reason} (line ${parser.line}, column ${parser.column})`);
  };
  let nodes = 0;
  let attributes = 0;
  parser.on('error', (error) => fail(error.message.replace(/^\d+:\d+:\s*/, '')));
  parser.on('doctype', () => fail('a document type declaration is not taken'));
  parser.on('attribute', () => {
    attributes += 1;
    if (attributes > MOST_ATTRIBUTES) fail(`more than ${MOST_ATTRIBUTES} attributes in one element`);
  });
  parser.on('opentag', (tag) => {
    nodes += 1 + attributes;
    attributes = 0;
    if (open.length > DEEPEST) fail(`more than ${DEEPEST} levels deep`);
    if (nodes > MOST_NODES) fail(`more than ${MOST_NODES} elements and attributes`);
    const tree: XmlTree = {};
    for (const [name, value] of Object.entries(tag.attributes)) {
      if (!name.startsWith('xmlns')) setOwn(tree, `@${localName(name)}`, value);
    }
    open.push({ name: localName(tag.name), tree, text: '' });
  });
  const addText = (piece: string): void => {
    open.at(-1)!.text += piece;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const { name, tree, text: own } = open.pop()!;
    const content = own.trim();
    const isLeaf = Object.keys(tree).length === 0;
    if (!isLeaf && content !== '') setOwn(tree, '#', content);
    addChild(open.at(-1)!.tree, name, isLeaf ? content : tree);
  });
  for (let start = 0; start < text.length; start += CHARACTERS_A_STEP) {
    if (start > 0) yield;
    parser.write(text.slice(start, start + CHARACTERS_A_STEP));
  }
  parser.close();
  return root;
}

/** The name without its prefix. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Adds a child element: a repeated one makes a list. */
export function addChild(parent: XmlTree, name: string, child: XmlNode): void {
  const earlier = Object.hasOwn(parent, name) ? parent[name] : undefined;
  if (earlier === undefined) setOwn(parent, name, child);
  else if (Array.isArray(earlier)) earlier.push(child);
  else setOwn(parent, name, [earlier, child]);
}

/** An element called `__proto__` is a member like any other. */
export function setOwn(tree: XmlTree, name: string, value: XmlNode): void {
  if (name !== '__proto__') tree[name] = value;
  else Object.defineProperty(tree, name, { value, enumerable: true, configurable: true, writable: true });
}
