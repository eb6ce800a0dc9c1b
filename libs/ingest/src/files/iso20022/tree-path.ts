import type { XmlNode, XmlTree } from '../../packs/xml-tree.js';

/** The element at a path of local names below a node; of repeated ones the first. Undefined when it is not there. */
export function nodeAt(node: XmlNode | undefined, ...path: readonly string[]): XmlNode | undefined {
  let at: XmlNode | undefined = Array.isArray(node) ? node[0] : node;
  for (const name of path) {
    if (at === undefined || typeof at === 'string' || Array.isArray(at)) return undefined;
    const next: XmlNode | undefined = Object.hasOwn(at, name) ? at[name] : undefined;
    at = Array.isArray(next) ? next[0] : next;
  }
  return at;
}

/** All elements at a path whose last name may be repeated. */
export function nodesAt(node: XmlNode | undefined, ...path: readonly string[]): XmlNode[] {
  const parent = nodeAt(node, ...path.slice(0, -1));
  const name = path.at(-1);
  if (name === undefined || !isTree(parent) || !Object.hasOwn(parent, name)) return [];
  const found = parent[name];
  return Array.isArray(found) ? found : found === undefined ? [] : [found];
}

/** The text of the element at a path, without its attributes; undefined when it is absent or blank. */
export function textAt(node: XmlNode | undefined, ...path: readonly string[]): string | undefined {
  const found = nodeAt(node, ...path);
  const text = typeof found === 'string' ? found : isTree(found) ? found['#'] : undefined;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}

/** An attribute of the element at a path. */
export function attributeAt(node: XmlNode | undefined, name: string, ...path: readonly string[]): string | undefined {
  const found = nodeAt(node, ...path);
  const value = isTree(found) ? found[`@${name}`] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** True for an element that says yes: XML writes it as "true" or "1". */
export function isYes(node: XmlNode | undefined, ...path: readonly string[]): boolean {
  const text = textAt(node, ...path);
  return text === 'true' || text === '1';
}

/** True for an element with children or attributes. */
export function isTree(node: XmlNode | undefined): node is XmlTree {
  return typeof node === 'object' && !Array.isArray(node);
}
