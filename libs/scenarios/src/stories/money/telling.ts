import { type FinanceEventObject, type FinanceEventProblem, type Money, money } from '@throughline/canonical';
import type { TimedSignal } from '../../journey.js';
import { financeEvent, runNamed, traceOfRun } from '../../wire-forms.js';

export { DAY, HOUR, MINUTE } from '../../time-units.js';

/** "payment P settles 970.00 EUR of invoice I" is [I, 'settles', P, '970.00 EUR']; it points downstream. */
export type Hangs = readonly [from: FinanceEventObject, qualifier: string, to: FinanceEventObject, amount?: string];

/** What a system says of something that happened. */
export type Statement = {
  system: string;
  integration?: string;
  /** "invoice.posted" */
  what: string;
  /** What it happened to. */
  to: FinanceEventObject;
  /** What else is named. */
  beside?: readonly FinanceEventObject[];
  links?: readonly Hangs[];
};

/** A failed step: what went wrong, beside what the step was about. */
export type Failure = Statement & { integration: string; problem: FinanceEventProblem };

/** Tells a journey: everything at its own time, counted from the start. */
export class Telling {
  private readonly told: TimedSignal[] = [];

  constructor(private readonly startsAt: number) {}

  /** The day that lies so many milliseconds after the start, in UTC. */
  dayAfter(offset: number): string {
    return this.instantAfter(offset).slice(0, 10);
  }

  /** A system's own event. */
  says(offset: number, statement: Statement): this {
    this.told.push({ at: this.startsAt + offset, signal: this.eventOf(offset, statement) });
    return this;
  }

  /** A run of an integration that failed: its trace, with the error, and the event that carries the problem. */
  fails(offset: number, failure: Failure): this {
    const { to, problem, integration, system } = failure;
    const [key] = to.keys;
    const run = runNamed(`${failure.what} ${key.value} ${this.instantAfter(offset)}`);
    const attributes = {
      'finance.integration.name': integration,
      'finance.activity.type': failure.what,
      'finance.object.type': to.type,
      'finance.object.key.system': key.system ?? system,
      'finance.object.key.kind': key.kind,
      ...(key.scope !== undefined && { 'finance.object.key.scope': key.scope }),
      'finance.object.key.value': key.value,
      ...(to.legalEntity !== undefined && { 'finance.legal_entity': to.legalEntity }),
      'finance.problem.code': problem.code,
      'finance.problem.message': problem.message,
      ...Object.fromEntries(
        Object.entries(problem.discriminators ?? {}).map(([name, value]) => [
          `finance.problem.discriminator.${name}`,
          value,
        ]),
      ),
    };
    const [startedAt, endedAt] = [this.instantAfter(offset - 2_000), this.instantAfter(offset)];
    const root = { name: 'root', startedAt, endedAt, attributes, error: problem.message };
    this.told.push(
      { at: this.startsAt + offset, signal: traceOfRun(run, system, [root]) },
      { at: this.startsAt + offset, signal: this.eventOf(offset, failure, { problem, run }) },
    );
    return this;
  }

  /** Everything in the order of time. */
  signals(): TimedSignal[] {
    return [...this.told].sort((left, right) => left.at - right.at);
  }

  private instantAfter(offset: number): string {
    return new Date(this.startsAt + offset).toISOString();
  }

  private eventOf(
    offset: number,
    { system, integration, what, to, beside = [], links = [] }: Statement,
    failed?: { problem: FinanceEventProblem; run: ReturnType<typeof runNamed> },
  ): TimedSignal['signal'] {
    const others = [...new Set([...beside, ...links.flatMap(([from, , end]) => [from, end])])];
    const objects: [FinanceEventObject, ...FinanceEventObject[]] = [to, ...others.filter((object) => object !== to)];
    const at = this.instantAfter(offset);
    return financeEvent(
      what,
      `${to.keys[0].value}:${at}`,
      at,
      {
        system,
        ...(integration !== undefined && { integration }),
        ...(failed !== undefined && { outcome: 'failure' as const, problem: failed.problem }),
        objects,
        links: links.map(([from, qualifier, end, amount]) => ({
          from: objects.indexOf(from),
          to: objects.indexOf(end),
          qualifier,
          ...(amount !== undefined && { amount: moneyOfText(amount) }),
        })),
      },
      failed?.run,
    );
  }
}

/** "970.00 EUR" */
export function moneyOfText(text: string): Money {
  const [amount = '', currency = ''] = text.split(' ');
  return money(amount, currency);
}
