import type { FinanceEventLink, FinanceEventObject, FinanceEventProblem } from '@throughline/canonical';
import type { ScenarioSignal } from './scenario-signal.js';
import { type Run, financeEvent, traceOfRun } from './wire-forms.js';

/** What failed: the first object is the one that the run was for. */
export type FailedRun = {
  run: Run;
  /** Whose spans they are, and who tells of it. */
  service: string;
  integration: string;
  /** e.g. "sales-order.rejected". */
  activityType: string;
  objects: [FinanceEventObject, ...FinanceEventObject[]];
  links?: FinanceEventLink[];
  problem: FinanceEventProblem;
};

/** Length of the span of a failed run: its failure counts from the end of it. */
const RUN_MS = 2_000;

/** A run that failed, as it is sent: the span with its status, and the event with the problem. Both are one occurrence. */
export function failedRun(at: string, failed: FailedRun): ScenarioSignal[] {
  const { run, service, integration, objects, problem } = failed;
  const [subject] = objects;
  const [key] = subject.keys;
  const discriminators = Object.entries(problem.discriminators ?? {});
  const endedAt = new Date(Date.parse(at) + RUN_MS).toISOString();
  return [
    traceOfRun(run, service, [
      {
        name: 'root',
        startedAt: at,
        endedAt,
        attributes: {
          'finance.integration.name': integration,
          'finance.object.type': subject.type,
          'finance.object.key.system': key.system ?? service,
          'finance.object.key.kind': key.kind,
          'finance.object.key.value': key.value,
          ...(key.scope !== undefined && { 'finance.object.key.scope': key.scope }),
          'finance.problem.code': problem.code,
          'finance.problem.message': problem.message,
          ...Object.fromEntries(
            discriminators.map(([name, value]) => [`finance.problem.discriminator.${name}`, value]),
          ),
        },
        error: problem.message,
      },
    ]),
    financeEvent(
      failed.activityType,
      `${key.value}:${run.traceId.slice(0, 8)}`,
      new Date(Date.parse(at) + RUN_MS / 2).toISOString(),
      {
        system: service,
        integration,
        outcome: 'failure',
        objects,
        ...(failed.links !== undefined && { links: failed.links }),
        problem: { payloadVersion: 1, ...problem },
      },
      run,
    ),
  ];
}
