import type { FinanceEventLink, FinanceEventObject, FinanceEventProblem } from '@throughline/canonical';
import type { ScenarioSignal } from '../../scenario-signal.js';
import { type Run, type SpanDraft, financeEvent, traceOfRun } from '../../wire-forms.js';
import { instantOf } from './telling.js';

/** A run of an integration that failed at its first object. */
export type FailedRun = {
  /** Type of the event, e.g. "sales-order.rejected". */
  type: string;
  /** Who reports it. */
  system: string;
  integration: string;
  objects: [FinanceEventObject, ...FinanceEventObject[]];
  links?: FinanceEventLink[];
  problem: FinanceEventProblem;
  /** What the run tried inside, and how long it took. */
  attempts?: readonly string[];
  seconds?: number;
};

/** The trace of a failed run and the event of the system that refused: two signals of one occurrence. */
export function runFailed(failed: FailedRun, at: string, run: Run): ScenarioSignal[] {
  const { type, system, integration, objects, links, problem, attempts = [], seconds = 2 } = failed;
  const [subject] = objects;
  const [key] = subject.keys;
  const after = (part: number) => instantOf(Date.parse(at) + Math.round(part * 1_000));
  const root: SpanDraft = {
    name: 'root',
    startedAt: at,
    endedAt: after(seconds),
    attributes: { ...spanAttributes(subject, system, integration), ...problemAttributes(problem) },
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
  const data = { system, integration, outcome: 'failure' as const, objects, ...(links && { links }), problem };
  return [
    traceOfRun(run, system, [root, ...tries]),
    financeEvent(type, `${key.value}:${run.traceId.slice(0, 8)}`, after(seconds - 1), data, run),
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
