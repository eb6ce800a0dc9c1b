import type { EntityCalendar } from '@throughline/lineage';
import type { LineageSummary } from './lineage-summary.js';
import type { ScenarioSignal } from './scenario-signal.js';

/** A named business story: what is sent, and the lineage that must come of it whatever the order of arrival. */
export type Story = { name: string; signals: ScenarioSignal[]; expected: LineageSummary };

/** Legal entities of the stories with their calendars. */
export const STORY_ENTITIES: readonly EntityCalendar[] = [
  { code: 'DE01', calendar: 'TARGET', timeZone: 'Europe/Berlin' },
  { code: 'US01', calendar: 'US-FED', timeZone: 'America/New_York' },
  { code: 'BR01', calendar: 'BR', timeZone: 'America/Sao_Paulo' },
  { code: 'SG01', calendar: 'SG', timeZone: 'Asia/Singapore' },
];
