import type { Activity, FinanceEventData } from '@throughline/canonical';
import type { ScenarioSignal } from '../scenario-signal.js';
import { type Run, financeEvent, traceOfRun } from '../wire-forms.js';

/** Something that happens in a history, before it is sent. */
export type HistoryEvent = {
  type: string;
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  data: FinanceEventData;
  run?: Run;
  /** The middleware tells of it as well, by a span of the same run. */
  isTraced?: boolean;
};

/** What is sent of an event. */
export function signalsOf({ type, id, at, data, run, isTraced }: HistoryEvent): ScenarioSignal[] {
  const sent = financeEvent(type, id, new Date(at).toISOString(), data, run);
  const { problem } = data;
  if (run === undefined || isTraced !== true || problem === undefined) return [sent];
  const [subject] = data.objects;
  const [key] = subject.keys;
  const attributes = {
    'finance.integration.name': data.integration ?? '',
    'finance.object.type': subject.type,
    'finance.object.key.system': key.system ?? data.system,
    'finance.object.key.kind': key.kind,
    'finance.object.key.value': key.value,
    ...(key.scope !== undefined && { 'finance.object.key.scope': key.scope }),
    'finance.problem.code': problem.code,
    'finance.problem.message': problem.message,
    ...Object.fromEntries(
      Object.entries(problem.discriminators ?? {}).map(([name, value]) => [
        `finance.problem.discriminator.${name}`,
        value,
      ]),
    ),
  };
  const [startedAt, endedAt] = [new Date(at - 2_000).toISOString(), new Date(at - 1_000).toISOString()];
  // Each attempt of a run is a span of its own.
  const attempt = { name: id, startedAt, endedAt, attributes, error: problem.message };
  return [sent, traceOfRun(run, 'sap-integration', [attempt])];
}

/** An activity as the event that says the same. */
export function eventOf(id: string, activity: Activity): HistoryEvent {
  const { type, occurredAt, outcome, system, integration, links, problem } = activity;
  const [first, ...others] = activity.objects.map(({ aliases: [alias, ...further], ...object }) => ({
    ...object,
    keys: [alias, ...further] as [typeof alias, ...typeof further],
  }));
  if (first === undefined) throw new RangeError('an activity speaks of an object');
  return {
    type,
    id,
    at: Date.parse(occurredAt),
    data: {
      system,
      ...(integration !== '' && { integration }),
      outcome,
      objects: [first, ...others],
      links,
      ...(problem && {
        problem: { code: problem.taxonomy, discriminators: problem.discriminators, message: problem.message },
      }),
    },
  };
}
