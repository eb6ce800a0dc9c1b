import { isDeepStrictEqual } from 'node:util';
import type { JsonSchema } from './compile-contract.js';
import { LinearPattern } from './linear-pattern.js';

type Members = Readonly<Record<string, unknown>>;

/** Something that the reader's schema refuses although the writer's allows it; `place` points into the schema. */
export type Narrowing = { place: string; reason: string };

const TYPES = ['null', 'boolean', 'object', 'array', 'number', 'integer', 'string'] as const;
/** Type that a bound speaks of, and whether a larger or a smaller value is the stricter one. */
const BOUNDS: readonly (readonly [keyword: string, type: string, stricter: 'larger' | 'smaller'])[] = [
  ['minimum', 'number', 'larger'],
  ['maximum', 'number', 'smaller'],
  ['exclusiveMinimum', 'number', 'larger'],
  ['exclusiveMaximum', 'number', 'smaller'],
  ['minLength', 'string', 'larger'],
  ['maxLength', 'string', 'smaller'],
  ['minItems', 'array', 'larger'],
  ['maxItems', 'array', 'smaller'],
  ['minProperties', 'object', 'larger'],
  ['maxProperties', 'object', 'smaller'],
];
/** Compared by being the same, or gone from the reader's side. */
const WHOLE = [
  'pattern',
  'format',
  'not',
  'if',
  'then',
  'else',
  'contains',
  'minContains',
  'maxContains',
  'propertyNames',
  'patternProperties',
  'dependentRequired',
  'dependentSchemas',
  'unevaluatedProperties',
  'unevaluatedItems',
  'uniqueItems',
] as const;
const MOST_NARROWINGS = 50;
const DEEPEST_PARTS = 20;

/**
 * What a reader's schema refuses of the payloads that a writer's schema allows. Knows types, required and named members,
 * enumerations, bounds, lists, references within the document and combinations; anything else that differs is told as not
 * comparable rather than passed over. Members that the writer's schema does not name are taken as not sent.
 */
export function narrowingsOf(writer: JsonSchema, reader: JsonSchema): Narrowing[] {
  const comparison = new Comparison(writer, reader);
  comparison.compare(writer, reader, '');
  return comparison.found;
}

class Comparison {
  found: Narrowing[] = [];
  private readonly visited = new Map<unknown, Set<unknown>>();

  constructor(
    private readonly writerRoot: JsonSchema,
    private readonly readerRoot: JsonSchema,
  ) {}

  compare(writerSchema: unknown, readerSchema: unknown, place: string): void {
    const writer = resolved(writerSchema, this.writerRoot);
    const reader = resolved(readerSchema, this.readerRoot);
    if (reader === true || writer === false) return;
    if (reader === false) return this.tell(place, 'is no longer allowed');
    if (!isMembers(reader)) return;
    if (this.isVisited(writer, reader) || this.found.length >= MOST_NARROWINGS) return;
    const written: Members = isMembers(writer) ? merged(writer, this.writerRoot) : {};
    this.types(written, reader, place);
    this.values(written, reader, place);
    this.bounds(written, reader, place);
    this.members(written, reader, place);
    this.elements(written, reader, place);
    this.combinations(written, reader, place);
    for (const keyword of WHOLE) {
      if (keyword === 'uniqueItems' && reader[keyword] === false) continue;
      if (keyword in reader && !isDeepStrictEqual(reader[keyword], written[keyword])) {
        this.tell(`${place}/${keyword}`, `${keyword} is new or differs`);
      }
    }
  }

  private types(writer: Members, reader: Members, place: string): void {
    const taken = typesOf(reader);
    const lost = typesOf(writer).filter(
      (type) => !taken.includes(type) && !(type === 'integer' && taken.includes('number')),
    );
    if (lost.length > 0 && 'type' in reader) this.tell(`${place}/type`, `${lost.join(', ')} is no longer taken`);
  }

  private values(writer: Members, reader: Members, place: string): void {
    const taken = valuesOf(reader);
    if (taken === undefined) return;
    const keyword = 'enum' in reader ? 'enum' : 'const';
    const written = valuesOf(writer);
    if (written === undefined) return this.tell(`${place}/${keyword}`, 'only listed values are taken now');
    const lost = written.filter((value) => !taken.some((one) => isDeepStrictEqual(one, value)));
    if (lost.length > 0) {
      const shown = lost
        .slice(0, 5)
        .map((value) => JSON.stringify(value))
        .join(', ');
      this.tell(`${place}/${keyword}`, `${shown} is no longer taken`);
    }
  }

  private bounds(writer: Members, reader: Members, place: string): void {
    const types = typesOf(writer);
    for (const [keyword, type, stricter] of BOUNDS) {
      const asked = reader[keyword];
      if (typeof asked !== 'number' || !(types.includes(type) || (type === 'number' && types.includes('integer'))))
        continue;
      const given = writer[keyword];
      const isStricter = typeof given !== 'number' || (stricter === 'larger' ? asked > given : asked < given);
      if (isStricter && !(keyword.startsWith('min') && asked === 0 && type !== 'number')) {
        this.tell(
          `${place}/${keyword}`,
          `${keyword} ${asked} is stricter than ${typeof given === 'number' ? given : 'none'}`,
        );
      }
    }
    const step = reader.multipleOf;
    if (typeof step !== 'number') return;
    const quotient = typeof writer.multipleOf === 'number' ? writer.multipleOf / step : Number.NaN;
    if (!(Math.abs(quotient - Math.round(quotient)) < 1e-9)) {
      this.tell(`${place}/multipleOf`, `multipleOf ${step} is stricter than ${String(writer.multipleOf ?? 'none')}`);
    }
  }

  private members(writer: Members, reader: Members, place: string): void {
    if (!typesOf(writer).includes('object')) return;
    const required = namesOf(writer.required);
    for (const name of namesOf(reader.required)) {
      if (!required.includes(name)) this.tell(`${place}/required`, `${JSON.stringify(name)} is required now`);
    }
    const [written, read] = [membersOf(writer.properties), membersOf(reader.properties)];
    for (const [name, schema] of Object.entries(written)) {
      const at = `${place}/properties/${escapedName(name)}`;
      if (Object.hasOwn(read, name)) this.compare(schema, read[name], at);
      else if (!isNamedByPattern(reader, name)) this.compare(schema, reader.additionalProperties ?? true, at);
    }
    const [open, taken] = [writer.additionalProperties ?? true, reader.additionalProperties ?? true];
    if (isMembers(open)) {
      // Whoever says what further members are like sends them, also under a name that is given now.
      for (const [name, schema] of Object.entries(read)) {
        if (!Object.hasOwn(written, name)) this.compare(open, schema, `${place}/properties/${escapedName(name)}`);
      }
    }
    if (taken === false && open !== false) {
      this.tell(`${place}/additionalProperties`, 'members that are not named are no longer taken');
    } else if (isMembers(taken) && open !== false) {
      this.compare(open, taken, `${place}/additionalProperties`);
    }
  }

  private elements(writer: Members, reader: Members, place: string): void {
    if (!typesOf(writer).includes('array')) return;
    const [written, read] = [listOf(writer.prefixItems), listOf(reader.prefixItems)];
    for (let index = 0; index < Math.max(written.length, read.length); index += 1) {
      const at = `${place}/prefixItems/${index}`;
      this.compare(written[index] ?? writer.items ?? true, read[index] ?? reader.items ?? true, at);
    }
    if ('items' in reader) this.compare(writer.items ?? true, reader.items, `${place}/items`);
  }

  private combinations(writer: Members, reader: Members, place: string): void {
    for (const [index, part] of listOf(reader.allOf).entries()) this.compare(writer, part, `${place}/allOf/${index}`);
    for (const keyword of ['anyOf', 'oneOf'] as const) {
      const choices = listOf(reader[keyword]);
      if (choices.length === 0 || isDeepStrictEqual(writer[keyword], reader[keyword])) continue;
      const given = listOf(writer.anyOf ?? writer.oneOf);
      const { anyOf: _any, oneOf: _one, ...rest } = writer;
      for (const [index, choice] of (given.length === 0 ? [true] : given).entries()) {
        const whole = choice === true ? rest : { allOf: [rest, choice] };
        if (!choices.some((taken) => this.isTaken(whole, taken))) {
          this.tell(
            `${place}/${keyword}`,
            given.length === 0 ? 'none of the choices takes all of it' : `choice ${index} is no longer taken`,
          );
        }
      }
    }
  }

  private isTaken(writer: unknown, reader: unknown): boolean {
    const trial = new Comparison(this.writerRoot, this.readerRoot);
    trial.compare(writer, reader, '');
    return trial.found.length === 0;
  }

  private isVisited(writer: unknown, reader: unknown): boolean {
    const readers = this.visited.get(writer) ?? new Set();
    if (readers.has(reader)) return true;
    this.visited.set(writer, readers.add(reader));
    return false;
  }

  private tell(place: string, reason: string): void {
    if (this.found.length < MOST_NARROWINGS) this.found.push({ place, reason });
  }
}

/** Follows references within the document; a circle of nothing but references allows everything. */
function resolved(schema: unknown, root: JsonSchema): unknown {
  let current = schema;
  for (let hop = 0; hop < 50; hop += 1) {
    if (
      !isMembers(current) ||
      typeof current.$ref !== 'string' ||
      Object.keys(current).some(
        (key) => key !== '$ref' && !key.startsWith('$') && key !== 'description' && key !== 'title',
      )
    )
      return withReference(current, root);
    current = pointed(current.$ref, root);
  }
  return true;
}

/** A reference beside other keywords is one more condition. */
function withReference(schema: unknown, root: JsonSchema): unknown {
  if (!isMembers(schema) || typeof schema.$ref !== 'string') return schema;
  const { $ref, ...rest } = schema;
  return { ...rest, allOf: [...listOf(rest.allOf), pointed(String($ref), root)] };
}

function pointed(reference: string, root: JsonSchema): unknown {
  if (reference === '#') return root;
  const names = decodeURIComponent(reference.slice(1)).split('/').slice(1);
  return (
    names.reduce<unknown>((value, name) => {
      const key = name.replaceAll('~1', '/').replaceAll('~0', '~');
      return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Members)[key]
        : undefined;
    }, root) ?? true
  );
}

/** The writer's schema with the parts of its allOf in it: all of them hold. */
function merged(schema: Members, root: JsonSchema, depth = 0): Members {
  const result: Record<string, unknown> = { ...schema };
  // An allOf that refers to itself.
  if (depth > DEEPEST_PARTS) return result;
  for (const part of listOf(schema.allOf)) {
    const resolvedPart = resolved(part, root);
    if (!isMembers(resolvedPart)) continue;
    for (const [keyword, value] of Object.entries(merged(resolvedPart, root, depth + 1))) {
      const own = result[keyword];
      if (own === undefined) result[keyword] = value;
      else if (keyword === 'required') result[keyword] = [...new Set([...namesOf(own), ...namesOf(value)])];
      else if (keyword === 'properties') result[keyword] = bothMembers(membersOf(own), membersOf(value));
      else if (keyword === 'type')
        result[keyword] = typesOf({ type: own }).filter((type) => typesOf({ type: value }).includes(type));
      else if (keyword === 'additionalProperties' && value === false) result[keyword] = false;
      else if (typeof own === 'number' && typeof value === 'number') {
        const isLower = /^(?:max|exclusiveMax)/.test(keyword);
        result[keyword] = isLower ? Math.min(own, value) : Math.max(own, value);
      }
    }
  }
  return result;
}

function bothMembers(left: Members, right: Members): Members {
  const both: Record<string, unknown> = { ...left };
  for (const [name, schema] of Object.entries(right)) {
    both[name] = Object.hasOwn(left, name) ? { allOf: [left[name], schema] } : schema;
  }
  return both;
}

function typesOf(schema: Members): readonly string[] {
  const { type } = schema;
  const named = typeof type === 'string' ? [type] : Array.isArray(type) ? type.map(String) : undefined;
  const values = valuesOf(schema);
  if (named === undefined) return values === undefined ? TYPES : [...new Set(values.map(typeOfValue))];
  return named.includes('number') ? [...named, 'integer'] : named;
}

function typeOfValue(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value;
}

function valuesOf(schema: Members): readonly unknown[] | undefined {
  if (Array.isArray(schema.enum)) return schema.enum as readonly unknown[];
  return 'const' in schema ? [schema.const] : undefined;
}

function isNamedByPattern(schema: Members, name: string): boolean {
  return Object.keys(membersOf(schema.patternProperties)).some((pattern) => new LinearPattern(pattern).test(name));
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function membersOf(value: unknown): Members {
  return isMembers(value) ? value : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function namesOf(value: unknown): string[] {
  return listOf(value).filter((name) => typeof name === 'string');
}

function escapedName(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
