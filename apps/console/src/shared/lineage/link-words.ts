import { formatMoney } from '../format/money.js';
import type { GraphLink } from './prepare-graph.js';

/** What marks a link that only attempts that failed state. */
export const ATTEMPTED = 'attempted';

/** What is written on the line of a link. */
export function linkLabel({ qualifier, isEstablished }: Pick<GraphLink, 'qualifier' | 'isEstablished'>): string {
  return isEstablished ? qualifier : `${qualifier} · ${ATTEMPTED}`;
}

/** What a link is called where it is not seen. */
export function linkName(link: Pick<GraphLink, 'qualifier' | 'isEstablished' | 'amount'>): string {
  return link.amount ? `${linkLabel(link)} ${formatMoney(link.amount)}` : linkLabel(link);
}

/** The legend of a graph; null where all of its flow is established. What is only attached is drawn in its own way. */
export function attemptedLegend(links: readonly Pick<GraphLink, 'isContext' | 'isEstablished'>[]): string | null {
  const attempted = links.filter(({ isContext, isEstablished }) => !isContext && !isEstablished).length;
  if (attempted === 0) return null;
  return `Dashed and “${ATTEMPTED}”: ${attempted === 1 ? 'a link' : `${attempted} links`} that only attempts that failed state.`;
}
