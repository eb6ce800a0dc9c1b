import { Worker } from 'node:worker_threads';
import type { Arrival, TargetMessage } from './target-thread.js';

/** The endpoint that is sent to, and what arrived at it. */
export type LocalTarget = {
  port: number;
  /** Called with what arrives from now on. */
  onArrivals: (arrivals: readonly Arrival[]) => void;
  stop(): Promise<unknown>;
};

export function startLocalTarget(): Promise<LocalTarget> {
  const thread = new Worker(new URL('./target-thread.js', import.meta.url));
  return new Promise((resolve, reject) => {
    const target: LocalTarget = { port: 0, onArrivals: () => undefined, stop: () => thread.terminate() };
    thread.on('message', (message: TargetMessage) => {
      if ('arrivals' in message) return target.onArrivals(message.arrivals);
      target.port = message.port;
      resolve(target);
    });
    thread.once('error', reject);
  });
}
