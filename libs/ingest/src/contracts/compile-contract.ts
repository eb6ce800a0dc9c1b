import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { InvalidPattern, LinearPattern } from './linear-pattern.js';

/** A JSON Schema as it is registered: an object or true/false. */
export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/** A schema that cannot be a contract, with every reason and its place. */
export class ContractError extends Error {
  override readonly name = 'ContractError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('; '));
  }
}

/** Where a payload departs from its contract: a JSON pointer and why, without any value of the payload. */
export type ContractIssue = { place: string; reason: string };

/** A contract ready to be held against payloads. */
export type CompiledContract = {
  /** The first places, `most` at most (5). */
  validate(value: unknown, size: number, most?: number): ContractIssue[];
};

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';
const LONGEST_SCHEMA = 256 * 1024;
const DEEPEST_SCHEMA = 60;
const MOST_NODES = 10_000;
const DEEPEST_PAYLOAD = 200;
const MOST_PROBLEMS = 20;
const MOST_ISSUES = 5;
/** Of a larger payload the first departure is told, not all of them: a million errors are objects in memory. */
const SMALL_PAYLOAD = 64 * 1024;
const MOST_UNIQUE = 1_000;
/** Without `regex`, which would compile what a payload says. */
const FORMATS = ['email', 'hostname', 'ipv4', 'ipv6', 'uri', 'uri-reference', 'uuid', 'int32', 'int64'] as const;
const CALENDAR_FORMATS = ['date', 'time', 'date-time', 'duration'] as const;

/**
 * Compiles a JSON Schema (2020-12) to a contract. Bounded: no reference to another document, no more than 256 KiB, 60
 * levels and 10 000 nodes, unique items only in bounded lists, patterns without backtracking. Throws ContractError.
 */
export function compileContract(schema: JsonSchema): CompiledContract {
  const problems = schemaProblems(schema);
  if (problems.length > 0) throw new ContractError(problems);
  const first = compiled(schema, false);
  let all: ValidateFunction | undefined;
  return {
    validate: (value, size, most = MOST_ISSUES) => {
      if (isDeeperThan(value, DEEPEST_PAYLOAD)) {
        return [{ place: '', reason: `is nested deeper than ${DEEPEST_PAYLOAD} levels` }];
      }
      try {
        if (first(value)) return [];
        if (size > SMALL_PAYLOAD) return issuesOf(first.errors, most);
        all ??= compiled(schema, true);
        all(value);
        return issuesOf(all.errors ?? first.errors, most);
      } catch (error) {
        // A schema may refer to itself without end.
        if (error instanceof RangeError)
          return [{ place: '', reason: 'cannot be checked: its schema refers to itself' }];
        throw error;
      }
    },
  };
}

/** One compiler for the first departure, one for all: each has compiled the schema of schemas once. */
const compilers = new Map<boolean, Ajv2020>();

function compilerOf(allErrors: boolean): Ajv2020 {
  const known = compilers.get(allErrors);
  if (known !== undefined) return known;
  const regExp = Object.assign((pattern: string) => new LinearPattern(pattern), { code: 'LinearPattern' });
  const ajv = new Ajv2020({
    allErrors,
    strict: false,
    logger: false,
    ownProperties: true,
    // 19.99 is a multiple of 0.01, whatever binary fractions say.
    multipleOfPrecision: 8,
    code: { regExp },
  });
  // In full where a date must be one of the calendar; the others by short patterns.
  addFormats.default(ajv, { mode: 'full', formats: [...CALENDAR_FORMATS] });
  addFormats.default(ajv, { mode: 'fast', formats: [...FORMATS] });
  compilers.set(allErrors, ajv);
  return ajv;
}

function compiled(schema: JsonSchema, allErrors: boolean): ValidateFunction {
  const ajv = compilerOf(allErrors);
  try {
    return ajv.compile(schema);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'is no JSON Schema';
    throw new ContractError([reason.slice(0, 1_000)]);
  } finally {
    // Kept by whoever asked: versions of many tenants may have one id.
    if (typeof schema === 'object') ajv.removeSchema(schema);
  }
}

/** Why a schema cannot be a contract; empty when it can be compiled. */
function schemaProblems(schema: JsonSchema): string[] {
  if (typeof schema === 'boolean') return [];
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema))
    return ['a schema is a JSON object, true or false'];
  if (isDeeperThan(schema, DEEPEST_SCHEMA)) return [`the schema is nested deeper than ${DEEPEST_SCHEMA} levels`];
  if (JSON.stringify(schema).length > LONGEST_SCHEMA) return [`the schema is larger than ${LONGEST_SCHEMA} characters`];
  const dialect = schema.$schema;
  if (dialect !== undefined && dialect !== DIALECT && dialect !== `${DIALECT}#`) {
    return [`/$schema: only JSON Schema 2020-12 (${DIALECT}) is taken`];
  }
  const problems: string[] = [];
  const waiting: { value: unknown; place: string }[] = [{ value: schema, place: '' }];
  let nodes = 0;
  while (waiting.length > 0 && problems.length < MOST_PROBLEMS) {
    const { value, place } = waiting.pop()!;
    if (typeof value !== 'object' || value === null) continue;
    if ((nodes += 1) > MOST_NODES) return [`the schema has more than ${MOST_NODES} parts`];
    problems.push(...nodeProblems(value, place));
    for (const [name, member] of Object.entries(value)) {
      // What stands there is example, not schema.
      if (name !== 'enum' && name !== 'const' && name !== 'default' && name !== 'examples') {
        waiting.push({ value: member, place: `${place}/${escapedName(name)}` });
      }
    }
  }
  return problems;
}

function nodeProblems(node: object, place: string): string[] {
  const isNameOfProperty = /\/(?:properties|\$defs|definitions|patternProperties|dependentSchemas)$/.test(place);
  const problems: string[] = [];
  const tell = (name: string, reason: string): void => {
    problems.push(`${place}/${escapedName(name)}: ${reason}`);
  };
  for (const [name, value] of Object.entries(node)) {
    if (place.endsWith('/patternProperties')) {
      const reason = patternProblem(name);
      if (reason !== undefined) tell(name, `the pattern ${reason}`);
    }
    if (isNameOfProperty) continue;
    if ((name === '$ref' || name === '$dynamicRef') && !(typeof value === 'string' && value.startsWith('#'))) {
      tell(name, 'refers to another document; put what it needs under $defs');
    }
    if (name === '$async') tell(name, 'is not taken');
    if (name === '$id' && place !== '') tell(name, 'only the schema as a whole may have an id');
    if (name === 'pattern') {
      const reason = typeof value === 'string' ? patternProblem(value) : 'must be text';
      if (reason !== undefined) tell(name, `the pattern ${reason}`);
    }
    if (name === 'uniqueItems' && value === true) {
      const most = 'maxItems' in node ? node.maxItems : undefined;
      if (typeof most !== 'number' || most > MOST_UNIQUE)
        tell(name, `needs maxItems of at most ${MOST_UNIQUE} beside it`);
    }
  }
  return problems;
}

function patternProblem(pattern: string): string | undefined {
  try {
    new LinearPattern(pattern);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidPattern) return error.message;
    throw error;
  }
}

function issuesOf(errors: readonly ErrorObject[] | null | undefined, most: number): ContractIssue[] {
  const issues = new Map<string, ContractIssue>();
  for (const error of errors ?? []) {
    const issue = issueOf(error);
    const key = `${issue.place} ${issue.reason}`;
    if (!issues.has(key)) issues.set(key, issue);
    if (issues.size >= most) break;
  }
  return [...issues.values()];
}

function issueOf({ instancePath, keyword, params, message }: ErrorObject): ContractIssue {
  const named: Readonly<Record<string, unknown>> = params;
  if (keyword === 'required') {
    return { place: `${instancePath}/${escapedName(String(named.missingProperty))}`, reason: 'is missing' };
  }
  if (keyword === 'additionalProperties' || keyword === 'unevaluatedProperties') {
    const name = String(named.additionalProperty ?? named.unevaluatedProperty).slice(0, 100);
    return { place: `${instancePath}/${escapedName(name)}`, reason: 'is not allowed' };
  }
  if (keyword === 'enum') return { place: instancePath, reason: `must be one of ${listed(named.allowedValues)}` };
  if (keyword === 'const') return { place: instancePath, reason: `must be ${listed([named.allowedValue])}` };
  return { place: instancePath, reason: (message ?? 'departs from the schema').slice(0, 300) };
}

function listed(values: unknown): string {
  const text = (Array.isArray(values) ? values : [values]).map((value) => JSON.stringify(value)).join(', ');
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function escapedName(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function isDeeperThan(root: unknown, most: number): boolean {
  const waiting: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }];
  while (waiting.length > 0) {
    const { value, depth } = waiting.pop()!;
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= most) return true;
    for (const member of Object.values(value)) waiting.push({ value: member, depth: depth + 1 });
  }
  return false;
}
