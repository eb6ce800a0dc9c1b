import type { OutboundClient } from '../../outbound/index.js';
import type { Stage } from '../../worker/stage.js';
import { createAdapters } from './adapters/adapters.js';
import { probeUnknown, type ProbeDeps } from './usecases/probe-unknown.js';

const POLL_MS = 2_000;

/** Asks targets about what they did not answer; when to look again stands in rows. */
export function createRequeueProbeStage({
  client,
  ...deps
}: Omit<ProbeDeps, 'adapters'> & { client: OutboundClient }): Stage {
  const adapters = createAdapters(client);
  return {
    name: 'requeue-probes',
    wakesOn: ['throughline_requeue'],
    pollMs: POLL_MS,
    run: (tenantId) => probeUnknown(tenantId, { ...deps, adapters }),
  };
}
