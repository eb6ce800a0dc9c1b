import type { CompensationAction } from '@throughline/contracts';
import { declarationsFor, type CompensationSettingRow } from '../../catalog/index.js';
import type { StoredException } from './stored-exception.js';

/** Prefix of the hop of what is checked of sends through an integration, whose name follows. */
export const SENDING_HOP = 'requeue/';

/** The integration whose sends a check is about; null = the hop is none of these. */
export function integrationOfHop(hop: string): string | null {
  return hop.startsWith(SENDING_HOP) ? hop.slice(SENDING_HOP.length) : null;
}

/** Problems whose wrong document is another one than the exception is about. */
const OF_OTHER_DOCUMENTS: ReadonlySet<string> = new Set([
  'cash-and-payment.duplicate-payment',
  'data-quality.duplicate',
]);

/** What can be undone or told at an exception, each action once: by its own integration where that declares it. */
export function offeredCompensations(
  settings: readonly CompensationSettingRow[],
  { integration, hop, objectType, taxonomy }: Pick<StoredException, 'integration' | 'hop' | 'objectType' | 'taxonomy'>,
): { action: CompensationAction; integration: string }[] {
  const sender = integrationOfHop(hop);
  const isOfOther = sender !== null && OF_OTHER_DOCUMENTS.has(taxonomy);
  const own = integration === '' ? sender : integration;
  const declared = declarationsFor(settings, { objectType: isOfOther ? null : objectType, taxonomy, integration: own });
  return [...new Map(declared.toReversed().map((one) => [one.action, one])).values()]
    .toReversed()
    .map(({ action, integration: by }) => ({ action, integration: by }));
}
