import type { Logger } from '@throughline/observability';
import type { Database, NotifyChannel } from '@throughline/persistence';
import type { OutageWatch } from './outage-watch.js';
import { type LoopSurroundings, StageLoop } from './stage-loop.js';
import type { Stage } from './stage.js';

export type StageRunner = { stop(): Promise<void> };

/** Starts every stage, each in a loop of its own, woken by notifications and by polling, which is the net under them. */
export async function startStages(
  database: Database,
  stages: readonly Stage[],
  surroundings: { outage: OutageWatch; log: Logger; onRun: LoopSurroundings['onRun'] },
): Promise<StageRunner> {
  const tenantIds = () => database.tenantIds();
  const loops = stages.map((stage) => ({ stage, loop: new StageLoop(stage, { tenantIds, ...surroundings }) }));
  const channels = new Set<NotifyChannel>(stages.flatMap((stage) => stage.wakesOn));
  const stopListening = await Promise.all(
    [...channels].map((channel) => {
      const woken = loops.filter(({ stage }) => stage.wakesOn.includes(channel)).map(({ loop }) => loop);
      return database.listen(channel, (tenantId) => woken.forEach((loop) => loop.notice(tenantId)));
    }),
  );
  for (const { loop } of loops) loop.start();
  return {
    async stop() {
      await Promise.all(loops.map(({ loop }) => loop.stop()));
      await Promise.all(stopListening.map((stop) => stop()));
    },
  };
}
