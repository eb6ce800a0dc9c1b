import { Args, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CodedError } from '../../graphql/coded-error.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { readSpan, type StoredOutline } from '../signals/index.js';
import type { TraceOutline } from './domain/trace-outline.js';
import { traceCriticalPathView, traceRow } from './domain/trace-rows.js';
import { MAX_SPANS, spanView } from './domain/trace-view.js';
import { type WaterfallNode, type WindowSelection, windowOf } from './domain/waterfall-tree.js';
import {
  MOST_ROWS,
  TraceCriticalPathType,
  TraceRowType,
  TraceWindowArgs,
  TraceWindowType,
} from './graphql/trace-window.types.js';
import { SpanType, TraceType } from './graphql/trace.types.js';
import { findSpans } from './trace.repository.js';

/** A trace with what its fields are made of. */
export type OutlinedTrace = TraceType & { outline: TraceOutline<StoredOutline> };

const NANOS = /^\d{1,20}$/;

/** The spans of a trace: the first of them, a window of the waterfall, one of them, and what they waited for. */
@Resolver(() => TraceType)
@RequirePermission('transaction.read')
export class TraceWindowResolver {
  @ResolveField(() => [SpanType], { description: 'In order of start; of a large trace see `window`' })
  async spans(
    @Parent() { traceId, outline }: OutlinedTrace,
    @CurrentOperation() operation: Operation,
  ): Promise<SpanType[]> {
    const mayUnmask = operation.viewer.permissions.has('payload.unmask');
    const spans = await findSpans(await operation.read(), traceId);
    return spans.slice(0, MAX_SPANS).map((span) => spanView(span, outline.start, mayUnmask));
  }

  @ResolveField(() => Boolean, { description: 'Only the first 5000 spans are shown' })
  isTruncated(@Parent() { outline }: OutlinedTrace): boolean {
    return outline.nodes.length > MAX_SPANS;
  }

  @ResolveField(() => Int, { description: 'All spans of the waterfall' })
  spanCount(@Parent() { outline }: OutlinedTrace): number {
    return outline.nodes.length;
  }

  @ResolveField(() => Int)
  errorCount(@Parent() { outline }: OutlinedTrace): number {
    return outline.errors;
  }

  @ResolveField(() => Boolean, { description: 'There are more spans than waterfall and critical path look at' })
  isPartial(@Parent() { outline }: OutlinedTrace): boolean {
    return outline.isCut;
  }

  @ResolveField(() => TraceRowType, { description: 'Where the critical path begins' })
  root(@Parent() { outline }: OutlinedTrace): TraceRowType {
    return traceRow(outline, nodeOf(outline, outline.path.rootSpanId));
  }

  @ResolveField(() => TraceRowType, {
    nullable: true,
    description: 'The failed span that started first of those with none below',
  })
  firstCause(@Parent() { outline }: OutlinedTrace): TraceRowType | null {
    return outline.firstCause && traceRow(outline, nodeOf(outline, outline.firstCause.spanId));
  }

  @ResolveField(() => TraceCriticalPathType)
  criticalPath(@Parent() { outline }: OutlinedTrace): TraceCriticalPathType {
    return traceCriticalPathView(outline);
  }

  @ResolveField(() => TraceWindowType, { description: 'Rows of the waterfall, in its order' })
  window(@Parent() { outline }: OutlinedTrace, @Args() args: TraceWindowArgs): TraceWindowType {
    const selection = readWindow(args);
    const { rows, rowCount } = windowOf(outline.nodes, selection);
    return { rows: rows.map((node) => traceRow(outline, node)), rowCount, skip: selection.skip };
  }

  @ResolveField(() => SpanType, { nullable: true, description: 'One span with all that it says' })
  async span(
    @Parent() { outline }: OutlinedTrace,
    @Args('spanId', { type: () => String }) spanId: string,
    @CurrentOperation() operation: Operation,
  ): Promise<SpanType | null> {
    const found = outline.nodes.find(({ span }) => span.spanId === spanId.toLowerCase());
    const whole = found && (await readSpan(await operation.read(), found.span));
    if (!whole) return null;
    const span = { ...whole, statusMessage: whole.statusMessage === '' ? null : whole.statusMessage };
    return spanView(span, outline.start, operation.viewer.permissions.has('payload.unmask'));
  }
}

function nodeOf({ nodes }: TraceOutline<StoredOutline>, spanId: string): WaterfallNode<StoredOutline> {
  const found = nodes.find(({ span }) => span.spanId === spanId);
  if (found === undefined) throw new Error('the outline lacks one of its own spans');
  return found;
}

function readWindow({ fromUnixNano, untilUnixNano, collapsed, skip, first }: TraceWindowArgs): WindowSelection {
  return {
    from: readNanos(fromUnixNano, 'fromUnixNano'),
    until: readNanos(untilUnixNano, 'untilUnixNano'),
    collapsed: new Set(collapsed),
    skip: readWhole(skip ?? 0, 'skip', 0, Number.MAX_SAFE_INTEGER),
    first: readWhole(first ?? 200, 'first', 1, MOST_ROWS),
  };
}

function readNanos(text: string | null | undefined, name: string): bigint | null {
  if (text === null || text === undefined) return null;
  if (!NANOS.test(text)) throw new CodedError('INVALID_INPUT', `${name} must be nanoseconds since 1970`);
  return BigInt(text);
}

function readWhole(value: number, name: string, least: number, most: number): number {
  if (value < least || value > most) {
    throw new CodedError('INVALID_INPUT', `${name} must be a whole number from ${least} to ${most}`);
  }
  return value;
}
