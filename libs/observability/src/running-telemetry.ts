import type { Telemetry } from './telemetry.js';

let running: Telemetry | undefined;

/** Remembers the telemetry that the preload started, so that the process can end it. */
export function rememberTelemetry(telemetry: Telemetry): void {
  running = telemetry;
}

/** Sends what is left of the process's own traces and ends tracing; nothing to do when it was never started. */
export async function stopTelemetry(): Promise<void> {
  const telemetry = running;
  running = undefined;
  await telemetry?.stop();
}
