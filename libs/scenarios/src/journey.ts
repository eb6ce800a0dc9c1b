import type { ScenarioSignal } from './scenario-signal.js';

/** A signal and when its sender sends it (epoch milliseconds), which is never before what it tells of. */
export type TimedSignal = { at: number; signal: ScenarioSignal };

/**
 * A run through a business process that can be told again and again: under another number, from another start, always the
 * same story. Stories tell it once, with what must come of it; the simulated estate tells it all day.
 */
export type Journey = {
  /** Unique, e.g. "quote-to-cash/amended-half-way". */
  name: string;
  /** How often it is told beside the others, ordinary ones among ordinary ones and those that meet a fault among those. */
  share: number;
  /**
   * What is sent, in the order of time. Every business key is made of `number`, so that two numbers share no object (but for
   * master data that they are meant to share); every time is counted from `startsAt` (epoch milliseconds).
   */
  play(number: string, startsAt: number): TimedSignal[];
};

/** What a journey sends under one number, for a story. */
export function signalsOf(journey: Journey, number: string, startsAt: string): ScenarioSignal[] {
  return journey.play(number, Date.parse(startsAt)).map(({ signal }) => signal);
}
