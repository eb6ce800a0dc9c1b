import { maskPayload } from '@throughline/canonical';
import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CodedError } from '../../graphql/coded-error.js';
import { readPage, toConnection, type Connection } from '../../graphql/connection.js';
import { CurrentOperation, type Operation } from '../../graphql/operation.js';
import { RequirePermission } from '../identity/index.js';
import { countLinkingSpans, listLinkingSpans, type LinkingSpanRow } from '../signals/index.js';
import { LinkingSpanConnection, LinkingSpansArgs, type LinkingSpanType } from './graphql/linking-span.types.js';
import { TraceType } from './graphql/trace.types.js';

const LIST = 'linkedFrom';
const SPAN_ID = /^[0-9a-f]{16}$/;

/** Who links to a trace. */
@Resolver(() => TraceType)
@RequirePermission('transaction.read')
export class TraceFieldsResolver {
  @ResolveField(() => LinkingSpanConnection, {
    description: 'Spans of other traces that link to spans of this one, by span linked to, the latest first',
  })
  async linkedFrom(
    @Parent() { traceId }: TraceType,
    @Args() args: LinkingSpansArgs,
    @CurrentOperation() operation: Operation,
  ): Promise<Connection<LinkingSpanType>> {
    const page = readPage(args, LIST, ['span-id', 'instant', 'uuid', 'span-id']);
    const to = { traceId, spanId: readSpanId(args.spanId ?? null) };
    const mayUnmask = operation.viewer.permissions.has('payload.unmask');
    const tx = await operation.read();
    return toConnection({
      list: LIST,
      page,
      rows: await listLinkingSpans(tx, to, page),
      cursorOf: (row) => [row.linkedSpanId, row.startedText, row.traceUuid, row.spanId],
      nodeOf: (row) => toLinkingSpan(row, mayUnmask),
      count: () => countLinkingSpans(tx, to),
    });
  }
}

function readSpanId(spanId: string | null): string | null {
  const id = spanId?.toLowerCase() ?? null;
  if (id !== null && !SPAN_ID.test(id)) throw new CodedError('INVALID_INPUT', 'spanId must be 16 hexadecimal digits');
  return id;
}

function toLinkingSpan(row: LinkingSpanRow, mayUnmask: boolean): LinkingSpanType {
  const { linkedSpanId, traceUuid, spanId, serviceName, name, startedAt } = row;
  const attributes = row.attributes ?? {};
  return {
    traceId: traceUuid.replaceAll('-', ''),
    spanId,
    serviceName,
    name,
    startedAt,
    linkedSpanId,
    attributes: mayUnmask ? attributes : maskPayload(attributes).value,
  };
}
