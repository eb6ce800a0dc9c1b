import type { EntityCalendar, Tolerance } from '@throughline/lineage';
import type { LineageSummary } from './lineage-summary.js';
import type { ScenarioSignal } from './scenario-signal.js';

/** What a line of a scenario waits for that is not built yet. */
export type PendingFor = 'completeness' | 'freshness' | 'prediction' | 'reconciliation' | 'requeue' | 'SLO';

/** A named business story: what is sent, and the lineage that must come of it whatever the order of arrival. */
export type Story = {
  name: string;
  signals: ScenarioSignal[];
  expected: LineageSummary;
  /** Every link of the story, as `drawLinks` draws it; left out where the links are not what the story is about. */
  lineage?: readonly string[];
  /** What is open, explained or unexplained, as `drawMoney` says it; every object that is not named balances. */
  money?: Readonly<Record<string, readonly string[]>>;
  /** Within which differences are let go. */
  tolerances?: readonly Tolerance[];
  /** What is wrong with the lineage itself, as `drawFindings` says it; left out = nothing. */
  findings?: readonly string[];
  /** State of transactions at an instant, by the same names as in `expected`; they are derived on read. */
  states?: readonly StatesAt[];
  /** Lines of the scenario that this story cannot show yet. */
  pending?: readonly { line: string; needs: PendingFor }[];
};

/** In which state transactions are when asked at an instant. */
export type StatesAt = { at: string; of: Readonly<Record<string, StoryState>> };

/** States of a transaction. */
export type StoryState = 'RUNNING' | 'WAITING' | 'AT_RISK' | 'LATE' | 'BLOCKED' | 'COMPLETED' | 'CANCELLED';

/** Legal entities of the stories with their calendars. */
export const STORY_ENTITIES: readonly EntityCalendar[] = [
  { code: 'DE01', calendar: 'TARGET', timeZone: 'Europe/Berlin' },
  { code: 'US01', calendar: 'US-FED', timeZone: 'America/New_York' },
  { code: 'BR01', calendar: 'BR', timeZone: 'America/Sao_Paulo' },
  { code: 'SG01', calendar: 'SG', timeZone: 'Asia/Singapore' },
];
