import { joinWords } from '../format/money.js';
import { count } from '../format/words.js';
import type { Tone } from './status.js';

export type HealthFacts = {
  title: string;
  lastActivityAt: string | null;
  failuresToday: number;
  activitiesToday: number;
  openExceptions: number;
};

export type Health = { tone: Tone; word: string; rank: number };

const QUIET_MS = 24 * 60 * 60 * 1000;
// From this share of failed runs on it is the integration that is ill, and not single documents.
const FAILING_SHARE = 0.25;

export function failureShare(facts: HealthFacts): number | undefined {
  return facts.activitiesToday === 0 ? undefined : facts.failuresToday / facts.activitiesToday;
}

/** Healthy or not, in one word. */
export function healthOf(facts: HealthFacts, now: Date): Health {
  if (facts.lastActivityAt === null) return { tone: 'unknown', word: 'Never seen', rank: 3 };
  const share = failureShare(facts) ?? 0;
  if (share >= FAILING_SHARE) return { tone: 'critical', word: 'Failing', rank: 0 };
  if (facts.openExceptions > 0) return { tone: 'warning', word: 'Exceptions open', rank: 1 };
  if (now.getTime() - Date.parse(facts.lastActivityAt) > QUIET_MS) return { tone: 'waiting', word: 'Quiet', rank: 2 };
  return { tone: 'good', word: 'Healthy', rank: 4 };
}

/** "2 of 5 integrations need attention: Contract to sales order and Payments to ERP." */
export function integrationsAnswer(all: readonly HealthFacts[], now: Date): string {
  if (all.length === 0) return 'No integration is configured.';
  const ill = all.filter((facts) => healthOf(facts, now).rank < 2);
  if (ill.length === 0) return `All ${count(all.length, 'integration')} are healthy.`;
  const names = ill.slice(0, 3).map((facts) => facts.title);
  const rest = ill.length > 3 ? [`${ill.length - 3} more`] : [];
  return `${ill.length} of ${count(all.length, 'integration')} ${ill.length === 1 ? 'needs' : 'need'} attention: ${joinWords([...names, ...rest])}.`;
}
