// Preload: `node --import …/register.js main.js`. Does nothing unless THROUGHLINE_TELEMETRY_ENDPOINT is set.
import { register } from 'node:module';
import { basename, dirname } from 'node:path';
import { rememberTelemetry } from './running-telemetry.js';
import { parseTelemetryConfig, type TelemetryConfig } from './telemetry-config.js';

const config = readConfig();
if (config) {
  // Without the hook the ES modules of the application would not be instrumented (no http spans).
  register('@opentelemetry/instrumentation/hook.mjs', import.meta.url);
  // Loaded only when wanted: the SDK adds about 0.4 s to the start.
  const { startTelemetry } = await import('./telemetry.js');
  rememberTelemetry(startTelemetry(config, serviceName()));
}

function readConfig(): TelemetryConfig | undefined {
  try {
    return parseTelemetryConfig(process.env);
  } catch (error) {
    process.stderr.write(`throughline: ${error instanceof Error ? error.message : 'bad telemetry settings'}\n`);
    process.exit(1);
  }
}

/** `apps/collector/dist/main.js` is "collector", `apps/api/dist/worker.js` is "worker". */
function serviceName(): string {
  const entry = process.argv[1] ?? '';
  const name = basename(entry, '.js');
  return name === 'main' ? basename(dirname(dirname(entry))) : name;
}
