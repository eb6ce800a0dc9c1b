import type { Type } from '@nestjs/common';
import { ArgsType, Field, Int, ObjectType, type FieldMiddleware, type ReturnTypeFuncValue } from '@nestjs/graphql';
import type { Tx } from '@throughline/persistence';
import { CodedError } from './coded-error.js';
import { decodeCursor, encodeCursor, type CursorPart } from './cursor.js';

export { decodeCursor, encodeCursor, instantCursorSql, type CursorPart } from './cursor.js';

/** Longest page that a caller may ask for. */
export const MAX_PAGE = 200;

/** Counts are exact up to here, an estimate beyond. */
export const EXACT_COUNT_LIMIT = 10_000;

/** `first` and `after` of a list. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, defaultValue: 50 })
  first?: number | null;

  @Field(() => String, { nullable: true })
  after?: string | null;
}

/** Where a page starts and how long it is, checked. */
export type Page = { first: number; after: string[] | null };

/** Checks `first` and decodes `after` against the parts that this list's cursors have. */
export function readPage(args: PageArgs, list: string, parts: readonly CursorPart[], fallback = 50): Page {
  const first = args.first ?? fallback;
  if (!Number.isInteger(first) || first < 1 || first > MAX_PAGE) {
    throw new CodedError('INVALID_INPUT', `first must be a whole number from 1 to ${MAX_PAGE}`);
  }
  return { first, after: typeof args.after === 'string' ? decodeCursor(list, args.after, parts) : null };
}

@ObjectType('PageInfo')
export class PageInfoType {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => Boolean)
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true })
  startCursor!: string | null;

  @Field(() => String, { nullable: true })
  endCursor!: string | null;
}

/** How many rows match; `isEstimate` when there are more than were counted. */
export type RowCount = { count: number; isEstimate: boolean };

/** What a resolver returns for a connection. Counts are functions: they cost a query only when the caller asks. */
export type Connection<TNode, TEdge = unknown> = {
  edges: ({ cursor: string; node: TNode } & TEdge)[];
  pageInfo: PageInfoType;
  totalCount: () => Promise<number>;
  totalCountIsEstimate: () => Promise<boolean>;
};

/** Middleware of a field whose value is a function: calls it only when the caller asked for the field. */
const onDemand: FieldMiddleware = async (_context, next) => {
  const value: unknown = await next();
  return typeof value === 'function' ? (value as () => unknown)() : value;
};

@ObjectType({ isAbstract: true })
class PlainEdge {}

/**
 * The edge and connection object types of one node type; extend the result with `@ObjectType('XConnection')`. `EdgeFields` (an
 * abstract object type) are what an edge says of its node in this list alone.
 */
export function connectionOf<TNode, TEdge = unknown>(
  name: string,
  node: () => ReturnTypeFuncValue,
  EdgeFields: Type<TEdge> = PlainEdge as Type<TEdge>,
): Type<Connection<TNode, TEdge>> {
  @ObjectType(`${name}Edge`)
  class Edge extends (EdgeFields as Type<object>) {
    @Field(() => String)
    cursor!: string;

    @Field(node)
    node!: TNode;
  }

  @ObjectType({ isAbstract: true })
  class AbstractConnection {
    @Field(() => [Edge])
    edges!: (Edge & TEdge)[];

    @Field(() => PageInfoType)
    pageInfo!: PageInfoType;

    @Field(() => Int, { middleware: [onDemand] })
    totalCount!: () => Promise<number>;

    @Field(() => Boolean, { middleware: [onDemand] })
    totalCountIsEstimate!: () => Promise<boolean>;
  }
  return AbstractConnection;
}

/**
 * A page from rows fetched with `limit first + 1`: the row too many only tells that there is a next page.
 * `cursorOf` gives the key values of a row exactly as text (instants through instantCursorSql: a Date loses microseconds).
 */
export function toConnection<TRow, TNode, TEdge = unknown>(input: {
  list: string;
  page: Page;
  rows: readonly TRow[];
  cursorOf: (row: TRow) => readonly string[];
  nodeOf: (row: TRow) => TNode;
  edgeOf?: (row: TRow) => TEdge;
  count: () => Promise<RowCount>;
  /** Key values of where the search for rows stopped: fewer than a page were found by then, and there may be more. */
  stoppedAt?: readonly string[] | null;
}): Connection<TNode, TEdge> {
  const { list, page, rows } = input;
  const edges = rows.slice(0, page.first).map((row) => ({
    cursor: encodeCursor(list, input.cursorOf(row)),
    node: input.nodeOf(row),
    ...(input.edgeOf?.(row) as TEdge),
  }));
  const stoppedAt = rows.length <= page.first && input.stoppedAt ? encodeCursor(list, input.stoppedAt) : null;
  let counted: Promise<RowCount> | undefined;
  const count = () => (counted ??= input.count());
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > page.first || stoppedAt !== null,
      hasPreviousPage: page.after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: stoppedAt ?? edges.at(-1)?.cursor ?? null,
    },
    totalCount: async () => (await count()).count,
    totalCountIsEstimate: async () => (await count()).isEstimate,
  };
}

/** Counts the rows of `select 1 from …` (no limit, no order): exact to 10 000, the planner's estimate beyond. */
export async function countRows(tx: Tx, selectOne: string, params: readonly unknown[]): Promise<RowCount> {
  const [counted] = await tx.query<{ rows: number }>(
    `select count(*)::int as rows from (${selectOne} limit ${EXACT_COUNT_LIMIT + 1}) counted`,
    params,
  );
  const count = counted?.rows ?? 0;
  if (count <= EXACT_COUNT_LIMIT) {
    return { count, isEstimate: false };
  }
  const [plan] = await tx.query<{ 'QUERY PLAN': { Plan: { 'Plan Rows': number } }[] }>(
    `explain (format json) ${selectOne}`,
    params,
  );
  const estimate = plan?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? 0;
  return { count: Math.max(estimate, count), isEstimate: true };
}
