import { spanFields } from '../../shared/waterfall/span-fields.js';

type LinkedSpan = { spanId: string; name: string; links: unknown };

/** A link as a row: from which step, to which span of which run. */
export type LinkOut = { id: string; spanId: string; step: string; traceId: string; linkedSpanId: string; says: string };

/** The links that the steps of a run have themselves, in the order of the steps; of one step alone when it is given. */
export function linksOut(spans: readonly LinkedSpan[], onlySpan?: string): LinkOut[] {
  return spans
    .filter((span) => onlySpan === undefined || span.spanId === onlySpan)
    .flatMap((span) =>
      (Array.isArray(span.links) ? (span.links as unknown[]) : []).filter(isLink).map((link, index) => ({
        id: `${span.spanId} ${index}`,
        spanId: span.spanId,
        step: span.name,
        traceId: link.traceId,
        linkedSpanId: link.spanId,
        says: linkWords(link.attributes),
      })),
    );
}

/** What a link says, on one line. */
export function linkWords(attributes: unknown): string {
  return spanFields(attributes)
    .map(([name, value]) => `${name} ${value}`)
    .join(' · ');
}

function isLink(link: unknown): link is { traceId: string; spanId: string; attributes: unknown } {
  if (typeof link !== 'object' || link === null) return false;
  const { traceId, spanId } = link as { traceId?: unknown; spanId?: unknown };
  return typeof traceId === 'string' && traceId !== '' && typeof spanId === 'string';
}
