import type { FinanceEventObject } from '@throughline/canonical';
import type { ScenarioSignal } from '../../scenario-signal.js';
import { financeEvent } from '../../wire-forms.js';

/** A person by the user id of one system. */
export function userOf(system: string, userId: string): FinanceEventObject {
  return { type: 'person', keys: [{ system, kind: 'user-id', value: userId }] };
}

/** The directory of the compliance platform: these user ids, by system, are of one person. */
export function samePerson(name: string, userIds: Readonly<Record<string, string>>, at: string): ScenarioSignal {
  const [first, ...others] = Object.entries(userIds).map(([system, value]) => ({ system, kind: 'user-id', value }));
  if (first === undefined) throw new RangeError('a person has at least one user id');
  return financeEvent('person.synchronised', name, at, {
    system: 'servicenow',
    objects: [{ type: 'person', keys: [first, ...others] }],
  });
}
