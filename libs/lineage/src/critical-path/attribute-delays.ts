import { delayKind } from './delay-kinds.js';
import type { JourneySegment } from './transaction-critical-path.js';

/** By what time is told apart. */
export const DELAY_DIMENSIONS = ['kind', 'reason', 'system', 'integration', 'hop', 'region', 'legal-entity'] as const;

/** One of DELAY_DIMENSIONS. */
export type DelayDimension = (typeof DELAY_DIMENSIONS)[number];

/** What the estate says about the names in a segment; null when it knows nothing. */
export type DelayContext = {
  /** Kind of the system instance: its product. */
  productOf: (system: string) => string | null;
  /** The system that an integration delivers to, for what nobody has reported yet. */
  targetOf: (integration: string) => string | null;
  regionOf: (legalEntity: string) => string | null;
};

/** The time that has one name in a dimension. */
export type DelayPart = {
  /** Empty when the time has no name in this dimension. */
  key: string;
  wallMs: number;
  businessMs: number;
  /** The part of the wall time in which it waited; the rest was work. */
  waitingMs: number;
  /** In how many of the ways it occurs. */
  ways: number;
};

/** The time of several ways through transactions, told apart by one dimension; the parts add up to the whole. */
export type DelayBreakdown = {
  dimension: DelayDimension;
  wallMs: number;
  businessMs: number;
  waitingMs: number;
  /** The longest first, then by name. */
  parts: DelayPart[];
};

/** Tells the time of ways apart by one dimension. A hop is the milestone that the way was on its way to. */
export function attributeDelays(
  ways: readonly (readonly JourneySegment[])[],
  dimension: DelayDimension,
  context: DelayContext,
): DelayBreakdown {
  const parts = new Map<string, DelayPart>();
  const whole = { wallMs: 0, businessMs: 0, waitingMs: 0 };
  for (const segments of ways) {
    const seen = new Set<string>();
    for (const segment of segments) {
      const key = keyOf(segment, dimension, context);
      const part = parts.get(key) ?? { key, wallMs: 0, businessMs: 0, waitingMs: 0, ways: 0 };
      for (const sum of [part, whole]) {
        sum.wallMs += segment.wallMs;
        sum.businessMs += segment.businessMs;
        sum.waitingMs += segment.reason === null ? 0 : segment.wallMs;
      }
      if (!seen.has(key)) part.ways += 1;
      seen.add(key);
      parts.set(key, part);
    }
  }
  const ordered = [...parts.values()].sort(
    (left, right) => right.wallMs - left.wallMs || (left.key < right.key ? -1 : 1),
  );
  return { dimension, ...whole, parts: ordered };
}

/** A way in which a part occurs, by its place among the ways, and the time of it that the part is made of. */
export type DelayOccurrence = { way: number; wallMs: number; businessMs: number; waitingMs: number };

/** What a part is made of: the ways in which it occurs, the longest first, then in their order. They add up to the part. */
export function occurrencesOf(
  ways: readonly (readonly JourneySegment[])[],
  dimension: DelayDimension,
  key: string,
  context: DelayContext,
): DelayOccurrence[] {
  return ways
    .flatMap((segments, way) => {
      const [part] = attributeDelays(
        [segments.filter((segment) => keyOf(segment, dimension, context) === key)],
        dimension,
        context,
      ).parts;
      return part === undefined
        ? []
        : [{ way, wallMs: part.wallMs, businessMs: part.businessMs, waitingMs: part.waitingMs }];
    })
    .sort((left, right) => right.wallMs - left.wallMs || left.way - right.way);
}

/** The system of a segment: the one that reported, else the one that its integration delivers to. */
export function systemOf({ system, integration }: JourneySegment, context: DelayContext): string {
  return system !== '' || integration === '' ? system : (context.targetOf(integration) ?? '');
}

function keyOf(segment: JourneySegment, dimension: DelayDimension, context: DelayContext): string {
  const { legalEntity } = segment;
  switch (dimension) {
    case 'kind':
      return delayKind(segment, context.productOf(systemOf(segment, context)));
    case 'reason':
      return segment.reason ?? 'work';
    case 'system':
      return systemOf(segment, context);
    case 'integration':
      return segment.integration;
    case 'hop':
      return segment.milestone ?? '';
    case 'region':
      return legalEntity === null ? '' : (context.regionOf(legalEntity) ?? '');
    case 'legal-entity':
      return legalEntity ?? '';
  }
}
