import { closeOnSignal, createLogger, runProcess } from '@throughline/observability';
import { readConfig } from './config.js';
import { startSimulator } from './simulator.js';

await runProcess('simulator', async () => {
  const config = readConfig();
  const log = createLogger({ service: 'throughline-simulator', level: config.LOG_LEVEL });
  const simulator = await startSimulator(config, log);
  closeOnSignal(() => simulator.close(), log);
});
