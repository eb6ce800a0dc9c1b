import { Args, ID, Int, Query, Resolver } from '@nestjs/graphql';
import { HUB_TYPES } from '@throughline/canonical';
import { CodedError } from '../../graphql/coded-error.js';
import { readPage, toConnection, type Connection } from '../../graphql/connection.js';
import { requireUuid } from '../../graphql/identifier.js';
import { toMoney } from '../../graphql/money.type.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { millisecondsBetween } from './domain/trace-view.js';
import {
  LineageDirection,
  LineageNeighbourConnection,
  LineageNeighboursArgs,
  LineageType,
  type LineageNeighbourFields,
  type LineageNodeType,
} from './graphql/lineage.types.js';
import { TraceType } from './graphql/trace.types.js';
import { LineageReader } from './lineage-reader.js';
import {
  MAX_NODES,
  NEIGHBOURS,
  countNeighbours,
  listNeighbours,
  walkLineage,
  type NeighbourRow,
} from './lineage.repository.js';
import { TraceOutlines } from './trace-outlines.js';
import type { OutlinedTrace } from './trace-window.resolver.js';

const DEFAULT_DEPTH = 12;
const MAX_DEPTH = 20;
const TRACE_ID = /^[0-9a-f]{32}$/;

function nodeLimit(maxNodes: number | null): number {
  const limit = maxNodes ?? MAX_NODES;
  if (limit < 1 || limit > MAX_NODES) {
    throw new CodedError('INVALID_INPUT', `maxNodes must be a whole number from 1 to ${MAX_NODES}`);
  }
  return limit;
}

function toNeighbour({ id, type, key, legalEntity, isPlaceholder, amount, currency }: NeighbourRow): LineageNodeType {
  const isHub = HUB_TYPES.has(type);
  const money = toMoney(amount, currency);
  return {
    id,
    type,
    key,
    legalEntity,
    isPlaceholder,
    isHub,
    depth: 1,
    amount: money,
    furtherCount: null,
    furtherAfter: null,
  };
}

/** What lies upstream or downstream of an object, and the trace of a run. */
@Resolver(() => LineageType)
@RequirePermission('transaction.read')
export class LineageResolver {
  constructor(
    private readonly reader: LineageReader,
    private readonly outlines: TraceOutlines,
  ) {}

  @Query(() => LineageType, {
    description:
      'Flow links in one direction. Upstream of a hub is shown only when the walk starts at it, and then its latest objects; ' +
      'the others are counted, and paged by lineageNeighbours',
  })
  async lineage(
    @Args('objectId', { type: () => ID }) objectId: string,
    @Args('direction', { type: () => LineageDirection }) direction: LineageDirection,
    @Args('depth', { type: () => Int, nullable: true, defaultValue: DEFAULT_DEPTH }) depth: number | null,
    @Args('maxNodes', { type: () => Int, nullable: true, defaultValue: MAX_NODES }) maxNodes: number | null,
    @CurrentOperation() operation: Operation,
  ): Promise<LineageType> {
    const levels = depth ?? DEFAULT_DEPTH;
    if (levels < 0 || levels > MAX_DEPTH) {
      throw new CodedError('INVALID_INPUT', `depth must be a whole number from 0 to ${MAX_DEPTH}`);
    }
    const start = await this.reader.businessObject(operation, requireUuid(objectId, 'objectId'));
    if (start === null) {
      throw new CodedError('NOT_FOUND', 'There is no such object');
    }
    const limits = { depth: levels, maxNodes: nodeLimit(maxNodes) };
    const { nodes, edges, isTruncated } = await walkLineage(await operation.read(), [start], direction, limits);
    return {
      nodes: nodes.map(({ amount, currency, ...node }) => ({ ...node, amount: toMoney(amount, currency) })),
      edges: edges.map(({ amount, currency, ...edge }) => ({ ...edge, amount: toMoney(amount, currency) })),
      isTruncated,
    };
  }

  @Query(() => LineageNeighbourConnection, {
    description: 'What lies one flow link upstream or downstream of an object, the latest first',
  })
  async lineageNeighbours(
    @Args() args: LineageNeighboursArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<LineageNodeType, LineageNeighbourFields>> {
    const page = readPage(args, NEIGHBOURS.name, NEIGHBOURS.parts);
    const start = await this.reader.businessObject(operation, requireUuid(args.objectId, 'objectId'));
    if (start === null) {
      throw new CodedError('NOT_FOUND', 'There is no such object');
    }
    const tx = await operation.read();
    return toConnection({
      list: NEIGHBOURS.name,
      page,
      rows: await listNeighbours(tx, start.id, args.direction, page),
      cursorOf: ({ at, id, qualifier }) => [at, id, qualifier],
      nodeOf: toNeighbour,
      edgeOf: ({ qualifier, linkAmount, linkCurrency }) => ({ qualifier, amount: toMoney(linkAmount, linkCurrency) }),
      count: () => countNeighbours(tx, start.id, args.direction),
    });
  }

  @Query(() => TraceType, { nullable: true, description: 'The spans of one run; null when none is stored' })
  async trace(
    @Args('traceId', { type: () => String }) traceId: string,
    @CurrentOperation() operation: Operation,
  ): Promise<OutlinedTrace | null> {
    const id = traceId.toLowerCase();
    if (!TRACE_ID.test(id)) {
      throw new CodedError('INVALID_INPUT', 'traceId must be 32 hexadecimal digits');
    }
    const outline = await this.outlines.of(await operation.read(), id);
    if (outline === null) return null;
    const { start, end } = outline;
    const startedAt = new Date(Number(start / 1_000_000n));
    return { traceId: id, startedAt, durationMs: millisecondsBetween(start, end), outline };
  }
}
