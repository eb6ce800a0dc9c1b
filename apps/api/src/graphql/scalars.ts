import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';

type Maybe<T> = T | null | undefined;

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/;
const LOCAL_DATE = /^\d{4}-\d{2}-\d{2}$/;

function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'INVALID_INPUT' } });
}

function parseInstant(value: unknown): Date {
  const parsed = typeof value === 'string' && INSTANT.test(value) ? new Date(value) : undefined;
  if (parsed === undefined || Number.isNaN(parsed.getTime())) {
    throw badInput('DateTime must be an ISO 8601 instant in UTC, e.g. 2026-09-30T15:00:00.000Z');
  }
  return parsed;
}

function parseLocalDate(value: unknown): string {
  // the round trip refuses days that do not exist, such as 2026-02-30
  const isDate =
    typeof value === 'string' &&
    LOCAL_DATE.test(value) &&
    !Number.isNaN(Date.parse(value)) &&
    new Date(value).toISOString().startsWith(value);
  if (!isDate) {
    throw badInput('LocalDate must be a calendar date, e.g. 2026-09-30');
  }
  return value;
}

function literalText(node: ValueNode): unknown {
  return node.kind === Kind.STRING ? node.value : undefined;
}

/** Instant in UTC. In: Date. Out: text with milliseconds; accepts Date or the text that PostgreSQL rows carry. */
export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'ISO 8601 instant in UTC, e.g. 2026-09-30T15:00:00.000Z',
  serialize(value) {
    const instant = value instanceof Date ? value : new Date(String(value));
    if (Number.isNaN(instant.getTime())) {
      throw new TypeError('DateTime cannot represent a value that is no instant');
    }
    return instant.toISOString();
  },
  parseValue: parseInstant,
  parseLiteral: (node) => parseInstant(literalText(node)),
});

/** Calendar date without a time or zone, as text. */
export const LocalDateScalar = new GraphQLScalarType<string, string>({
  name: 'LocalDate',
  description: 'Calendar date, e.g. 2026-09-30',
  serialize: parseLocalDate,
  parseValue: parseLocalDate,
  parseLiteral: (node) => parseLocalDate(literalText(node)),
});

/** Levels of a JSON argument: recursion over it stays bounded. */
const DEEPEST_JSON = 100;

function checkedJson(value: unknown, depth = 0): unknown {
  if (depth > DEEPEST_JSON) throw badInput(`JSON must not be nested deeper than ${DEEPEST_JSON} levels`);
  if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) checkedJson(member, depth + 1);
  }
  return value;
}

function jsonOfLiteral(node: ValueNode, variables: Maybe<Record<string, unknown>>, depth = 0): unknown {
  if (depth > DEEPEST_JSON) throw badInput(`JSON must not be nested deeper than ${DEEPEST_JSON} levels`);
  switch (node.kind) {
    case Kind.OBJECT:
      return Object.fromEntries(
        node.fields.map((field) => [field.name.value, jsonOfLiteral(field.value, variables, depth + 1)]),
      );
    case Kind.LIST:
      return node.values.map((item) => jsonOfLiteral(item, variables, depth + 1));
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.STRING:
    case Kind.BOOLEAN:
    case Kind.ENUM:
      return node.value;
    case Kind.NULL:
      return null;
    case Kind.VARIABLE:
      return checkedJson(variables?.[node.name.value]);
  }
}

/** Any JSON value. */
export const JsonScalar = new GraphQLScalarType<unknown, unknown>({
  name: 'JSON',
  description: 'Any JSON value',
  serialize: (value) => value,
  parseValue: (value) => checkedJson(value),
  parseLiteral: (node, variables) => jsonOfLiteral(node, variables),
});
