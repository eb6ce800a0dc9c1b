import { msOfInstant } from '@throughline/canonical';
import type { TimedSignal } from '../../journey.js';
import type { ScenarioSignal } from '../../scenario-signal.js';

/** Signals as they are sent: a file when it arrives, an event when it happened, a trace when its last span ended; in order. */
export function sentWhenTold(signals: readonly ScenarioSignal[]): TimedSignal[] {
  return signals.map((signal) => ({ at: toldAt(signal), signal })).sort((left, right) => left.at - right.at);
}

function toldAt(signal: ScenarioSignal): number {
  if (signal.protocol === 'file') return msOfInstant(signal.receivedAt);
  if (signal.protocol === 'cloudevents') return msOfInstant((JSON.parse(signal.body) as { time: string }).time);
  const ends = [...signal.body.matchAll(/"endTimeUnixNano":"(\d+)"/g)].map(
    ([, nanos = '0']) => BigInt(nanos) / 1_000_000n,
  );
  return Math.max(...ends.map(Number));
}
