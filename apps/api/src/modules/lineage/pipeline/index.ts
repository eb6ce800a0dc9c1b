export { createMapStage } from './map-stage.js';
export type { MappedSignals } from './map-signals.js';
export type { ProjectionRun } from './project-lineage.js';
export { createProjectStage } from './project-stage.js';
export { type RebuildResult, rebuildLineage } from './rebuild-lineage.js';
