import type { FinanceEventLink, FinanceEventObject, FinanceEventProblem } from '@throughline/canonical';
import type { ScenarioSignal } from './scenario-signal.js';
import { SECOND } from './time-units.js';
import { type Run, type SpanDraft, financeEvent, traceOfRun } from './wire-forms.js';

/** What failed: the first object is the one that the run was for. */
export type Failure = {
  /** Whose spans they are, and who tells of it. */
  service: string;
  integration: string;
  /** e.g. "sales-order.rejected". */
  activityType: string;
  objects: [FinanceEventObject, ...FinanceEventObject[]];
  links?: FinanceEventLink[];
  problem: FinanceEventProblem;
  /** Errors of what the run tried inside, and how long it took. */
  attempts?: readonly string[];
  seconds?: number;
};

/** The same in a run of its own. */
export type FailedRun = Failure & { run: Run };

/** A run that failed, as it is sent: the trace with its status, and the event with the problem. Both are one occurrence. */
export function failedRun(at: string, failed: FailedRun): ScenarioSignal[] {
  const { run, activityType, service, integration, objects, links, problem, attempts = [], seconds = 2 } = failed;
  const [subject] = objects;
  const [key] = subject.keys;
  const after = (part: number) => new Date(Date.parse(at) + Math.round(part * SECOND)).toISOString();
  const root: SpanDraft = {
    name: 'root',
    startedAt: at,
    endedAt: after(seconds),
    attributes: { ...spanAttributes(subject, service, integration), ...problemAttributes(problem) },
    error: problem.message,
  };
  const tries = attempts.map((error, index): SpanDraft => ({
    name: `attempt ${index + 1}`,
    parent: 'root',
    startedAt: after((seconds * index) / attempts.length),
    endedAt: after((seconds * (index + 1)) / attempts.length),
    attributes: {},
    error,
  }));
  const data = {
    ...{ system: service, integration, outcome: 'failure' as const, objects },
    ...(links && { links }),
    problem: { payloadVersion: 1, ...problem },
  };
  return [
    traceOfRun(run, service, [root, ...tries]),
    financeEvent(activityType, `${key.value}:${run.traceId.slice(0, 8)}`, after(seconds - 1), data, run),
  ];
}

function spanAttributes(subject: FinanceEventObject, system: string, integration: string): Record<string, string> {
  const [key] = subject.keys;
  return {
    'finance.integration.name': integration,
    'finance.object.type': subject.type,
    'finance.object.key.system': key.system ?? system,
    'finance.object.key.kind': key.kind,
    'finance.object.key.value': key.value,
    ...(key.scope !== undefined && { 'finance.object.key.scope': key.scope }),
    ...(subject.legalEntity !== undefined && { 'finance.legal_entity': subject.legalEntity }),
    ...(subject.counterparty !== undefined && { 'finance.counterparty': subject.counterparty }),
    ...(subject.amount !== undefined && {
      'finance.amount': subject.amount.amount,
      'finance.currency': subject.amount.currency,
    }),
    ...(subject.direction !== undefined && { 'finance.direction': subject.direction }),
  };
}

function problemAttributes({ code, message, discriminators = {} }: FinanceEventProblem): Record<string, string> {
  return {
    'finance.problem.code': code,
    'finance.problem.message': message,
    ...Object.fromEntries(
      Object.entries(discriminators).map(([name, value]) => [`finance.problem.discriminator.${name}`, value]),
    ),
  };
}
