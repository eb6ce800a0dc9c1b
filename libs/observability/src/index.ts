export { createLogger, LOG_LEVELS, type Logger, type LogLevel } from './logger.js';
export { createMetrics } from './metrics.js';
export { OWN_NAMESPACE, isUntracedPath, withoutTracing } from './own-telemetry.js';
export { answerProbe, rememberReadiness, type ProbeAnswer, type ProbeSources, type ReadinessReport } from './probes.js';
export { startProbeServer, type ProbeServer } from './probe-server.js';
export { closeOnSignal, explainStartFailure, runProcess, StartFailure } from './process-life.js';
export { stopTelemetry } from './running-telemetry.js';
