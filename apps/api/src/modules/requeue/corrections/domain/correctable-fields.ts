import { matchesPointer, readPointer, writePointer, type PointerPath } from '@throughline/canonical';
import { isGrowing, lockOf, type CorrectionGround, type Lock } from './field-locks.js';
import { JsonNumber, isList, isObject, isScalar, valueAt, writeJson, type JsonTree } from './json-tree.js';
import { payloadKind, sourceFirstRole } from './payload-kind.js';

export type FieldKind = 'text' | 'number' | 'boolean' | 'choice' | 'date';

/** A place of a payload that a form offers, or shows as locked. */
export type CorrectableField = {
  pointer: string;
  label: string;
  description: string | null;
  kind: FieldKind;
  /** JSON texts to choose from. */
  choices: string[];
  isRequired: boolean;
  /** What stands there as JSON text; null = nothing. */
  valueJson: string | null;
  isMasked: boolean;
  lock: Lock | null;
  needsConfirmation: boolean;
};

type SchemaNode = Readonly<Record<string, unknown>>;

const MOST_FIELDS = 5_000;
const MOST_LISTS = 200;
const MOST_CHOICES = 200;
/** How often a schema may lead on to another part of itself. */
const MOST_TURNS = 50;

/** The declared places as they are in a payload, those of one element of a list side by side; at most so many. */
export function correctableFields(
  ground: CorrectionGround,
  schema: unknown,
): { fields: CorrectableField[]; isTruncated: boolean } {
  const distinct = placesByPointer(ground.base, ground.declared.map(readPattern).filter(isOfFields));
  const fields = [...distinct].slice(0, MOST_FIELDS).map(([pointer, path]) => fieldAt(ground, schema, pointer, path));
  return { fields, isTruncated: distinct.size > MOST_FIELDS };
}

/** A list to which elements may be added, and from which they may be taken away. */
export type CorrectableList = {
  pointer: string;
  label: string;
  length: number;
  /** Of the first element behind the end; none = nothing may be written in one. */
  newFields: CorrectableField[];
};

/** The lists that are declared as such, at most so many. */
export function correctableLists(ground: CorrectionGround, schema: unknown): CorrectableList[] {
  const patterns = ground.declared.map(readPattern);
  const holders = patterns.filter((pattern) => !isOfFields(pattern)).map((pattern) => pattern.slice(0, -1));
  const paths = holders.flatMap((holder) => expanded(ground.base, holder, [], isList));
  const lists = new Map(paths.filter((path) => isGrowing(ground, path)).map((path) => [writePointer(path), path]));
  return [...lists].slice(0, MOST_LISTS).map(([pointer, path]) => {
    const list = valueAt(ground.base, path);
    const length = isList(list) ? list.length : 0;
    const element = [...path, String(length)];
    const within = patterns
      .filter((pattern) => isOfFields(pattern) && matchesPointer(pattern.slice(0, element.length), element))
      .flatMap((pattern) => expanded(undefined, pattern.slice(element.length), element, isField));
    const newFields = within.map((place) => fieldAt(ground, schema, writePointer(place), place));
    return { pointer, label: labelOf(path), length, newFields };
  });
}

function readPattern(pattern: string): PointerPath {
  return readPointer(pattern) ?? [];
}

/** Not of elements of a list as such. */
function isOfFields(pattern: PointerPath): boolean {
  return pattern.at(-1) !== '-';
}

/** Of patterns that go into one list all places in its first element come before those in the second. */
function placesByPointer(base: JsonTree, patterns: readonly PointerPath[]): Map<string, PointerPath> {
  const listOf = (pattern: PointerPath) => pattern.slice(0, pattern.indexOf('*'));
  const isIn = (list: PointerPath, pattern: PointerPath) =>
    pattern.includes('*') && writePointer(listOf(pattern)) === writePointer(list);
  const paths = patterns.flatMap((pattern, index) => {
    if (!pattern.includes('*')) return expanded(base, pattern, [], isField);
    const list = listOf(pattern);
    const beside = patterns.filter((other) => isIn(list, other));
    const elements = valueAt(base, list);
    if (beside[0] !== patterns[index] || !isList(elements)) return [];
    return elements.flatMap((_element, position) =>
      beside.flatMap((other) =>
        expanded(base, [...list, String(position), ...other.slice(list.length + 1)], [], isField),
      ),
    );
  });
  return new Map(paths.map((path) => [writePointer(path), path]));
}

function isField(tree: JsonTree | undefined): boolean {
  return tree === undefined || isScalar(tree);
}

/** The places that a pattern names and that hold what is looked for. A member may not be there yet; a position must. */
function expanded(
  tree: JsonTree | undefined,
  rest: PointerPath,
  path: PointerPath,
  isWanted: (tree: JsonTree | undefined) => boolean,
): PointerPath[] {
  const [part, ...further] = rest;
  if (part === undefined) return isWanted(tree) ? [path] : [];
  if (isList(tree)) {
    const positions = part === '*' ? tree.map((_element, index) => String(index)) : [part];
    return positions.flatMap((position) => {
      const element = valueAt(tree, [position]);
      return element === undefined ? [] : expanded(element, further, [...path, position], isWanted);
    });
  }
  if (part === '*' || !(tree === undefined || isObject(tree))) return [];
  return expanded(tree?.get(part), further, [...path, part], isWanted);
}

function fieldAt(ground: CorrectionGround, schema: unknown, pointer: string, path: PointerPath): CorrectableField {
  const { base, facts } = ground;
  const value = valueAt(base, path);
  const holder = schemaAt(schema, path.slice(0, -1));
  const node = schemaAt(schema, path);
  const choices = choicesOf(node);
  const isMasked = ground.isMasked(pointer);
  const isPosting = payloadKind(facts.objectType, base) === 'posting';
  return {
    pointer,
    label: text(node?.title) ?? labelOf(path),
    description: text(node?.description),
    kind: choices.length > 0 ? 'choice' : kindOf(node, value),
    choices,
    isRequired: Array.isArray(holder?.required) && holder.required.includes(path.at(-1)),
    valueJson: value === undefined || isMasked ? null : writeJson(value),
    isMasked,
    lock: lockOf(ground, path) ?? null,
    needsConfirmation: isPosting && sourceFirstRole(path) !== undefined,
  };
}

/** "Lines 2 · cost centre" for /lines/1/costCentre: positions are counted from 1, as people do. */
function labelOf(path: PointerPath): string {
  const words = path.map((part) => (/^\d+$/.test(part) ? String(Number(part) + 1) : spaced(part)));
  const label = words.reduce((all, word, index) => {
    const isPosition = /^\d+$/.test(path[index] ?? '');
    return all === '' ? word : `${all}${isPosition ? ' ' : ' · '}${word}`;
  }, '');
  return label.charAt(0).toUpperCase() + label.slice(1);
}

function spaced(name: string): string {
  const apart = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/[_-]+/g, ' ');
  // a name in capitals is an abbreviation or a technical name
  return /[a-z]/.test(apart) ? apart.toLowerCase() : apart;
}

function kindOf(node: SchemaNode | undefined, value: JsonTree | undefined): FieldKind {
  const types = typesOf(node);
  if (types.includes('boolean') || (types.length === 0 && typeof value === 'boolean')) return 'boolean';
  const isNumber = types.includes('number') || types.includes('integer');
  // where both are allowed a number stays one
  if (isNumber && value instanceof JsonNumber) return 'number';
  if (types.includes('string')) return node?.format === 'date' ? 'date' : 'text';
  if (isNumber) return 'number';
  return value instanceof JsonNumber ? 'number' : 'text';
}

function typesOf(node: SchemaNode | undefined): string[] {
  const { type } = node ?? {};
  return (Array.isArray(type) ? type : [type]).filter((one): one is string => typeof one === 'string');
}

function choicesOf(node: SchemaNode | undefined): string[] {
  const listed: unknown = node?.enum ?? (node !== undefined && 'const' in node ? [node.const] : []);
  const scalars = Array.isArray(listed) ? listed.filter((one) => typeof one !== 'object' || one === null) : [];
  return scalars.slice(0, MOST_CHOICES).map((one) => JSON.stringify(one));
}

/** The part of a schema that speaks of a place, as far as it can be told without a value. */
export function schemaAt(schema: unknown, path: PointerPath): SchemaNode | undefined {
  let node = resolved(schema, schema, MOST_TURNS);
  for (const part of path) node = node && stepInto(schema, node, part, MOST_TURNS);
  return node;
}

function stepInto(root: unknown, node: SchemaNode, part: string, turns: number): SchemaNode | undefined {
  if (turns === 0) return undefined;
  const properties = record(node.properties);
  if (properties !== undefined && Object.hasOwn(properties, part)) return resolved(root, properties[part], turns);
  if (/^\d+$/.test(part)) {
    const first: unknown = Array.isArray(node.prefixItems) ? node.prefixItems[Number(part)] : undefined;
    const element = resolved(root, first ?? node.items, turns);
    if (element !== undefined) return element;
  }
  for (const all of [node.allOf, node.anyOf, node.oneOf]) {
    for (const one of Array.isArray(all) ? (all as unknown[]) : []) {
      const branch = resolved(root, one, turns - 1);
      const found = branch && stepInto(root, branch, part, turns - 1);
      if (found !== undefined) return found;
    }
  }
  return resolved(root, record(node.additionalProperties), turns);
}

/** Follows references within the document; what stands beside one counts as well. */
function resolved(root: unknown, node: unknown, turns: number): SchemaNode | undefined {
  const one = record(node);
  const { $ref: reference } = one ?? {};
  if (one === undefined || typeof reference !== 'string') return one;
  if (turns === 0 || !reference.startsWith('#')) return undefined;
  let target: unknown = root;
  for (const part of readPointer(decodeURIComponent(reference.slice(1))) ?? []) target = member(target, part);
  return { ...resolved(root, target, turns - 1), ...one };
}

function member(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value[Number(name)];
  const found = record(value);
  return found !== undefined && Object.hasOwn(found, name) ? found[name] : undefined;
}

function record(value: unknown): SchemaNode | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, 500) : null;
}
