import { setTimeout as sleep } from 'node:timers/promises';
import type { Journey, ScenarioSignal, TimedSignal } from '@throughline/scenarios';
import type { EstateState, TrackedJourney } from '../estate/estate-state.js';
import type { StateFile } from '../estate/state-file.js';
import type { Log } from '../log.js';
import type { SignalSender } from '../senders/signal-sender.js';
import { HOUR_MS } from '../story/business-clock.js';
import { seededRandom } from '../story/seeded-random.js';
import { journeyAt, pastJourneys, type JourneyStart } from './journey-schedule.js';

export type JourneyTellerDeps = {
  state: EstateState;
  file: StateFile;
  sender: SignalSender;
  journeys: readonly Journey[];
  log: Log;
};

const TICK_MS = 1_000;
const SHARE_REPEATED = 0.07;

/** Plays the processes of the estate beside its orders: what is due is sent, in disorder and with repeats, until it is taken. */
export class JourneyTeller {
  readonly #deps: JourneyTellerDeps;
  readonly #journeysPerHour: number;
  readonly #stopping = new AbortController();
  #nudge = new AbortController();
  /** What is still to be sent of a journey, by its identity; worked out once. */
  readonly #untold = new Map<string, TimedSignal[]>();
  #nextStartAt: number;
  #running: Promise<void> = Promise.resolve();

  constructor(deps: JourneyTellerDeps, journeysPerHour: number, now: number) {
    this.#deps = deps;
    this.#journeysPerHour = journeysPerHour;
    this.#nextStartAt = now;
  }

  /** Puts the past of a new estate on the list; it is told as soon as the teller runs. */
  async tellHistory(now: number, days: number): Promise<void> {
    const { state, journeys, file, log } = this.#deps;
    if (this.#journeysPerHour === 0) return;
    const starts = pastJourneys(journeys, state.seed, now, days);
    state.journeys.push(...starts.map(tracked));
    await file.save();
    log.info({ journeys: starts.length, days }, 'history of processes made');
  }

  /** Tells a journey under the next number; resolves with it once it is on disk. Throws when there is none of the name. */
  async begin(name: string, startsAt: number): Promise<JourneyStart> {
    const { state, journeys, file } = this.#deps;
    if (!journeys.some((journey) => journey.name === name)) throw new Error(`there is no journey ${name}`);
    const start = { name, number: this.#nextNumber(), startsAt };
    state.journeys.push(tracked(start));
    await file.save();
    this.#nudge.abort();
    return start;
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#nudge.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { log } = this.#deps;
    while (!this.#stopping.signal.aborted) {
      this.#nudge = new AbortController();
      try {
        this.#startNew(Date.now());
        await this.#tellDue(Date.now());
      } catch (error) {
        log.error({ error: error instanceof Error ? error.message : String(error) }, 'a journey could not be told');
      }
      if (this.#stopping.signal.aborted) return;
      await sleep(TICK_MS, undefined, { signal: this.#nudge.signal }).catch(() => undefined);
    }
  }

  #startNew(now: number): void {
    const { state, journeys } = this.#deps;
    if (this.#journeysPerHour === 0 || now < this.#nextStartAt) return;
    this.#nextStartAt = now + HOUR_MS / this.#journeysPerHour;
    const start = journeyAt(journeys, state.seed, this.#nextNumber(), now);
    if (start !== undefined) state.journeys.push(tracked(start));
  }

  #nextNumber(): string {
    const { state } = this.#deps;
    state.nextJourney += 1;
    return String(state.nextJourney - 1);
  }

  async #tellDue(now: number): Promise<void> {
    const { state, sender, file } = this.#deps;
    const told: { journey: TrackedJourney; until: number }[] = [];
    const due: ScenarioSignal[] = [];
    for (const journey of state.journeys) {
      const untold = this.#untoldOf(journey);
      const ready = untold.filter(({ at }) => at <= now);
      if (ready.length === 0 && untold.length > 0) continue;
      due.push(...ready.map(({ signal }) => signal));
      told.push({ journey, until: untold.length === ready.length ? Number.POSITIVE_INFINITY : now });
    }
    if (told.length === 0) return;
    const random = seededRandom(state.seed, 'telling', now);
    const repeated = due.filter(() => random.chance(SHARE_REPEATED));
    const delivered = await Promise.race([
      sender.sendAll(random.shuffled([...due, ...repeated])).then(() => true),
      aborted(this.#stopping.signal),
    ]);
    // What the collector has not taken is told again after the next start.
    if (!delivered) return;
    for (const { journey, until } of told) {
      journey.toldUntil = until;
      this.#untold.delete(identityOf(journey));
    }
    const ended = new Set(told.filter(({ until }) => until === Number.POSITIVE_INFINITY).map(({ journey }) => journey));
    state.journeys = state.journeys.filter((journey) => !ended.has(journey));
    await file.save();
  }

  #untoldOf(journey: TrackedJourney): TimedSignal[] {
    const known = this.#untold.get(identityOf(journey));
    if (known !== undefined) return known;
    const told = this.#deps.journeys.find(({ name }) => name === journey.name);
    // A journey that an earlier version knew has nothing left to tell.
    const untold = told?.play(journey.number, journey.startsAt).filter(({ at }) => at > journey.toldUntil) ?? [];
    this.#untold.set(identityOf(journey), untold);
    return untold;
  }
}

function tracked(start: JourneyStart): TrackedJourney {
  return { ...start, toldUntil: start.startsAt - 1 };
}

function identityOf({ name, number }: JourneyStart): string {
  return `${name} ${number}`;
}

function aborted(signal: AbortSignal): Promise<false> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(false);
    signal.addEventListener('abort', () => resolve(false), { once: true });
  });
}
