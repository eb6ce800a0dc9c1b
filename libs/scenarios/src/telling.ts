import type { Journey, TimedSignal } from './journey.js';
import type { ScenarioSignal } from './scenario-signal.js';

export { DAY, HOUR, MINUTE } from './time-units.js';

/** Says instants and days of a journey, and puts what is sent into the order of time. */
export class Telling {
  readonly #sent: TimedSignal[] = [];

  constructor(readonly startsAt: number) {}

  /** Instant so many milliseconds after the start. */
  at(after: number): string {
    return new Date(this.startsAt + after).toISOString();
  }

  /** Day in UTC so many milliseconds after the start. */
  on(after: number): string {
    return this.at(after).slice(0, 10);
  }

  /** Something that happens so long after the start, and is sent at once or so much later. */
  tell(after: number, what: (at: string) => ScenarioSignal | readonly ScenarioSignal[], sentLater = 0): this {
    const signals = what(this.at(after));
    for (const signal of Array.isArray(signals) ? (signals as readonly ScenarioSignal[]) : [signals as ScenarioSignal])
      this.#sent.push({ at: this.startsAt + after + sentLater, signal });
    return this;
  }

  /** All that is told, in the order in which it is sent. */
  sent(): TimedSignal[] {
    return [...this.#sent].sort((left, right) => left.at - right.at);
  }
}

/** What a journey has sent by an instant, for a story that stops in the middle. */
export function signalsUntil(journey: Journey, number: string, startsAt: string, until: string): ScenarioSignal[] {
  return journey
    .play(number, Date.parse(startsAt))
    .flatMap(({ at, signal }) => (at <= Date.parse(until) ? signal : []));
}
