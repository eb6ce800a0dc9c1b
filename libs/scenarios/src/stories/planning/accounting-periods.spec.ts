import { describe, expect, it } from '@jest/globals';
import { type AttributeStatement, periodStandings } from '@throughline/lineage';
import { mapSignals } from '../../scenario-signal.js';
import { PERIOD_SIGNALS } from './close-day.js';

/** What is said of a period by those that it happened to. */
function statementsOf(key: string, until: string): AttributeStatement[] {
  return mapSignals(PERIOD_SIGNALS)
    .filter(({ occurredAt }) => occurredAt <= until)
    .flatMap(({ activityId, type, outcome, occurredAt, system, signal, objects }) =>
      objects.flatMap((stated, position) =>
        stated.aliases.some(({ value }) => value === key)
          ? {
              activityId,
              activityType: type,
              outcome,
              position,
              occurredAt,
              isSubject: position === 0,
              system,
              recordedOn: signal.receivedOn,
              stated,
            }
          : [],
      ),
    );
}

describe('the periods of the close day', () => {
  it.each<[key: string, until: string, standings: string[]]>([
    ['DE01/0L/2026-04', '2026-04-30T00:00:00.000Z', ['all open']],
    ['DE01/0L/2026-04', '2026-05-05T00:00:00.000Z', ['all closing']],
    ['DE01/0L/2026-04', '2026-05-06T00:00:00.000Z', ['all closing', 'receivables closed']],
    ['DE01/0L/2026-04', '2026-05-07T00:00:00.000Z', ['all closed', 'receivables closed']],
    ['BR01/0L/2026-04', '2026-05-07T00:00:00.000Z', ['all closing']],
  ])('%s until %s', (key, until, standings) => {
    const found = periodStandings(statementsOf(key, until));
    expect(found.map(({ accountType, state }) => `${accountType || 'all'} ${state}`)).toEqual(standings);
  });
});
